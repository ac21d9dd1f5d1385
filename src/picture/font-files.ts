import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFontFace, type FontFace } from './font-face.ts';

/** The two weights that pictures are set in. */
export interface PictureFonts {
  readonly regular: FontFace;
  readonly bold: FontFace;
}

/** The name under which the fonts know themselves. */
export const FONT_FAMILY = 'Noto Sans SC';

const resolve = createRequire(import.meta.url).resolve;
const REGULAR = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
const BOLD = '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf';

/** Where the fonts lie: those of the package, never the machine's, so that a picture looks alike everywhere. */
export function fontFiles(): string[] {
  return [resolve(REGULAR), resolve(BOLD)];
}

/** Reads both weights, 10 MB each; takes some milliseconds and blocks, so once a process. */
export function loadPictureFonts(): PictureFonts {
  return {
    regular: readFontFace(readFileSync(resolve(REGULAR))),
    bold: readFontFace(readFileSync(resolve(BOLD))),
  };
}

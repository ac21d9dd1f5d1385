import { readdirSync } from 'node:fs';
import type { AnyText } from '#texts/catalogue';

const folder = new URL('../../src/texts/', import.meta.url);

function isText(value: unknown): value is AnyText {
  return typeof value === 'function' && 'key' in value && 'to' in value;
}

/** Every text of every `*-texts.ts`, so that a new file is checked without being listed anywhere. */
async function everyText(): Promise<readonly AnyText[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('-texts.ts'));
  const modules = await Promise.all(
    files.map((file) => import(new URL(file, folder).href) as Promise<object>),
  );
  const catalogues = modules.flatMap((module) => Object.values(module) as unknown[]);
  return catalogues.flatMap((catalogue) =>
    typeof catalogue === 'object' && catalogue !== null ? Object.values(catalogue).filter(isText) : [],
  );
}

/** A text with one set of data, as its readers see it. */
export interface Rendered {
  readonly name: string;
  readonly text: AnyText;
  readonly data: unknown;
  readonly message: string;
  readonly privately: string;
}

/** Every text with its shortest and its longest data. */
export async function everyRendered(): Promise<readonly Rendered[]> {
  return (await everyText()).flatMap((text) =>
    (['shortest', 'longest'] as const).map((which) => {
      const data = text[which];
      return {
        name: `${text.key}, ${which}`,
        text,
        data,
        message: text(data as never),
        privately: text.private(data as never),
      };
    }),
  );
}

/** Every string anywhere in the data, with the name of the field that holds it. */
export function stringsIn(data: unknown, field = ''): { field: string; value: string }[] {
  if (typeof data === 'string') return [{ field, value: data }];
  if (Array.isArray(data)) return data.flatMap((item) => stringsIn(item, field));
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([name, value]) => stringsIn(value, name));
}

import { LIGHT_WORDS, WAS_RED_WORDS } from '../../../src/texts/words.ts';

export type LightColour = keyof typeof LIGHT_WORDS;

/** Shape and word of a light; hollow once something overdue has caught up. */
export function lightWords(
  light: LightColour,
  wasRed: boolean,
): { readonly shape: string; readonly word: string } {
  return wasRed && light !== 'red' ? WAS_RED_WORDS : LIGHT_WORDS[light];
}

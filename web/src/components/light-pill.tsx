import { LIGHT_WORDS, WAS_RED_WORDS } from '../../../src/texts/words.ts';

export type LightColour = keyof typeof LIGHT_WORDS;

/** Shape and word of a light; hollow once something overdue has caught up. */
export function lightWords(light: LightColour, wasRed: boolean): { shape: string; word: string } {
  return wasRed && light !== 'red' ? WAS_RED_WORDS : LIGHT_WORDS[light];
}

/** The light of an assignment: shape, word and reason; colour only repeats them. */
export function LightPill({ light, wasRed = false, reason }: { light: LightColour; wasRed?: boolean; reason?: string }) {
  const { shape, word } = lightWords(light, wasRed);
  return (
    <span className={`pill pill-${light}`}>
      <span aria-hidden="true" className="pill-shape">
        {shape}
      </span>
      {word}
      {reason !== undefined && reason !== '' && <span className="pill-reason">{reason}</span>}
    </span>
  );
}

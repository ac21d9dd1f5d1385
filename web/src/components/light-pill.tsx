import { lightWords, type LightColour } from './light-words.ts';

/** The light of an assignment: shape, word and reason; colour only repeats them. */
export function LightPill({
  light,
  wasRed = false,
  reason,
}: {
  light: LightColour;
  wasRed?: boolean;
  reason?: string;
}) {
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

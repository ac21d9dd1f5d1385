import type { OptionFigure } from '../../../src/texts/poll-figures.ts';
import { percentWords } from '../../../src/texts/words.ts';

/** How many have voted, with a tick at what the rules ask for. */
export function TurnoutBar({
  voters,
  rollSize,
  quorum,
  unit,
}: {
  voters: number;
  rollSize: number;
  quorum: number;
  /** 人 or 户. */
  unit: string;
}) {
  const share = (count: number) => `${rollSize === 0 ? 0 : Math.min(100, (count / rollSize) * 100)}%`;
  const line = `已投${voters}/${rollSize}${unit}（${percentWords(voters, rollSize)}）${quorumWords(voters, quorum, unit)}`;
  return (
    <div className="turnout">
      <p className="turnout-line">{line}</p>
      <div className="track" aria-hidden="true">
        <div className="track-fill" style={{ width: share(voters) }} />
        {quorum > 0 && (
          <div className="track-tick" style={{ insetInlineStart: share(quorum) }}>
            <span>{quorum}</span>
          </div>
        )}
      </div>
    </div>
  );
}

/** How far it is to what the rules ask for; nothing where they ask for nothing. */
function quorumWords(voters: number, quorum: number, unit: string): string {
  if (quorum === 0) return '';
  const missing = quorum - voters;
  return missing > 0 ? `，还差${missing}${unit}到规定的${quorum}${unit}` : `，够规定的${quorum}${unit}`;
}

/** One bar an option; a full bar is all ballots, or the most that an option could get, not the winner. */
export function OptionBars({ figures }: { figures: readonly OptionFigure[] }) {
  return (
    <ul className="option-bars">
      {figures.map(({ label, value, full, words, side }, index) => (
        <li key={`${index}${label}`}>
          <span className="option-name">
            <bdi>{label}</bdi>
          </span>
          <div className="track" aria-hidden="true">
            <div className={`track-fill fill-${index % 3}`} style={{ width: percentWords(value, full) }} />
          </div>
          <span className="option-count">{`${words}　${side}`}</span>
        </li>
      ))}
    </ul>
  );
}

import { VOTING_UNIT } from '../../../src/procedure/rules.ts';
import { percentWords } from '../../../src/texts/words.ts';

/** How many have voted, with a tick at what the rules ask for. */
export function TurnoutBar({
  voters,
  rollSize,
  quorum,
}: {
  voters: number;
  rollSize: number;
  quorum: number;
}) {
  const share = (count: number) => `${rollSize === 0 ? 0 : Math.min(100, (count / rollSize) * 100)}%`;
  const line = `已投${voters}/${rollSize}${VOTING_UNIT}（${percentWords(voters, rollSize)}）${quorumWords(voters, quorum)}`;
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
function quorumWords(voters: number, quorum: number): string {
  if (quorum === 0) return '';
  const missing = quorum - voters;
  return missing > 0
    ? `，还差${missing}${VOTING_UNIT}到规定的${quorum}${VOTING_UNIT}`
    : `，够规定的${quorum}${VOTING_UNIT}`;
}

/** One bar an option; the full width is all ballots counted, not the winner. */
export function OptionBars({ options, counts }: { options: readonly string[]; counts: readonly number[] }) {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return (
    <ul className="option-bars">
      {options.map((option, index) => (
        <li key={`${index}${option}`}>
          <span className="option-name">
            <bdi>{option}</bdi>
          </span>
          <div className="track" aria-hidden="true">
            <div
              className={`track-fill fill-${index % 3}`}
              style={{ width: percentWords(counts[index] ?? 0, all) }}
            />
          </div>
          <span className="option-count">
            {`${counts[index] ?? 0}${VOTING_UNIT}　${percentWords(counts[index] ?? 0, all)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

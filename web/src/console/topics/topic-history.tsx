import type { TopicDetail } from '../../../../src/http/contract-views.ts';
import { STAGE_WORDS } from '../../../../src/texts/words.ts';
import { wordOf } from '../../components/word-of.ts';
import { useDates } from '../data/use-dates.ts';

/** What happened, the latest first. */
export function TopicHistory({ topic }: { topic: TopicDetail }) {
  const { moment } = useDates();
  const entries = [...topic.history].reverse();
  return (
    <ol className="history">
      {entries.map((entry) => (
        <li key={`${entry.at}${entry.what}`}>
          <time dateTime={entry.at}>{moment(entry.at)}</time>
          <span className="history-what">
            进入{wordOf(STAGE_WORDS, entry.what)}
            {entry.note !== undefined && (
              <span className="row-note">
                <bdi>{entry.note}</bdi>
              </span>
            )}
          </span>
          <bdi className="history-who">{entry.who}</bdi>
        </li>
      ))}
    </ol>
  );
}

import type { PaperRow } from '../../../../src/http/contract-roster.ts';
import { useList } from '../data/reads.ts';
import { useDates } from '../data/use-dates.ts';
import { PAPER_PATHS } from './paper-values.ts';

/** Everything that was entered in this poll, with what was kept of it; for secretaries alone. */
export function PaperList({ pollId }: { pollId: string }) {
  const { items = [] } = useList<PaperRow>(`polls/${encodeURIComponent(pollId)}/papers`);
  if (items.length === 0) return null;
  return (
    <section className="card" aria-labelledby="paper-all">
      <h2 id="paper-all">一共录过{items.length}张</h2>
      <p className="quiet">备注和照片只有本社区的书记看得到，导出的文件里没有。</p>
      <ol className="plain-list">
        {items.map((paper) => (
          <Line key={paper.id} paper={paper} />
        ))}
      </ol>
    </section>
  );
}

function Line({ paper }: { paper: PaperRow }) {
  const { moment } = useDates();
  const { label, path, at, enteredAt, enteredBy, isCounted, note, photo } = paper;
  const way = PAPER_PATHS.find(({ value }) => value === path)?.label;
  return (
    <li>
      <bdi>{label}</bdi>
      <span className="row-note">
        {'　'}
        {way}，票上{moment(at)}，<bdi>{enteredBy}</bdi>
        {moment(enteredAt)}录{isCounted ? '' : '，没有算'}
      </span>
      {note !== undefined && (
        <p>
          <bdi>{note}</bdi>
        </p>
      )}
      {photo !== undefined && (
        <p>
          <a href={photo} target="_blank" rel="noreferrer">
            看{label}的照片
          </a>
        </p>
      )}
    </li>
  );
}

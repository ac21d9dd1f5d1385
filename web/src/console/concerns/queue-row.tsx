import { Link } from 'react-router';

import type { ConcernRow } from '../../../../src/http/contract-views.ts';
import { Tag } from '../../components/tag.tsx';
import { useDates } from '../data/use-dates.ts';
import { PromiseTag } from './promise-tag.tsx';

interface QueueRowProps {
  readonly row: ConcernRow;
  readonly to: string;
  readonly isCurrent: boolean;
  readonly isChosen: boolean;
  readonly onChoose: (isRange: boolean) => void;
}

const DAY_MS = 86_400_000;

export const rowLinkId = (id: string) => `queue-row-${id}`;

/** One concern in the queue; the whole row is the link. */
export function QueueRow({ row, to, isCurrent, isChosen, onChoose }: QueueRowProps) {
  const { now, moment } = useDates();
  const day = Math.floor((now.getTime() - Date.parse(row.raisedAt)) / DAY_MS) + 1;
  return (
    <li className={isCurrent ? 'queue-row queue-current' : 'queue-row'}>
      <label className="queue-check">
        <input
          type="checkbox"
          aria-label={`选上诉求#${row.number}`}
          checked={isChosen}
          onChange={(event) =>
            onChoose(event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
          }
        />
      </label>
      <Link
        id={rowLinkId(row.id)}
        to={to}
        replace={isCurrent}
        preventScrollReset
        className="queue-link"
        aria-current={isCurrent ? 'true' : undefined}
      >
        <span className="queue-title">
          <span className="queue-number">#{row.number}</span> <bdi>{row.title}</bdi>
        </span>
        <span className="queue-facts">
          <PromiseTag row={row} />
          {row.endorsements > 0 && <span>附议{row.endorsements}</span>}
          {row.similarNumber !== undefined && <Tag tone="blue">像#{row.similarNumber}</Tag>}
          {row.photos > 0 && <span>照片{row.photos}</span>}
          <span>
            <bdi>{row.groupName ?? '一对一'}</bdi>
          </span>
          <span>第{Math.max(1, day)}天</span>
          {row.snoozedUntil !== undefined && Date.parse(row.snoozedUntil) > now.getTime() && (
            <span>稍后：{moment(row.snoozedUntil)}</span>
          )}
        </span>
      </Link>
    </li>
  );
}

import type { ConcernRow } from '../../../../src/http/contract-views.ts';
import { CONCERN_STATE_WORDS } from '../../../../src/texts/words.ts';
import { Tag, type Tone } from '../../components/tag.tsx';
import { wordOf } from '../../components/word-of.ts';
import { useDates } from '../data/use-dates.ts';

const TONES: Readonly<Record<string, Tone>> = { answered: 'green', inTopic: 'blue' };

/** Until when an answer was promised, while one is owed; else what became of the concern. */
export function PromiseTag({ row }: { row: Pick<ConcernRow, 'state' | 'promise' | 'answerDueAt'> }) {
  const { day, moment } = useDates();
  if (row.state !== 'open' && row.state !== 'reopened') {
    return <Tag tone={TONES[row.state] ?? 'plain'}>{wordOf(CONCERN_STATE_WORDS, row.state)}</Tag>;
  }
  const again = row.state === 'reopened' && <Tag tone="yellow">居民不满意，再办</Tag>;
  switch (row.promise) {
    case 'late':
      return (
        <>
          {again}
          <Tag tone="red">
            <span aria-hidden="true">■</span> 逾期，应在{day(row.answerDueAt)}答复
          </Tag>
        </>
      );
    case 'today':
      return (
        <>
          {again}
          <Tag tone="yellow">
            <span aria-hidden="true">▲</span> {moment(row.answerDueAt)}前答复
          </Tag>
        </>
      );
    case 'ok':
      return (
        <>
          {again}
          <span>{day(row.answerDueAt)}前答复</span>
        </>
      );
  }
}

import { Button } from 'antd';

import type { AsideView } from '../../../../src/http/contract-operations.ts';
import { deliveryWord } from '../../../../src/texts/words.ts';
import { EmptyNote } from '../../components/empty-note.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Tag } from '../../components/tag.tsx';
import { useList } from '../data/reads.ts';
import { useSteps, useWork } from '../data/steps-context.ts';
import { useDates } from '../data/use-dates.ts';
import { Loaded } from '../shared/loaded.tsx';
import { MoreButton } from '../shared/more-button.tsx';
import { StepButton } from '../shared/step-button.tsx';

/** The server takes at most so many in one step. */
const MOST_AT_ONCE = 100;

/** Messages that wait for a person: nobody knows whether they arrived, or they did not. */
export function AsideList() {
  const list = useList<AsideView>('operations/aside');
  return (
    <section className="card" aria-labelledby="aside-heading">
      <h2 id="aside-heading">没送到</h2>
      <Loaded data={list.items} error={list.error} onAgain={list.refetch}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyNote>都送到了。不确定、没送到的消息，会出现在这里。</EmptyNote>
          ) : (
            <>
              <ResendAll rows={rows.filter(({ word }) => word === 'failed').slice(0, MOST_AT_ONCE)} />
              <ul className="rows">
                {rows.map((row) => (
                  <AsideLine key={row.outboxId} row={row} />
                ))}
              </ul>
              <MoreButton more={list.more} />
            </>
          )
        }
      </Loaded>
    </section>
  );
}

/** Only what surely did not arrive is sent again in one go: the rest could be told twice. */
function ResendAll({ rows }: { rows: readonly AsideView[] }) {
  const { take } = useSteps();
  const work = useWork();
  if (rows.length < 2) return null;
  const outboxIds = rows.map(({ outboxId }) => outboxId);
  const press = () => void work.go(() => take('delivery.redrive', { outboxIds, action: 'resend' }));
  return (
    <p className="step-button">
      <Button loading={work.busy} onClick={press}>
        没送到的{rows.length}条都重发
      </Button>
      <ProblemNote problem={work.problem} onAgain={press} />
    </p>
  );
}

function AsideLine({ row }: { row: AsideView }) {
  const { moment } = useDates();
  const outboxIds = [row.outboxId];
  return (
    <li className="row delivery-row">
      <span className="row-main">
        <bdi>{row.to}</bdi>
        {row.about !== '' && (
          <span className="row-note">
            <bdi>{row.about}</bdi>
          </span>
        )}
        <span className="row-note">
          {row.cause} → {row.cure}
        </span>
      </span>
      <span className="row-side">
        <Tag tone={row.word === 'failed' ? 'red' : 'yellow'}>{deliveryWord(row.word)}</Tag>
        <time dateTime={row.at}>{moment(row.at)}</time>
      </span>
      <span className="row-actions">
        <StepButton step="delivery.redrive" input={{ outboxIds, action: 'resend' }} label="重发" />
        {row.word === 'uncertain' && (
          <StepButton
            step="delivery.redrive"
            input={{ outboxIds, action: 'drop' }}
            label="到了，不用发了"
            type="text"
          />
        )}
      </span>
    </li>
  );
}

import { useParams } from 'react-router';

import type { ConcernDetail, ConcernRow } from '../../../../src/http/contract-views.ts';
import { useList, useRead } from '../data/reads.ts';
import { useSteadyRows } from '../data/steady-rows.ts';
import { useIsWide } from '../data/use-media.ts';
import { Page } from '../shared/page.tsx';
import { ConcernPanel } from './concern-panel.tsx';
import { ConcernQueue } from './concern-queue.tsx';
import { QueueFilters } from './queue-filters.tsx';
import { useQueueAddress } from './use-queue-address.ts';

/** Triage to zero: the queue at the left and one concern at the right; on phones one after the other. */
export function ConcernsPage() {
  const { id } = useParams();
  const isWide = useIsWide();
  const address = useQueueAddress();
  const { state, search } = address;
  const list = useList<ConcernRow>('concerns', { state, search }, { enabled: isWide || id === undefined });
  const steady = useSteadyRows(list.items, `${state}|${search}`, list.updatedAt);
  const open = useRead<ConcernDetail>(`concerns/${encodeURIComponent(id ?? '')}`, {
    enabled: id !== undefined,
  });
  const onDone = () => {
    steady.acceptNext();
    const next = nextAfter(steady.rows, id);
    if (isWide && next !== undefined) address.show(next);
    else address.toList();
  };

  if (id !== undefined && !isWide) return <ConcernPanel key={id} id={id} isPage onDone={onDone} />;
  return (
    <Page title={open.data && id !== undefined ? `诉求#${open.data.number}` : '诉求'} heading="诉求" wide>
      <QueueFilters key={search} address={address} />
      <div className="panes">
        <section className="pane-list" aria-label="诉求列表">
          <ConcernQueue list={list} steady={steady} address={address} />
        </section>
        {isWide && (
          <section className="pane-detail" aria-label="这条诉求">
            {id === undefined ? (
              <p className="quiet pane-hint">在左边点一条，这里看全文、答复、合并、立题。</p>
            ) : (
              <ConcernPanel key={id} id={id} onDone={onDone} />
            )}
          </section>
        )}
      </div>
    </Page>
  );
}

/** The row that takes the place of one that was finished: the one below it, else the one above. */
function nextAfter(rows: readonly ConcernRow[], id: string | undefined): string | undefined {
  const index = rows.findIndex((row) => row.id === id);
  return (rows[index + 1] ?? rows[index - 1])?.id;
}

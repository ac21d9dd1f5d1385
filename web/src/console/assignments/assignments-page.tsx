import { useSearchParams } from 'react-router';

import type { AssignmentRow } from '../../../../src/http/contract-views.ts';
import { EmptyNote } from '../../components/empty-note.tsx';
import { TabLinks } from '../../components/tab-links.tsx';
import { addresses } from '../data/addresses.ts';
import { useList } from '../data/reads.ts';
import { useSteadyRows } from '../data/steady-rows.ts';
import { Loaded } from '../shared/loaded.tsx';
import { MoreButton } from '../shared/more-button.tsx';
import { NewRowsBar } from '../shared/new-rows-bar.tsx';
import { Page } from '../shared/page.tsx';
import { AssignmentRows } from './assignment-rows.tsx';

const TABS = [
  { key: 'open', label: '在办', to: addresses.assignments },
  { key: 'done', label: '已办结', to: `${addresses.assignments}?state=done` },
  { key: 'all', label: '全部', to: `${addresses.assignments}?state=all` },
];

export function AssignmentsPage() {
  const [query] = useSearchParams();
  const state = query.get('state') ?? 'open';
  const list = useList<AssignmentRow>('assignments', { state });
  const steady = useSteadyRows(list.items, state, list.updatedAt);
  return (
    <Page title="交办">
      <TabLinks label="交办分类" tabs={TABS} current={state} />
      <NewRowsBar newCount={steady.newCount} goneCount={steady.goneCount} onShow={steady.showAll} />
      <Loaded data={list.items} error={list.error} onAgain={list.refetch}>
        {() =>
          steady.rows.length === 0 ? (
            <EmptyNote>
              {state === 'done' ? '办结的事会在这里。' : '没有在办的事。公示期满，商量好的事会到这里。'}
            </EmptyNote>
          ) : (
            <AssignmentRows assignments={steady.rows} />
          )
        }
      </Loaded>
      <MoreButton more={list.more} />
    </Page>
  );
}

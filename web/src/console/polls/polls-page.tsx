import { Link } from 'react-router';

import type { PollRow } from '../../../../src/http/contract-polls.ts';
import { EmptyNote } from '../../components/empty-note.tsx';
import { addresses } from '../data/addresses.ts';
import { useList } from '../data/reads.ts';
import { useSteadyRows } from '../data/steady-rows.ts';
import { Loaded } from '../shared/loaded.tsx';
import { MoreButton } from '../shared/more-button.tsx';
import { NewRowsBar } from '../shared/new-rows-bar.tsx';
import { Page } from '../shared/page.tsx';
import { TopicTabs } from '../topics/topic-tabs.tsx';
import { PollRows } from './poll-rows.tsx';

export function PollsPage() {
  const list = useList<PollRow>('polls');
  const steady = useSteadyRows(list.items, 'polls', list.updatedAt);
  return (
    <Page
      title="表决"
      actions={
        <Link to={addresses.newPoll} className="button">
          发起表决
        </Link>
      }
    >
      <TopicTabs current="polls" />
      <NewRowsBar newCount={steady.newCount} goneCount={steady.goneCount} onShow={steady.showAll} />
      <Loaded data={list.items} error={list.error} onAgain={list.refetch}>
        {() =>
          steady.rows.length === 0 ? (
            <EmptyNote start={<Link to={addresses.newPoll}>发起一个表决</Link>}>
              发起以后，这里看得到投了多少、还差多少。
            </EmptyNote>
          ) : (
            <PollRows polls={steady.rows} />
          )
        }
      </Loaded>
      <MoreButton more={list.more} />
    </Page>
  );
}

import { Link } from 'react-router';

import type { TopicRow } from '../../../../src/http/contract-views.ts';
import { STAGE_WORDS } from '../../../../src/texts/words.ts';
import { EmptyNote } from '../../components/empty-note.tsx';
import { Tag } from '../../components/tag.tsx';
import { wordOf } from '../../components/word-of.ts';
import { addresses } from '../data/addresses.ts';
import { useList } from '../data/reads.ts';
import { useSteadyRows } from '../data/steady-rows.ts';
import { useDates } from '../data/use-dates.ts';
import { Loaded } from '../shared/loaded.tsx';
import { MoreButton } from '../shared/more-button.tsx';
import { NewRowsBar } from '../shared/new-rows-bar.tsx';
import { Page } from '../shared/page.tsx';
import { TopicTabs } from './topic-tabs.tsx';

export function TopicsPage() {
  const { day } = useDates();
  const list = useList<TopicRow>('topics');
  const steady = useSteadyRows(list.items, 'topics', list.updatedAt);
  return (
    <Page
      title="议题"
      actions={
        <Link to={addresses.newTopic} className="button">
          立一个议题
        </Link>
      }
    >
      <TopicTabs current="topics" />
      <NewRowsBar newCount={steady.newCount} goneCount={steady.goneCount} onShow={steady.showAll} />
      <Loaded data={list.items} error={list.error} onAgain={list.refetch}>
        {() =>
          steady.rows.length === 0 ? (
            <EmptyNote start={<Link to={addresses.concerns}>从诉求里选一条立题</Link>}>
              立了题，这里看得到每个议题走到哪一步。
            </EmptyNote>
          ) : (
            <ul className="rows card-rows">
              {steady.rows.map((topic) => (
                <li key={topic.id} className="row">
                  <span className="row-main">
                    <Link to={addresses.topic(topic.id)} className="row-link">
                      议题#{topic.number} <bdi>{topic.title}</bdi>
                    </Link>
                    <span className="row-note">
                      {topic.concerns}条诉求，{day(topic.createdAt)}立题
                    </span>
                  </span>
                  <span className="row-side">
                    <Tag tone={topic.stage === 'closed' ? 'plain' : 'blue'}>
                      {wordOf(STAGE_WORDS, topic.stage)}
                    </Tag>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <MoreButton more={list.more} />
    </Page>
  );
}

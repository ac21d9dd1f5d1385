import { Link, useNavigate, useSearchParams } from 'react-router';

import type { TopicDetail, TopicRow } from '../../../../src/http/contract-views.ts';
import { EmptyNote } from '../../components/empty-note.tsx';
import { addresses } from '../data/addresses.ts';
import { useList } from '../data/reads.ts';
import { DetailPage } from '../shared/detail-page.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { Page } from '../shared/page.tsx';
import { PollWizard } from './poll-wizard.tsx';

/** A poll belongs to a topic: without one it is chosen first. */
export function NewPollPage() {
  const [query] = useSearchParams();
  const topicId = query.get('topic');
  if (topicId === null) return <ChooseTopic />;
  return (
    <DetailPage<TopicDetail> list="topics" id={topicId} noun="发起表决">
      {(topic) => <PollWizard key={topic.id} topic={topic} />}
    </DetailPage>
  );
}

function ChooseTopic() {
  const list = useList<TopicRow>('topics');
  const navigate = useNavigate();
  const open = list.items?.filter(({ stage }) => stage === 'settle' || stage === 'consult');
  return (
    <Page title="发起表决">
      <h2>给哪个议题表决</h2>
      <Loaded data={open} error={list.error} onAgain={list.refetch}>
        {(topics) =>
          topics.length === 0 ? (
            <EmptyNote start={<Link to={addresses.topics}>去看议题</Link>}>
              定了题的议题才能表决，现在没有。
            </EmptyNote>
          ) : (
            <ul className="rows card-rows">
              {topics.map((topic) => (
                <li key={topic.id} className="row">
                  <span className="row-main">
                    议题#{topic.number} <bdi>{topic.title}</bdi>
                  </span>
                  <button
                    type="button"
                    className="button"
                    onClick={() =>
                      void navigate(`${addresses.newPoll}?topic=${encodeURIComponent(topic.id)}`)
                    }
                  >
                    给议题#{topic.number}表决
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}

import { Link, useParams, useSearchParams } from 'react-router';

import type { TopicDetail } from '../../../../src/http/contract-views.ts';
import { SOURCE_WORDS } from '../../../../src/texts/words.ts';
import { StageBar } from '../../components/stage-bar.tsx';
import { TabLinks } from '../../components/tab-links.tsx';
import { UserBlock } from '../../components/user-text.tsx';
import { wordOf } from '../../components/word-of.ts';
import { addresses } from '../data/addresses.ts';
import { DetailPage } from '../shared/detail-page.tsx';
import { Page } from '../shared/page.tsx';
import { NextStepCard } from './next-step-card.tsx';
import { TopicConcerns } from './topic-concerns.tsx';
import { TopicHistory } from './topic-history.tsx';
import { AssignmentsTab, MeetingsTab, OutcomeTab, PollsTab } from './topic-parts.tsx';

/** From 征题 to 评议: where it stands, the one next step, and everything that happened. */
export function TopicPage() {
  const { id = '' } = useParams();
  return (
    <DetailPage<TopicDetail> list="topics" id={id} noun="议题">
      {(topic) => <Topic topic={topic} />}
    </DetailPage>
  );
}

function Topic({ topic }: { topic: TopicDetail }) {
  const [query] = useSearchParams();
  const tab = query.get('tab') ?? 'history';
  const name = `议题#${topic.number}`;
  return (
    <Page
      title={name}
      heading={
        <>
          {name} <bdi>{topic.title}</bdi>
        </>
      }
      actions={
        <Link to={`${addresses.topic(topic.id)}/edit`} className="button">
          改题目和选项
        </Link>
      }
    >
      <p className="byline">
        <span>{wordOf(SOURCE_WORDS, topic.source)}</span>
        <span>{topic.waiting}人在等结果</span>
      </p>
      <StageBar stage={topic.stage} />
      <NextStepCard topic={topic} />
      {topic.description !== '' && <UserBlock>{topic.description}</UserBlock>}
      <TabLinks label="议题的内容" current={tab} tabs={tabsOf(topic)} />
      <div className="card">
        <TabContent tab={tab} topic={topic} />
      </div>
    </Page>
  );
}

function tabsOf(topic: TopicDetail) {
  const to = (tab: string) => `${addresses.topic(topic.id)}?tab=${tab}`;
  return [
    { key: 'history', label: '经过', to: addresses.topic(topic.id) },
    { key: 'concerns', label: '诉求', count: topic.concernRows.length, to: to('concerns') },
    { key: 'polls', label: '表决', count: topic.polls.length, to: to('polls') },
    { key: 'meetings', label: '会议', count: topic.meetings.length, to: to('meetings') },
    { key: 'outcome', label: '成果', count: topic.outcome?.items.length, to: to('outcome') },
    { key: 'assignments', label: '交办', count: topic.assignments.length, to: to('assignments') },
  ];
}

function TabContent({ tab, topic }: { tab: string; topic: TopicDetail }) {
  switch (tab) {
    case 'concerns':
      return <TopicConcerns topic={topic} />;
    case 'polls':
      return <PollsTab topic={topic} />;
    case 'meetings':
      return <MeetingsTab topic={topic} />;
    case 'outcome':
      return <OutcomeTab topic={topic} />;
    case 'assignments':
      return <AssignmentsTab topic={topic} />;
    default:
      return <TopicHistory topic={topic} />;
  }
}

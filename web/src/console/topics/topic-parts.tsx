import { Link } from 'react-router';

import type { TopicDetail } from '../../../../src/http/contract-views.ts';
import { EmptyNote } from '../../components/empty-note.tsx';
import { addresses } from '../data/addresses.ts';
import { AssignmentRows } from '../assignments/assignment-rows.tsx';
import { MeetingRows } from '../meetings/meeting-rows.tsx';
import { OutcomeCard } from '../outcomes/outcome-card.tsx';
import { PollRows } from '../polls/poll-rows.tsx';

const ofTopic = (topic: TopicDetail) => `?topic=${encodeURIComponent(topic.id)}`;

export function PollsTab({ topic }: { topic: TopicDetail }) {
  if (topic.polls.length > 0) return <PollRows polls={topic.polls} />;
  return (
    <EmptyNote start={<Link to={addresses.newPoll + ofTopic(topic)}>发起表决</Link>}>
      发起表决以后，这里看得到投了多少、结果怎样。
    </EmptyNote>
  );
}

export function MeetingsTab({ topic }: { topic: TopicDetail }) {
  if (topic.meetings.length > 0) return <MeetingRows meetings={topic.meetings} />;
  return (
    <EmptyNote start={<Link to={addresses.newMeeting + ofTopic(topic)}>发会议通知</Link>}>
      还没有会。
    </EmptyNote>
  );
}

export function OutcomeTab({ topic }: { topic: TopicDetail }) {
  if (topic.outcome) return <OutcomeCard outcome={topic.outcome} />;
  return (
    <EmptyNote start={<Link to={`${addresses.topic(topic.id)}/outcome`}>写成果、公示</Link>}>
      商量好的事写在这里，公示期满就交办。
    </EmptyNote>
  );
}

export function AssignmentsTab({ topic }: { topic: TopicDetail }) {
  if (topic.assignments.length > 0) return <AssignmentRows assignments={topic.assignments} />;
  return <EmptyNote>公示期满、没有异议，就变成交办，在这里看进度。</EmptyNote>;
}

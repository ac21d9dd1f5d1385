import { definedFields } from '#core/decision';
import type { Topic } from '#core/topic';
import { legalStages, nextStep, type NextStep } from '#procedure/stages';

import type { Page, TopicDetail, TopicRow } from '../contract-views.ts';
import { notFound } from '../problems.ts';
import { assignmentRow, outcomeView, type LightOf } from './assignment-views.ts';
import { concernRows } from './concern-views.ts';
import { meetingRow, pollRow } from './consultation-views.ts';
import type { ConsoleStores } from './stores.ts';
import type { Viewer } from './viewer.ts';

/** Words of the console for the one next action. */
const NEXT_STEP_WORDS: Readonly<Record<NextStep, string>> = {
  settleTopic: '定为议题',
  openPoll: '发起表决',
  waitForPoll: '等表决截止',
  callMeeting: '发会议通知',
  waitForMeeting: '等开会',
  writeMinutes: '写纪要',
  publishOutcome: '公示成果',
  waitForPublicity: '等公示期满',
  answerObjections: '答复异议',
  assignItems: '交办',
  followAssignments: '看交办进度',
  answerConcerns: '答复提出的人',
  waitForRatings: '等居民评价',
  closeTopic: '结束议题',
  none: '已结束',
};

export async function topicList(
  stores: ConsoleStores,
  viewer: Viewer,
  query: { after?: string | undefined; limit: number },
): Promise<Page<TopicRow>> {
  const page = await stores.topics.list({
    placeIds: viewer.placeIds,
    limit: query.limit,
    ...definedFields({ after: query.after }),
  });
  return { items: page.items.map(topicRow), ...(page.next !== undefined && { next: page.next }) };
}

function topicRow(topic: Topic): TopicRow {
  const { id, number, title, stage, concernIds, createdAt } = topic;
  return { id, number, title, stage, concerns: concernIds.length, createdAt: createdAt.toISOString() };
}

export async function topicDetail(
  deps: { stores: ConsoleStores; lightOf: LightOf },
  viewer: Viewer,
  id: string,
  now: Date,
): Promise<TopicDetail> {
  const { stores, lightOf } = deps;
  const topic = await stores.topics.byId(id);
  if (!topic || !viewer.placeIds.includes(topic.placeId)) throw notFound();
  const parts = await partsOf(stores, topic);
  const concernIds = parts.concerns.map((concern) => concern.id);
  const endorsers = await stores.concerns.endorsersOf(concernIds);
  const waiting = new Set([
    ...parts.concerns.map((concern) => concern.authorId),
    ...endorsers.map((e) => e.personId),
  ]);
  return {
    ...topicRow(topic),
    description: topic.description,
    source: topic.source,
    options: topic.options,
    revision: topic.revision,
    waiting: waiting.size,
    nextStep: nextStepOf(topic, parts, now),
    legalStages: legalStages(topic.stage),
    history: await historyOf(stores, topic),
    concernRows: await concernRows(stores, parts.concerns, now),
    polls: await Promise.all(parts.polls.map((poll) => pollRow(stores, poll))),
    meetings: await Promise.all(parts.meetings.map((meeting) => meetingRow(stores, meeting))),
    assignments: await Promise.all(
      parts.assignments.map((assignment) => assignmentRow(lightOf, assignment, now)),
    ),
    ...(parts.outcome && { outcome: await outcomeView(stores.outcomes, parts.outcome) }),
  };
}

type Parts = Awaited<ReturnType<typeof partsOf>>;

async function partsOf(stores: ConsoleStores, topic: Topic) {
  const [concerns, polls, meetings, outcome, assignments] = await Promise.all([
    stores.concerns.byIds(topic.concernIds),
    stores.polls.ofTopic(topic.id),
    stores.meetings.ofTopic(topic.id),
    stores.outcomes.ofTopic(topic.id),
    stores.assignments.ofTopic(topic.id),
  ]);
  return { concerns, polls, meetings, outcome, assignments };
}

function nextStepOf(topic: Topic, parts: Parts, now: Date): TopicDetail['nextStep'] {
  const action = nextStep(topic.stage, {
    polls: parts.polls,
    meetings: parts.meetings,
    ...(parts.outcome && { outcome: parts.outcome }),
    openAssignments: parts.assignments.filter((assignment) => assignment.state !== 'done').length,
    unansweredConcerns: parts.concerns.filter((concern) => concern.state !== 'answered').length,
    now,
  });
  return { action, label: NEXT_STEP_WORDS[action] };
}

async function historyOf(stores: ConsoleStores, topic: Topic): Promise<TopicDetail['history']> {
  const people = await stores.people.byIds(topic.history.map((change) => change.byId));
  return topic.history.map(({ at, stage, byId, note }) => ({
    at: at.toISOString(),
    what: stage,
    who: people.get(byId)?.name ?? '系统',
    ...definedFields({ note }),
  }));
}

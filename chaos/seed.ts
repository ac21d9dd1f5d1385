import { type Db } from 'mongodb';

import { DAY_MS } from '#core/clock';
import type { Concern } from '#core/concern';
import type { Group, Place } from '#core/people';
import type { PollRules } from '#core/poll';
import { FOR_AGAINST } from '#core/vote-method';
import { closeDeadline } from '#handlers/polls/open-poll';
import { documentOf } from '#models/collection';
import { groupDocumentOf } from '#models/groups';
import type { PollDocument } from '#models/polls';
import { DEFAULT_RULES } from '#procedure/rules';

import { conversationOf } from './conversations.ts';

export const PLACE: Place = {
  id: 'place:chaos',
  name: '试验里',
  kind: 'community',
  ancestorIds: [],
  timeZone: 'Asia/Shanghai',
  dutyContact: { name: '刘敏', unit: '社区', phone: '0000-5550102' },
  rules: DEFAULT_RULES,
};

/** What everybody endorses: the concern that is there from the beginning. */
const FIRST_NUMBER = 1;

export function groupName(index: number): string {
  return `chaos-${index}`;
}

function groupAt(index: number): Group {
  return {
    id: `group:${groupName(index)}`,
    placeId: PLACE.id,
    kind: 'residents',
    name: groupName(index),
    conversation: conversationOf(groupName(index)),
  };
}

type Documents = { _id: string }[];

/** A place with residents' groups and one concern. */
export async function seedPlace(db: Db, groups: number, now: Date): Promise<void> {
  const into = (collection: string, documents: Documents) =>
    db.collection<{ _id: string }>(collection).insertMany(documents);
  await into('places', [documentOf(PLACE)]);
  await into(
    'groups',
    Array.from({ length: groups }, (_, index) => groupDocumentOf(groupAt(index))),
  );
  await into('concerns', [documentOf(firstConcern(now))]);
  await into('counters', [{ _id: `${PLACE.id}|concern`, last: FIRST_NUMBER } as { _id: string }]);
}

function firstConcern(raisedAt: Date): Concern {
  return {
    id: 'concern:chaos-first',
    placeId: PLACE.id,
    number: FIRST_NUMBER,
    title: '路灯不亮',
    text: '路灯不亮',
    attachments: [],
    authorId: 'person:chaos-first',
    authorName: '老住户',
    raisedIn: conversationOf(groupName(0)),
    raisedAt,
    state: 'open',
    endorsements: 0,
    answerDueAt: new Date(raisedAt.getTime() + DAY_MS),
    reopenings: 0,
    revision: 0,
  };
}

const RULES: PollRules = {
  quorum: { kind: 'none' },
  threshold: 'plurality',
  abstentions: 'count',
  secrecy: 'open',
  showsCountsWhileOpen: true,
  minCell: 0,
  graceSeconds: 0,
};

/** An open poll of one group, and the deadline that closes it. */
export function pollClosing(id: string, group: number, closesAt: Date) {
  const openedAt = new Date(closesAt.getTime() - DAY_MS);
  const poll: PollDocument = {
    _id: id,
    placeId: PLACE.id,
    topicId: `topic:${id}`,
    topicNumber: 1,
    title: '加装电梯方案',
    options: [...FOR_AGAINST],
    method: { kind: 'forAgainst' },
    rules: RULES,
    groupIds: [groupAt(group).id],
    openedAt,
    openedById: 'person:secretary',
    closesAt,
    quorum: 0,
    electorate: '居民，每人1票',
    unit: '人',
    rollSize: 0,
    fingerprint: 'chaos',
    nextStep: '提交社区研究',
    state: 'open',
    revision: 0,
  };
  const deadline = closeDeadline({ ...poll, id, rules: RULES }, 0);
  const pending = { ...documentOf(deadline), state: 'pending', lookAt: deadline.dueAt, tries: 0 };
  return { poll, deadline: pending };
}

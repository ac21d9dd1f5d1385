import type { Connection } from 'mongoose';
import { DAY_MS } from '#core/clock';
import type { Concern } from '#core/concern';
import { membershipKey } from '#core/directory';
import { identityKey, type ConversationRef } from '#core/message';
import type { Group, Place } from '#core/people';
import { ballotId } from '#core/poll';
import { groupDocumentOf } from '#models/groups';
import { documentOf } from '#models/collection';
import { DEFAULT_RULES } from '#procedure/rules';
import { createDice } from './chance.ts';
import { concernWords } from './words.ts';

const PLACES = 20;
const GROUPS_A_PLACE = 5;
const RESIDENTS_A_GROUP = 30;
/** Concerns of a place before the bench, to be endorsed. */
export const OLD_CONCERNS = 20;

export interface BenchGroup {
  readonly ref: ConversationRef;
  readonly residents: readonly string[];
}

const chat = (conversationId: string): ConversationRef => ({
  channel: 'web',
  account: 'bench',
  conversationId,
});

/** Where the bot writes to somebody one-to-one. */
export function directOf(resident: string): ConversationRef {
  return chat(`direct-${resident}`);
}

/** 100 residents' groups in 20 communities, 30 known residents each; 20 concerns and an open poll a community. */
export const TOWN: readonly BenchGroup[] = Array.from({ length: PLACES * GROUPS_A_PLACE }, (_, index) => ({
  ref: chat(`group-${index}`),
  residents: Array.from({ length: RESIDENTS_A_GROUP }, (_, one) => `r${index}-${one}`),
}));

/** Puts the town into an empty database that has its indexes. */
export async function settleTown(connection: Connection, now: Date): Promise<void> {
  const into = async (name: string, documents: readonly object[]) => {
    await connection.collection(name).insertMany([...documents] as never, { ordered: false });
  };
  const residents = TOWN.flatMap((group, index) => group.residents.map((key) => ({ key, index })));
  await into(
    'places',
    Array.from({ length: PLACES }, (_, index) => documentOf(placeAt(index))),
  );
  await into(
    'groups',
    TOWN.map((group, index) => groupDocumentOf(groupAt(group, index))),
  );
  await into(
    'people',
    residents.map(({ key, index }) => personDocument(key, index)),
  );
  await into(
    'identities',
    residents.map(({ key }) => identityDocument(key)),
  );
  await into(
    'memberships',
    residents.map(({ key, index }) => membershipDocument(key, index, now)),
  );
  await into('concerns', Array.from({ length: PLACES }, (_, place) => oldConcerns(place, now)).flat());
  const counters = Array.from({ length: PLACES }, (_, place) => ({
    _id: `${placeIdAt(place)}|concern`,
    last: OLD_CONCERNS,
  }));
  await into('counters', counters);
  await into(
    'polls',
    Array.from({ length: PLACES }, (_, place) => pollDocument(place, now)),
  );
  await into(
    'rolls',
    residents.map(({ key, index }) => rollDocument(key, index)),
  );
}

function placeOf(groupIndex: number): number {
  return groupIndex % PLACES;
}

function placeIdAt(index: number): string {
  return `place:bench-${index}`;
}

function placeAt(index: number): Place {
  return {
    id: placeIdAt(index),
    name: `试验里${index}`,
    kind: 'community',
    ancestorIds: [],
    timeZone: 'Asia/Shanghai',
    dutyContact: { name: '刘敏', unit: '社区', phone: '0000-5550102' },
    rules: DEFAULT_RULES,
  };
}

function groupAt({ ref }: BenchGroup, index: number): Group {
  return {
    id: groupIdAt(index),
    placeId: placeIdAt(placeOf(index)),
    kind: 'residents',
    name: `居民群${index}`,
    conversation: ref,
  };
}

function groupIdAt(index: number): string {
  return `group:bench-${index}`;
}

function personDocument(key: string, groupIndex: number) {
  return { _id: `person:${key}`, name: key, homePlaceId: placeIdAt(placeOf(groupIndex)), offices: [] };
}

function identityDocument(key: string) {
  return {
    _id: identityKey(directOf(key), key),
    personId: `person:${key}`,
    displayName: key,
    direct: directOf(key),
  };
}

function membershipDocument(key: string, groupIndex: number, joinedAt: Date) {
  const groupId = groupIdAt(groupIndex);
  const personId = `person:${key}`;
  return { _id: membershipKey(groupId, personId), groupId, personId, joinedAt };
}

function oldConcerns(place: number, raisedAt: Date) {
  const dice = createDice(place + 1);
  return Array.from({ length: OLD_CONCERNS }, (_, index) => {
    const text = concernWords(dice);
    const concern: Concern = {
      id: `concern:bench-${place}-${index + 1}`,
      placeId: placeIdAt(place),
      number: index + 1,
      title: text.slice(0, 12),
      text,
      attachments: [],
      authorId: `person:old-${place}`,
      authorName: '老住户',
      raisedIn: chat(`group-${place}`),
      groupId: groupIdAt(place),
      raisedAt,
      state: 'open',
      endorsements: 0,
      answerDueAt: new Date(raisedAt.getTime() + 3 * DAY_MS),
      reopenings: 0,
      revision: 0,
    };
    return documentOf(concern);
  });
}

function pollIdAt(place: number): string {
  return `poll:bench-${place}`;
}

function pollDocument(place: number, now: Date) {
  const groupIds = TOWN.flatMap((_, index) => (placeOf(index) === place ? [groupIdAt(index)] : []));
  return {
    _id: pollIdAt(place),
    placeId: placeIdAt(place),
    topicId: `topic:bench-${place}`,
    topicNumber: 1,
    title: '加装电梯方案',
    options: ['赞成', '反对', '弃权'],
    groupIds,
    openedAt: new Date(now.getTime() - DAY_MS),
    openedById: 'person:secretary',
    closesAt: new Date(now.getTime() + 7 * DAY_MS),
    quorum: 0,
    electorate: '居民，每人1票',
    rollSize: groupIds.length * RESIDENTS_A_GROUP,
    fingerprint: 'bench',
    nextStep: '提交社区研究',
    showsCountsWhileOpen: true,
    state: 'open',
    revision: 0,
  };
}

function rollDocument(key: string, groupIndex: number) {
  const pollId = pollIdAt(placeOf(groupIndex));
  const personId = `person:${key}`;
  return { _id: ballotId(pollId, personId), pollId, personId, groupId: groupIdAt(groupIndex) };
}

import type { Concern, ConcernState, Rating } from '#core/concern';
import { DAY_MS } from '#core/clock';
import type { Attachment } from '#core/message';
import { definedFields } from '#core/decision';
import { similarConcerns, type SimilarityReason } from '#language/similarity';

import type { ConcernDetail, ConcernRow, Page, PhotoView } from '../contract-views.ts';
import { notFound } from '../problems.ts';
import type { ConsoleStores } from './stores.ts';
import type { Viewer } from './viewer.ts';

/** Tabs of the queue: what is not looked at or not answered, what waits, what is finished. */
const STATES: Readonly<Record<string, readonly ConcernState[]>> = {
  open: ['open', 'reopened'],
  snoozed: ['open', 'reopened'],
  inTopic: ['inTopic'],
  merged: ['merged'],
  answered: ['answered'],
  all: ['open', 'reopened', 'inTopic', 'merged', 'answered'],
};

export interface ConcernListQuery {
  readonly state?: string | undefined;
  readonly search?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export async function concernList(
  stores: ConsoleStores,
  viewer: Viewer,
  query: ConcernListQuery,
  now: Date,
): Promise<Page<ConcernRow>> {
  const state = query.state ?? 'open';
  const page = await stores.concerns.list({
    placeIds: viewer.placeIds,
    states: STATES[state] ?? STATES['open'] ?? [],
    order: state === 'open' || state === 'snoozed' ? 'urgent' : 'newest',
    includeSnoozed: state !== 'open',
    asOf: now,
    limit: query.limit,
    ...definedFields({ search: query.search, after: query.after }),
  });
  const kept = state === 'snoozed' ? page.items.filter((concern) => isSnoozed(concern, now)) : page.items;
  return { items: await concernRows(stores, kept, now), ...(page.next !== undefined && { next: page.next }) };
}

export async function concernRows(
  stores: ConsoleStores,
  concerns: readonly Concern[],
  now: Date,
): Promise<ConcernRow[]> {
  const names = await groupNames(
    stores,
    concerns.flatMap(({ groupId }) => groupId ?? []),
  );
  return concerns.map((concern) => concernRow(concern, names, now));
}

function concernRow(concern: Concern, names: ReadonlyMap<string, string>, now: Date): ConcernRow {
  return {
    id: concern.id,
    number: concern.number ?? 0,
    title: concern.title,
    text: concern.text,
    authorName: concern.authorName,
    raisedAt: concern.raisedAt.toISOString(),
    answerDueAt: concern.answerDueAt.toISOString(),
    promise: promiseOf(concern, now),
    endorsements: concern.endorsements,
    state: concern.state,
    photos: concern.attachments.length,
    revision: concern.revision,
    ...definedFields({
      groupName: concern.groupId === undefined ? undefined : names.get(concern.groupId),
      similarNumber: concern.similarTo?.number,
      snoozedUntil: concern.snoozedUntil?.toISOString(),
    }),
  };
}

export async function concernDetail(
  stores: ConsoleStores,
  viewer: Viewer,
  id: string,
  now: Date,
): Promise<ConcernDetail> {
  const concern = await stores.concerns.byId(id);
  if (!concern || concern.number === undefined || !viewer.placeIds.includes(concern.placeId))
    throw notFound();
  const [supplements, merged] = await Promise.all([
    supplementViews(stores, concern.id),
    stores.concerns.mergedInto(concern.id),
  ]);
  const together = [concern.id, ...merged.map((other) => other.id)];
  const [endorsers, told] = await Promise.all([
    stores.concerns.endorsersOf(together),
    toldViews(stores, together),
  ]);
  const followers = new Set([
    concern.authorId,
    ...merged.map((other) => other.authorId),
    ...endorsers.map((e) => e.personId),
  ]);
  const [row] = await concernRows(stores, [concern], now);
  if (!row) throw notFound();
  return {
    ...row,
    attachments: concern.attachments.map(photoView),
    supplements,
    endorsers: endorsers.map((endorsement) => endorsement.personName),
    merged: merged.map(({ id: mergedId, number = 0, title, authorName }) => ({
      id: mergedId,
      number,
      title,
      authorName,
    })),
    similar: await similarViews(stores, concern),
    willTell: followers.size,
    told,
    ...(await references(stores, concern)),
  };
}

/** Optional parts of the detail, absent where there is nothing. */
async function references(stores: ConsoleStores, concern: Concern) {
  const [into, topic, people] = await Promise.all([
    concern.mergedIntoId ? stores.concerns.byId(concern.mergedIntoId) : undefined,
    concern.topicId ? stores.topics.byId(concern.topicId) : undefined,
    stores.people.byIds(
      [concern.enteredById, concern.answer?.answeredById].flatMap((personId) => personId ?? []),
    ),
  ]);
  const nameOf = (personId: string) => people.get(personId)?.name ?? '社区';
  const { answer } = concern;
  return definedFields({
    original: concern.original,
    enteredBy: concern.enteredById === undefined ? undefined : nameOf(concern.enteredById),
    mergedInto: into && { id: into.id, number: into.number ?? 0 },
    topic: topic && { id: topic.id, number: topic.number, title: topic.title },
    answer: answer && {
      kind: answer.kind,
      text: answer.text,
      at: answer.answeredAt.toISOString(),
      by: nameOf(answer.answeredById),
      ...definedFields({ reason: answer.reason, instead: answer.instead }),
    },
  });
}

async function similarViews(stores: ConsoleStores, concern: Concern) {
  if (!concern.similarTo) return [];
  const other = await stores.concerns.byId(concern.similarTo.concernId);
  if (other?.number === undefined) return [];
  const [match] = similarConcerns(concern.text, [other]);
  const why = (match?.why ?? []).map((reason) => REASON_WORDS[reason]).join('、');
  return [{ id: other.id, number: other.number, title: other.title, why }];
}

const REASON_WORDS: Readonly<Record<SimilarityReason, string>> = {
  sameBuilding: '同楼栋',
  sameFacility: '同设施',
  samePlace: '同地点',
  samePlate: '同车牌',
  sameWords: '说法相近',
};

async function supplementViews(
  stores: ConsoleStores,
  concernId: string,
): Promise<ConcernDetail['supplements']> {
  const supplements = await stores.concerns.supplementsOf(concernId);
  const people = await stores.people.byIds(supplements.map((supplement) => supplement.personId));
  return supplements.map(({ personId, text, at, attachments }) => ({
    name: people.get(personId)?.name ?? '居民',
    text,
    at: at.toISOString(),
    photos: attachments.map(photoView),
  }));
}

/** Everybody who was told, authors of what was merged too; the first told first. */
async function toldViews(
  stores: ConsoleStores,
  concernIds: readonly string[],
): Promise<ConcernDetail['told']> {
  const [ofEach, rated] = await Promise.all([
    Promise.all(concernIds.map((id) => stores.concerns.feedbacksOf(id))),
    Promise.all(concernIds.map((id) => stores.concerns.ratingsOf(id))),
  ]);
  const feedbacks = ofEach.flat().sort((a, b) => a.at.getTime() - b.at.getTime());
  const ratings = rated.flat();
  const people = await stores.people.byIds(feedbacks.map((feedback) => feedback.personId));
  const valueOf = new Map<string, Rating['value']>(ratings.map((rating) => [rating.id, rating.value]));
  return feedbacks.map(({ id, personId, at, way }) => ({
    name: people.get(personId)?.name ?? '居民',
    at: at.toISOString(),
    way,
    ...definedFields({ rating: valueOf.get(id) }),
  }));
}

/** `late` once the promised moment has passed; `today` within the last day before it. */
export function promiseOf(concern: Pick<Concern, 'answerDueAt'>, now: Date): ConcernRow['promise'] {
  const leftMs = concern.answerDueAt.getTime() - now.getTime();
  if (leftMs < 0) return 'late';
  return leftMs < DAY_MS ? 'today' : 'ok';
}

export function photoView({ mediaId, kind, name }: Attachment): PhotoView {
  return {
    url: `/api/console/media/${encodeURIComponent(mediaId)}`,
    kind,
    ...(name !== undefined && { name }),
  };
}

export async function groupNames(
  stores: ConsoleStores,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const groups = await stores.groups.byIds([...new Set(groupIds)]);
  return new Map(groups.map((group) => [group.id, group.name]));
}

function isSnoozed(concern: Concern, now: Date): boolean {
  return concern.snoozedUntil !== undefined && concern.snoozedUntil > now;
}

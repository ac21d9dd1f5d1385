import DataLoader from 'dataloader';
import type { mongo } from 'mongoose';
import type { Concern, ConcernStore } from '#core/concern';
import { groupBy } from '#core/group-by';
import { conversationKey, type ConversationRef } from '#core/message';
import { recordOf } from './collection.ts';
import type { ConcernDocument } from './concerns.ts';
import { atBorder } from './driver-error.ts';

type ConcernReads = Pick<ConcernStore, 'byId' | 'byIds' | 'byNumber' | 'mergedInto' | 'waitingOf'>;

interface Numbered {
  readonly placeId: string;
  readonly number: number;
}

interface Waiting {
  readonly personId: string;
  readonly conversation: ConversationRef;
}

const MOST_TOGETHER = 500;
/** More than the driver's 101 in the first answer: a second round trip costs more than its rows. */
const ONE_ANSWER = 1_000;

/** The reads that chat commands make: those asked for at the same time, by many messages, travel together. */
export function createConcernReads(concerns: mongo.Collection<ConcernDocument>): ConcernReads {
  const find = (filter: mongo.Filter<ConcernDocument>, sort: mongo.Sort = { _id: 1 }) =>
    atBorder(async () => {
      const found = await concerns.find(filter, { batchSize: ONE_ANSWER }).sort(sort).toArray();
      return found.map((document) => recordOf(document));
    });

  const ids = together<string, Concern | undefined>(async (wanted) => {
    const found = await find({ _id: { $in: [...new Set(wanted)] } });
    const byId = new Map(found.map((concern) => [concern.id, concern]));
    return wanted.map((id) => byId.get(id));
  });
  const numbers = together<Numbered, Concern | undefined>(async (wanted) => {
    const found = await find({ $or: numbersByPlace(wanted) });
    const byName = new Map(found.map((concern) => [`${concern.number}|${concern.placeId}`, concern]));
    return wanted.map(({ placeId, number }) => byName.get(`${number}|${placeId}`));
  });
  const merged = together<string, readonly Concern[]>(async (wanted) => {
    const found = await find({ mergedIntoId: { $in: [...new Set(wanted)] } });
    const byTarget = groupBy(found, ({ mergedIntoId = '' }) => mergedIntoId);
    return wanted.map((id) => byTarget.get(id) ?? []);
  });
  const waiting = together<Waiting, Concern | undefined>(async (wanted) => {
    const authorId = { $in: [...new Set(wanted.map(({ personId }) => personId))] };
    const found = await find({ authorId, state: { $in: ['waiting', 'unsure'] } }, { raisedAt: -1 });
    return wanted.map((one) => found.find((concern) => isWaiting(concern, one)));
  });

  return {
    byId: (id) => ids.load(id),
    byIds: async (wanted) => {
      if (wanted.length === 0) return [];
      const found = await ids.loadMany([...new Set(wanted)]);
      return found.flatMap((concern) => loaded(concern) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    byNumber: (placeId, number) => numbers.load({ placeId, number }),
    mergedInto: (concernId) => merged.load(concernId),
    waitingOf: (personId, conversation) => waiting.load({ personId, conversation }),
  };
}

function together<Key, Value>(
  load: (keys: readonly Key[]) => Promise<readonly Value[]>,
): DataLoader<Key, Value> {
  return new DataLoader(load, { cache: false, maxBatchSize: MOST_TOGETHER });
}

/** A loader answers several keys with errors in between, where a caller expects one rejection. */
function loaded<Value>(value: Value | Error): Value {
  if (value instanceof Error) throw value;
  return value;
}

function numbersByPlace(wanted: readonly Numbered[]) {
  return [...groupBy(wanted, ({ placeId }) => placeId)].map(([placeId, group]) => ({
    placeId,
    number: { $in: [...new Set(group.map(({ number }) => number))] },
  }));
}

function isWaiting(concern: Concern, { personId, conversation }: Waiting): boolean {
  return concern.authorId === personId && conversationKey(concern.raisedIn) === conversationKey(conversation);
}

import { mongo, type AnyBulkWriteOperation, type Connection } from 'mongoose';
import type { NumberRequest, NumberStore } from '#core/numbers';
import { TransientError } from '#core/errors';
import { groupBy } from '#core/group-by';
import { collectionOf, defineCollection } from './collection.ts';
import { atBorder, operationErrors } from './driver-error.ts';
import { inboxCollection } from './inbox.ts';
import { requestsCollection } from './requests.ts';
import { checkedElsewhere } from './sub-schemas.ts';

/** The last number given out, one document a place and kind: `<placeId>|<kind>`. */
export interface CounterDocument {
  _id: string;
  last: number;
  /** Who advanced it lately, and up to where: how several counters are advanced by one write and one read. */
  taken?: readonly { readonly token: string; readonly upTo: number }[];
}

export const countersCollection = defineCollection<CounterDocument>({
  name: 'counters',
  fields: { last: { type: Number, required: true }, taken: checkedElsewhere },
  indexes: [],
});

/** More processes than can advance a counter between the write and the read of one of them. */
const TAKEN_KEPT = 20;
const RACES = 10;

interface Holder {
  _id: string;
  numbers?: Partial<Record<string, number[]>>;
}

export function createNumberStore(connection: Connection): NumberStore {
  const advance = createAdvance(connection);
  const holders = {
    inbox: collectionOf(connection, inboxCollection),
    requests: collectionOf(connection, requestsCollection),
  };

  async function fresh(requests: readonly NumberRequest[]): Promise<ReadonlyMap<NumberRequest, number>> {
    const byCounter = groupBy(requests, (request) => `${request.placeId}|${request.kind}`);
    const before = await advance(new Map([...byCounter].map(([id, group]) => [id, group.length])));
    const taken = [...byCounter].flatMap(([counterId, group]) => {
      const last = before.get(counterId);
      if (last === undefined) throw new TransientError('counter not advanced');
      return group.map((request, index) => [request, last + 1 + index] as const);
    });
    return new Map(taken);
  }

  /** Writes the numbers into their holders; `false` when somebody else was faster with one of them. */
  async function keep(
    holder: 'inbox' | 'requests',
    numbers: ReadonlyMap<NumberRequest, number>,
  ): Promise<boolean> {
    const requests = [...numbers.keys()].filter((request) => request.holder === holder);
    if (requests.length === 0) return true;
    const operations = requests.map((request) => keepOperation(request, numbers.get(request) ?? 0));
    const ids = requests.map(({ holderId }) => holderId);
    let written = 0;
    const refused = await refusedIds(ids, async () => {
      const result = await holders[holder].bulkWrite(operations as never, { ordered: false });
      written = result.matchedCount + result.upsertedCount;
    });
    return refused.length === 0 && written === requests.length;
  }

  /** The numbers that the holders have in the end: where somebody else was faster, theirs and not ours. */
  async function kept(holder: 'inbox' | 'requests', requests: readonly NumberRequest[]): Promise<Holder[]> {
    const ids = requests.filter((request) => request.holder === holder).map((request) => request.holderId);
    if (ids.length === 0) return [];
    const query = { _id: { $in: [...new Set(ids)] } };
    return await holders[holder].find(query, { projection: { numbers: 1 } }).toArray();
  }

  return {
    take: (requests) =>
      atBorder(async () => {
        const numbers = await fresh(requests);
        const areOurs = await Promise.all([keep('inbox', numbers), keep('requests', numbers)]);
        if (!areOurs.includes(false)) return requests.map((request) => numbers.get(request) ?? 0);
        const found = await Promise.all([kept('inbox', requests), kept('requests', requests)]);
        const byHolder = new Map(found.flat().map((holder) => [holder._id, holder]));
        return requests.map((request) => {
          const number = byHolder.get(request.holderId)?.numbers?.[request.kind]?.[request.index];
          if (number === undefined) throw new TransientError('number not kept');
          return number;
        });
      }),
  };
}

type Counts = ReadonlyMap<string, number>;

/** Advances several counters by one write and one read; what each was before, by its id. */
function createAdvance(connection: Connection): (counts: Counts) => Promise<Counts> {
  const counters = collectionOf(connection, countersCollection);
  let turn: Promise<unknown> = Promise.resolve();

  async function advance(counts: Counts): Promise<Counts> {
    const token = new mongo.ObjectId().toHexString();
    let left = [...counts.keys()];
    for (let race = 0; left.length > 0; race += 1) {
      if (race === RACES) throw new TransientError('counters are contended');
      const operations = left.map((id) => advanceOperation(id, counts.get(id) ?? 0, token));
      left = await refusedIds(left, () => counters.bulkWrite(operations, { ordered: false }));
    }
    const found = await counters.find({ _id: { $in: [...counts.keys()] } }).toArray();
    return new Map(
      found.map(({ _id, taken = [] }) => {
        const mine = taken.find((one) => one.token === token);
        if (!mine) throw new TransientError('too many processes took numbers at once');
        return [_id, mine.upTo - (counts.get(_id) ?? 0)];
      }),
    );
  }

  // One after the other within this process, so that `taken` has room for every process.
  return (counts) => {
    const mine = turn.then(() => advance(counts));
    turn = mine.catch(() => undefined);
    return mine;
  };
}

/** Advances and notes for whom in one atomic step. */
function advanceOperation(counterId: string, by: number, token: string) {
  const upTo = { $add: [{ $ifNull: ['$last', 0] }, by] };
  const taken = { $concatArrays: [{ $ifNull: ['$taken', []] }, [{ token, upTo }]] };
  const update = [{ $set: { last: upTo, taken: { $slice: [taken, -TAKEN_KEPT] } } }];
  return { updateOne: { filter: { _id: counterId }, update, upsert: true } };
}

/**
 * Ids, by position, that were there already when two processes upserted the same document at once. Throws any other
 * refusal.
 */
async function refusedIds(ids: readonly string[], write: () => Promise<unknown>): Promise<string[]> {
  try {
    await write();
    return [];
  } catch (error) {
    const errors = operationErrors(error);
    const other = errors.find((one) => !one.sameId);
    if (other) throw other.error;
    return errors.flatMap(({ index }) => ids[index] ?? []);
  }
}

/** Keeps the number only when this place in the holder's list is still free. */
function keepOperation(request: NumberRequest, number: number): AnyBulkWriteOperation {
  const list = `numbers.${request.kind}`;
  const free =
    request.index === 0 ? { [`${list}.0`]: { $exists: false } } : { [list]: { $size: request.index } };
  return {
    updateOne: {
      filter: { _id: request.holderId, ...free },
      update: { $push: { [list]: number } },
      upsert: request.holder === 'requests' && request.index === 0,
    },
  };
}

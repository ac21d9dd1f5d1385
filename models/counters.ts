import type { AnyBulkWriteOperation, Connection } from 'mongoose';
import type { NumberRequest, NumberStore } from '#core/numbers';
import { TransientError } from '#core/errors';
import { groupBy } from '#core/group-by';
import { collectionOf, defineCollection } from './collection.ts';
import { atBorder, operationErrors } from './driver-error.ts';
import { inboxCollection } from './inbox.ts';
import { requestsCollection } from './requests.ts';

/** The last number given out, one document a place and kind: `<placeId>|<kind>`. */
export interface CounterDocument {
  _id: string;
  last: number;
}

export const countersCollection = defineCollection<CounterDocument>({
  name: 'counters',
  fields: { last: { type: Number, required: true } },
  indexes: [],
});

interface Holder {
  _id: string;
  numbers?: Partial<Record<string, number[]>>;
}

export function createNumberStore(connection: Connection): NumberStore {
  const counters = collectionOf(connection, countersCollection);
  const holders = {
    inbox: collectionOf(connection, inboxCollection),
    requests: collectionOf(connection, requestsCollection),
  };

  async function advance(counterId: string, by: number): Promise<number> {
    const after = await counters.findOneAndUpdate(
      { _id: counterId },
      { $inc: { last: by } },
      { upsert: true, returnDocument: 'after' },
    );
    if (!after) throw new TransientError('counter not advanced');
    return after.last - by;
  }

  async function fresh(requests: readonly NumberRequest[]): Promise<ReadonlyMap<NumberRequest, number>> {
    const byCounter = groupBy(requests, (request) => `${request.placeId}|${request.kind}`);
    const taken = await Promise.all(
      [...byCounter].map(async ([counterId, group]) => {
        const before = await advance(counterId, group.length);
        return group.map((request, index) => [request, before + 1 + index] as const);
      }),
    );
    return new Map(taken.flat());
  }

  /** The numbers that the holders have in the end: where somebody else was faster, theirs and not ours. */
  async function keep(holder: 'inbox' | 'requests', numbers: ReadonlyMap<NumberRequest, number>) {
    const requests = [...numbers.keys()].filter((request) => request.holder === holder);
    if (requests.length === 0) return;
    const operations = requests.map((request) => keepOperation(request, numbers.get(request) ?? 0));
    const collection = holders[holder];
    await collection.bulkWrite(operations as never, { ordered: false }).catch((error: unknown) => {
      const refused = operationErrors(error).find((one) => !one.sameId);
      if (refused) throw refused.error;
    });
  }

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
        await Promise.all([keep('inbox', numbers), keep('requests', numbers)]);
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

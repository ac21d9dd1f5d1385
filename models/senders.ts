import type { Connection, mongo } from 'mongoose';
import { BREAK_AFTER_FAULTS, PROBE_MS, restMs, type LoginNews, type SenderState } from '#core/outbox-breaker';
import { RATE_WINDOW_MS } from '#core/outbox-rate';
import { collectionOf, defineCollection } from './collection.ts';

/** A send that is under way counts as if it ended this late, until it is settled. Longer than any send may take. */
const OPEN_MS = 40_000;
/** A login that nothing was said about for so long starts anew. */
const KEPT_SECONDS = 7 * 24 * 3_600;

/** One of our logins at its vendor: what it sent within the last minute, and how it is treated. In real time. */
export interface SenderDocument {
  readonly _id: string;
  /** The sends of this login, by `placeOf`, and when each ended or will have ended at the latest. */
  readonly slots?: readonly { readonly place: string; readonly at: Date }[];
  /** Faults in a row, of different messages. */
  readonly faults?: number;
  /** Nothing is sent before; then one message, to try. */
  readonly openUntil?: Date;
  /** How long the last rest was. */
  readonly openMs?: number;
  readonly seenAt: Date;
}

export const sendersCollection = defineCollection<SenderDocument>({
  name: 'senders',
  fields: {
    slots: { type: [{ _id: false, place: String, at: Date }], default: undefined },
    faults: Number,
    openUntil: Date,
    openMs: Number,
    seenAt: Date,
  },
  indexes: [
    {
      keys: { seenAt: 1 },
      options: { name: 'over', expireAfterSeconds: KEPT_SECONDS },
      why: 'logins that are no longer there',
    },
  ],
});

export interface Senders {
  statesOf(senders: readonly string[]): Promise<ReadonlyMap<string, SenderState>>;
  /** True for the one caller that may send a message to try whether a login works again. */
  takeProbe(sender: string, seen: SenderState, realNow: Date): Promise<boolean>;
  /** Takes places of the login's minute, in their order; those that it got. */
  reserve(
    sender: string,
    places: readonly string[],
    sends: number,
    realNow: Date,
  ): Promise<ReadonlySet<string>>;
  /** What became of sends: their places count from now on, and the login rests or works again. */
  settle(news: readonly LoginNews[], chance: number, realNow: Date): Promise<void>;
  /** Places of what was not sent are free again. */
  free(places: ReadonlyMap<string, readonly string[]>): Promise<void>;
}

export function createSenders(connection: Connection): Senders {
  const senders = collectionOf(connection, sendersCollection);
  /** Logins that had something to remember when they were last looked at, before each claim. */
  let remembered: ReadonlySet<string> = new Set();

  /** Most logins have no limit and no faults: nothing of theirs is written. */
  const isWorthWriting = (news: LoginNews) =>
    remembered.has(news.sender) || news.faults > 0 || news.restMs !== undefined;

  return {
    async statesOf(ids) {
      const found = await senders.find({ _id: { $in: [...ids] } }).toArray();
      remembered = new Set([...remembered, ...found.map((one) => one._id)]);
      return new Map(found.map((one) => [one._id, stateOf(one)]));
    },
    async takeProbe(_id, { openUntil }, realNow) {
      const until = new Date(realNow.getTime() + PROBE_MS);
      const seen = openUntil === undefined ? { openUntil: { $exists: false } } : { openUntil };
      const won = await senders.updateOne({ _id, ...seen }, { $set: { openUntil: until, seenAt: realNow } });
      return won.matchedCount === 1;
    },
    async reserve(_id, places, sends, realNow) {
      remembered = new Set([...remembered, _id]);
      const update = reservePipeline(places, sends, realNow);
      const after = await senders.findOneAndUpdate({ _id }, update, {
        upsert: true,
        returnDocument: 'after',
      });
      const mine = new Set(places);
      return new Set((after?.slots ?? []).flatMap(({ place }) => (mine.has(place) ? [place] : [])));
    },
    async settle(news, chance, realNow) {
      const operations = news.filter(isWorthWriting).flatMap((one) => settleOperations(one, chance, realNow));
      if (operations.length > 0) await senders.bulkWrite(operations, { ordered: true });
    },
    async free(places) {
      for (const [_id, some] of places) {
        if (!remembered.has(_id)) continue;
        await senders.updateOne({ _id }, { $pull: { slots: { place: { $in: [...some] } } } });
      }
    },
  };
}

function stateOf({ slots = [], faults = 0, openUntil }: SenderDocument): SenderState {
  return { ends: slots.map(({ at }) => at), faults, ...(openUntil && { openUntil }) };
}

/** One write: forgets what is past, and adds as many as there is room for. */
function reservePipeline(places: readonly string[], sends: number, realNow: Date) {
  const since = new Date(realNow.getTime() - RATE_WINDOW_MS);
  const endsBy = new Date(realNow.getTime() + OPEN_MS);
  const wanted = places.map((place) => ({ place, at: endsBy }));
  const kept = {
    $filter: {
      input: { $ifNull: ['$slots', []] },
      cond: { $gt: ['$$this.at', since] },
    },
  };
  const room = { $max: [0, { $subtract: [sends, { $size: '$slots' }] }] };
  const granted = { $slice: [{ $literal: wanted }, room] };
  return [
    { $set: { slots: kept, seenAt: realNow } },
    { $set: { slots: { $concatArrays: ['$slots', granted] } } },
  ];
}

type Operation = mongo.AnyBulkWriteOperation<SenderDocument>;

function settleOperations(news: LoginNews, chance: number, realNow: Date): Operation[] {
  return [...slotOperations(news, realNow), ...healthOperations(news, chance, realNow)];
}

/** Only where a login has places at all: others have no document that matches. */
function slotOperations({ sender, ended }: LoginNews, realNow: Date): Operation[] {
  if (ended.length === 0) return [];
  const at = { $cond: [{ $in: ['$$this.place', { $literal: ended }] }, realNow, '$$this.at'] };
  const slots = { $map: { input: '$slots', in: { place: '$$this.place', at } } };
  const filter = { _id: sender, 'slots.place': { $in: [...ended] } };
  return [{ updateOne: { filter, update: [{ $set: { slots } }] } }];
}

function healthOperations(news: LoginNews, chance: number, realNow: Date): Operation[] {
  const { sender: _id, faults, works, probeWorks, restMs: wished } = news;
  const operations: Operation[] = [];
  if (works || probeWorks) {
    // A success of before the rest says nothing about it. That of the probe ends it, unless the vendor wished more since.
    const latest = new Date(realNow.getTime() + (probeWorks ? PROBE_MS : 0));
    const notResting = [{ openUntil: { $exists: false } }, { openUntil: { $lte: latest } }];
    const filter = { _id, faults: { $gt: 0 }, $or: notResting };
    operations.push({
      updateOne: { filter, update: { $set: { faults: 0 }, $unset: { openUntil: '', openMs: '' } } },
    });
  }
  if (wished !== undefined) {
    const openUntil = new Date(realNow.getTime() + wished);
    const update = { $max: { openUntil, faults: BREAK_AFTER_FAULTS }, $set: { seenAt: realNow } };
    operations.push({ updateOne: { filter: { _id }, update, upsert: true } });
  }
  if (faults > 0) {
    operations.push({
      updateOne: { filter: { _id }, update: faultPipeline(faults, chance, realNow), upsert: true },
    });
  }
  return operations;
}

/** Counts faults; from so many on the login rests, each time longer. */
function faultPipeline(faults: number, chance: number, realNow: Date) {
  const isBroken = { $gte: ['$faults', BREAK_AFTER_FAULTS] };
  const openMs = { $cond: [isBroken, restExpression(chance), '$openMs'] };
  const until = { $add: [realNow, { $ifNull: ['$openMs', 0] }] };
  const openUntil = { $cond: [isBroken, { $max: ['$openUntil', until] }, '$openUntil'] };
  return [
    { $set: { faults: { $add: [{ $ifNull: ['$faults', 0] }, faults] }, seenAt: realNow } },
    { $set: { openMs } },
    { $set: { openUntil } },
  ];
}

/** `restMs` of the core, worked out by the database from what it holds. */
function restExpression(chance: number) {
  const base = restMs(undefined, 0);
  const longest = restMs(Infinity, 1);
  const before = { $ifNull: ['$openMs', base] };
  const next = { $add: [base, { $multiply: [chance, { $subtract: [{ $multiply: [3, before] }, base] }] }] };
  return { $round: [{ $min: [longest, next] }] };
}

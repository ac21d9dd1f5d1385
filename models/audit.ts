import { createHash } from 'node:crypto';
import type { ClientSession, Connection } from 'mongoose';
import type { AuditEntry } from '#core/audit';
import { TransientError } from '#core/errors';
import { groupBy } from '#core/group-by';
import { collectionOf, defineCollection } from './collection.ts';
import { isDuplicateKey } from './driver-error.ts';
import { checkedElsewhere } from './sub-schemas.ts';

/** One link of a place's chain: `hash` covers the entry and the hash before it. */
export interface AuditDocument {
  _id: string;
  placeId: string;
  seq: number;
  action: string;
  actorId: string;
  subjectId: string;
  at: Date;
  facts: Record<string, string | number | boolean>;
  previousHash: string;
  hash: string;
}

export const auditCollection = defineCollection<AuditDocument>({
  name: 'audit',
  fields: {
    placeId: { type: String, required: true },
    seq: { type: Number, required: true },
    action: { type: String, required: true },
    actorId: { type: String, required: true },
    subjectId: { type: String, required: true },
    at: { type: Date, required: true },
    facts: { type: checkedElsewhere, required: true },
    previousHash: { type: String, default: '' },
    hash: { type: String, required: true },
  },
  indexes: [
    { keys: { placeId: 1, seq: 1 }, options: { unique: true }, why: 'one chain a place, read in order' },
    { keys: { subjectId: 1, at: 1 }, why: 'the history of one thing' },
  ],
  shardKey: {
    keys: { placeId: 1, seq: 1 },
    why: 'one chain a place: the same place in it goes to the same shard',
  },
});

/** An entry with the id that makes a replay the same entry. */
export interface IdentifiedEntry extends AuditEntry {
  readonly id: string;
}

export interface AuditLog {
  /** Appends entries to the chains of their places, each id once. Inside a session: in its transaction. */
  append(entries: readonly IdentifiedEntry[], session?: ClientSession): Promise<void>;
  /** The number of the first link that does not hold, or undefined when the place's chain is whole. */
  firstBreak(placeId: string): Promise<number | undefined>;
}

const RACES = 10;

export function createAuditLog(connection: Connection): AuditLog {
  const audit = collectionOf(connection, auditCollection);

  async function chainedOn(placeId: string, entries: readonly IdentifiedEntry[], session?: ClientSession) {
    const options = session ? { session } : {};
    const known = await audit
      .find({ _id: { $in: entries.map((entry) => entry.id) } }, { projection: { _id: 1 }, ...options })
      .toArray();
    const knownIds = new Set(known.map(({ _id }) => _id));
    const head = await audit.findOne({ placeId }, { sort: { seq: -1 }, ...options });
    const fresh = entries.filter((entry) => !knownIds.has(entry.id));
    return chain(fresh, head ?? undefined);
  }

  /** One after the other within this process, so that only other processes are raced against. */
  const tails = new Map<string, Promise<void>>();

  async function inTurn(placeId: string, entries: readonly IdentifiedEntry[]): Promise<void> {
    const before = tails.get(placeId) ?? Promise.resolve();
    const mine = before.then(
      () => appendTo(placeId, entries),
      () => appendTo(placeId, entries),
    );
    tails.set(placeId, mine);
    try {
      await mine;
    } finally {
      if (tails.get(placeId) === mine) tails.delete(placeId);
    }
  }

  async function appendTo(placeId: string, entries: readonly IdentifiedEntry[]): Promise<void> {
    for (let race = 0; race < RACES; race += 1) {
      const links = await chainedOn(placeId, entries);
      if (links.length === 0) return;
      try {
        await audit.insertMany(links, { ordered: true });
        return;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    }
    throw new TransientError('audit chain is contended');
  }

  return {
    async append(entries, session) {
      const byPlace = groupBy(entries, (entry) => entry.placeId);
      if (!session) {
        await Promise.all([...byPlace].map(([placeId, group]) => inTurn(placeId, group)));
        return;
      }
      for (const [placeId, group] of byPlace) {
        const links = await chainedOn(placeId, group, session);
        if (links.length > 0) await audit.insertMany(links, { ordered: true, session });
      }
    },
    async firstBreak(placeId) {
      let previousHash = '';
      let seq = 0;
      for await (const found of audit.find({ placeId }).sort({ seq: 1 })) {
        const link = found;
        seq += 1;
        if (link.seq !== seq || link.previousHash !== previousHash || link.hash !== hashOf(link)) return seq;
        previousHash = link.hash;
      }
      return undefined;
    },
  };
}

function chain(entries: readonly IdentifiedEntry[], head: AuditDocument | undefined): AuditDocument[] {
  let previousHash = head?.hash ?? '';
  let seq = head?.seq ?? 0;
  return entries.map(({ id, placeId, action, actorId, subjectId, at, facts }) => {
    seq += 1;
    const link = { _id: id, placeId, seq, action, actorId, subjectId, at, facts: { ...facts }, previousHash };
    const hash = hashOf(link);
    previousHash = hash;
    return { ...link, hash };
  });
}

function hashOf(link: Omit<AuditDocument, 'hash'>): string {
  const { _id, placeId, seq, action, actorId, subjectId, at, facts, previousHash } = link;
  const sortedFacts = Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1));
  const said = JSON.stringify([
    previousHash,
    _id,
    placeId,
    seq,
    action,
    actorId,
    subjectId,
    at.toISOString(),
    sortedFacts,
  ]);
  return createHash('sha256').update(said).digest('hex');
}

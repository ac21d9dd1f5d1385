import { createHash } from 'node:crypto';
import type { ClientSession, Connection } from 'mongoose';
import type { OutboundBody } from '#core/channel';
import { collectionOf, defineCollection } from './collection.ts';

/** Longer than any row refers to it that is not forgotten: a row that is set aside may be sent again much later. */
const KEPT_SECONDS = 400 * 24 * 3_600;
const MOST_REMEMBERED = 200;
/** Fewer rows keep their own words: a document and a look-up more would cost more than they save. */
const LEAST_SHARED = 10;

/** What many rows say, once. The id is a hash of it, so the same words are the same document. */
export interface OutboxBodyDocument {
  readonly _id: string;
  readonly body: OutboundBody;
  readonly usedAt: Date;
}

export const outboxBodiesCollection = defineCollection<OutboxBodyDocument>({
  name: 'outboxBodies',
  fields: { body: Object, usedAt: Date },
  indexes: [
    {
      keys: { usedAt: 1 },
      options: { name: 'retention', expireAfterSeconds: KEPT_SECONDS },
      why: 'words that nothing refers to any more',
    },
  ],
});

/** Where the body of each row is kept: an id for what many of them say, undefined for what is a row's own. */
export function sharedBodies(bodies: readonly OutboundBody[]): {
  readonly ids: readonly (string | undefined)[];
  readonly shared: ReadonlyMap<string, OutboundBody>;
} {
  const hashes = new Map<OutboundBody, string>();
  const ids = bodies.map((body) => {
    const known = hashes.get(body);
    if (known !== undefined) return known;
    const hash = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
    hashes.set(body, hash);
    return hash;
  });
  const uses = new Map<string, number>();
  for (const id of ids) uses.set(id, (uses.get(id) ?? 0) + 1);
  const shared = new Map<string, OutboundBody>();
  bodies.forEach((body, index) => {
    const id = ids[index] ?? '';
    if ((uses.get(id) ?? 0) >= LEAST_SHARED) shared.set(id, body);
  });
  return { ids: ids.map((id) => (shared.has(id) ? id : undefined)), shared };
}

export interface OutboxBodies {
  /** Keeps what is not there yet. Before the rows that refer to it. */
  keep(bodies: ReadonlyMap<string, OutboundBody>, now: Date, session?: ClientSession): Promise<void>;
  /** Those that are there. */
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, OutboundBody>>;
}

export function createOutboxBodies(connection: Connection): OutboxBodies {
  const bodies = collectionOf(connection, outboxBodiesCollection);
  /** A body never changes, so what was read once is good for ever. */
  const remembered = new Map<string, OutboundBody>();

  function remember(id: string, body: OutboundBody): void {
    const [oldest] = remembered.keys();
    if (remembered.size >= MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    remembered.set(id, body);
  }

  return {
    async keep(shared, now, session) {
      if (shared.size === 0) return;
      const operations = [...shared].map(([_id, body]) => ({
        updateOne: {
          filter: { _id },
          update: { $setOnInsert: { body }, $max: { usedAt: now } },
          upsert: true,
        },
      }));
      await bodies.bulkWrite(operations, {
        ordered: false,
        ignoreUndefined: true,
        ...(session && { session }),
      });
    },
    async byIds(ids) {
      const wanted = [...new Set(ids)];
      const known = new Map(
        wanted.flatMap((id) => {
          const body = remembered.get(id);
          return body ? [[id, body] as const] : [];
        }),
      );
      const missing = wanted.filter((id) => !known.has(id));
      if (missing.length === 0) return known;
      for (const { _id, body } of await bodies.find({ _id: { $in: missing } }).toArray()) {
        known.set(_id, body);
        remember(_id, body);
      }
      return known;
    },
  };
}

/** Rows with their words. Those whose words are gone come without: whoever reads them has to cope. */
export async function withBodies<Row extends { readonly body?: OutboundBody; readonly bodyId?: string }>(
  bodies: OutboxBodies,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const ids = rows.flatMap((row) => row.bodyId ?? []);
  if (ids.length === 0) return rows;
  const found = await bodies.byIds(ids);
  return rows.map((row) => {
    const body = row.bodyId === undefined ? undefined : found.get(row.bodyId);
    return body ? { ...row, body } : row;
  });
}

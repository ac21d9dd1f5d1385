import type { Db, Document } from 'mongodb';

import { staleSettlesOf, type Claiming, type RowChange, type Settling } from './checks.ts';
import type { Instance } from './program.ts';

export type SeenChange = RowChange & { readonly atMs: number };

/** The history of leases in the outbox, in the database's own order. */
export interface LeaseLog {
  readonly changes: readonly SeenChange[];
  close(): Promise<void>;
}

/** Listens from now on. */
export async function openLeaseLog(db: Db): Promise<LeaseLog> {
  const changes: SeenChange[] = [];
  const stream = db.collection('outbox').watch([{ $match: { operationType: 'update' } }]);
  stream.on('change', (change) => {
    if (change.operationType !== 'update') return;
    const id = String(change.documentKey._id);
    const seen = changeOf(id, change.updateDescription);
    if (seen) changes.push({ ...seen, atMs: performance.now() });
  });
  // The stream is closed with its client when a scenario was broken off.
  stream.on('error', () => undefined);
  await db.command({ ping: 1 });
  return { changes, close: () => stream.close() };
}

function changeOf(
  id: string,
  { updatedFields = {}, removedFields = [] }: { updatedFields?: Document; removedFields?: string[] },
): RowChange | undefined {
  const lease = updatedFields['lease'] as { token?: unknown } | undefined;
  if (typeof lease?.token === 'string') return { id, change: 'leased', token: lease.token };
  const settledBy: unknown = updatedFields['settledBy'];
  if (typeof settledBy === 'string') return { id, change: 'settled', settledBy };
  return removedFields.includes('lease') ? { id, change: 'freed' } : undefined;
}

/** Settlements of these instances that the database took although their lease was over. */
export function staleIn(log: LeaseLog, instances: readonly Instance[]): readonly RowChange[] {
  return staleSettlesOf(log.changes, instances.flatMap(claimsOf), instances.flatMap(settlingsOf));
}

export function claimsOf({ name, reports }: Instance): readonly Claiming[] {
  return reports.flatMap((one) => (one.report === 'claimed' ? [{ token: one.token, instance: name }] : []));
}

export function settlingsOf({ name, reports }: Instance): readonly Settling[] {
  return reports.flatMap((one) => {
    if (one.report !== 'settled') return [];
    const { settledBy, token } = one;
    return [{ settledBy, instance: name, ...(token !== undefined && { token }) }];
  });
}

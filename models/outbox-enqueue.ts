import type { ClientSession, Connection } from 'mongoose';
import type { OutboundBody } from '#core/channel';
import type { Clock } from '#core/clock';
import type { Dispatch } from '#core/decision';
import { collectionOf } from './collection.ts';
import { operationErrors } from './driver-error.ts';
import { createMailings, mailingsOf } from './mailings.ts';
import { createOutboxBodies, sharedBodies } from './outbox-bodies.ts';
import { insertMissing } from './outbox-insert.ts';
import { createRowSequence, outboxCollection, outboxRowOf, type OutboxDocument } from './outbox.ts';

/** More than these are not made rows by the transaction that decides them: it would hold thousands of writes. */
const MOST_IN_A_TRANSACTION = 100;

interface Made {
  readonly rows: OutboxDocument[];
  readonly shared: ReadonlyMap<string, OutboundBody>;
}

export interface Enqueuer {
  /** Any number at once, outside of transactions; what is there already is left alone. */
  together(dispatches: readonly Dispatch[]): Promise<void>;
  /** As part of a decision's transaction. Very many become mailings, which the outbox worker spreads. */
  within(dispatches: readonly Dispatch[], requestId: string, session: ClientSession): Promise<void>;
}

/** How dispatches become rows. What several of them say is kept once. */
export function createEnqueuer(connection: Connection, clock: Pick<Clock, 'now'>): Enqueuer {
  const outbox = collectionOf(connection, outboxCollection);
  const bodies = createOutboxBodies(connection);
  const mailings = createMailings(connection);
  const nextSeq = createRowSequence();

  function rowsOf(dispatches: readonly Dispatch[], now: Date): Made {
    const { ids, shared } = sharedBodies(dispatches.map(({ body }) => body));
    const rows = dispatches.map((dispatch, index): OutboxDocument => {
      const row = outboxRowOf(dispatch, now, nextSeq(now));
      const bodyId = ids[index];
      if (bodyId === undefined) return row;
      const { body: _body, ...wordless } = row;
      return { ...wordless, bodyId };
    });
    return { rows, shared };
  }

  return {
    async together(dispatches) {
      if (dispatches.length === 0) return;
      const now = clock.now();
      const { rows, shared } = rowsOf(dispatches, now);
      await bodies.keep(shared, now);
      try {
        await outbox.insertMany(rows, { ordered: false, ignoreUndefined: true });
      } catch (error) {
        const refused = operationErrors(error).find((one) => !one.sameId);
        if (refused) throw refused.error;
      }
    },
    async within(dispatches, requestId, session) {
      if (dispatches.length === 0) return;
      const now = clock.now();
      const { rows, shared } = rowsOf(dispatches, now);
      await bodies.keep(shared, now, session);
      if (rows.length > MOST_IN_A_TRANSACTION) {
        await mailings.insert(mailingsOf(requestId, rows), session);
        return;
      }
      await insertMissing(outbox, rows, session);
    },
  };
}

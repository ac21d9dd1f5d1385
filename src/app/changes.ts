import type { Connection, mongo } from 'mongoose';

import { SECOND_MS, type Clock } from '#core/clock';

import type { ChangeHint } from './wake-up.ts';

export interface ChangeOptions {
  readonly connection: Connection;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly onChange: (change: ChangeHint) => void;
  readonly onBroken: (error: unknown) => void;
}

/** Collections whose changes consoles want to hear about. */
const SHOWN = [
  'concerns',
  'endorsements',
  'topics',
  'polls',
  'ballots',
  'meetings',
  'responses',
  'outcomes',
  'objections',
  'assignments',
  'notices',
  'outbox',
];
/** Whatever becomes of a row of these may be work for somebody, or another time. */
const PLANNED = ['deadlines', 'slots', 'settings'];
/** Only new rows of these are work; what has been done with them is not. */
const TAKEN = ['inbox', 'mailings'];

/** Long, for an idle stream costs one operation each time; a change is told at once all the same. */
const OPTIONS = { maxAwaitTimeMS: 60 * SECOND_MS };
const FIRST_PAUSE_MS = SECOND_MS;
const LONGEST_PAUSE_MS = 30 * SECOND_MS;

interface Change {
  readonly ns?: { readonly coll?: string };
  readonly partition?: number;
  readonly isWork: boolean;
}

/**
 * Tells which collections change, in whatever process; one stream a process. Only a hint: when the stream breaks
 * workers and pages go on by looking themselves, and it is opened again, ever more seldom while that fails.
 */
export function watchChanges(options: ChangeOptions): { close(): Promise<void> } {
  const { connection, clock, onChange, onBroken } = options;
  // The driver's own stream: mongoose's cannot be read one after the other.
  const database = connection.getClient().db(connection.name);
  const closing = new AbortController();
  let pauseMs = FIRST_PAUSE_MS;
  let stream: mongo.ChangeStream | undefined;

  async function listen(changes: AsyncIterable<Change>): Promise<void> {
    for await (const { ns, partition, isWork } of changes) {
      pauseMs = FIRST_PAUSE_MS;
      if (ns?.coll === undefined) continue;
      onChange({ collection: ns.coll, isWork, ...(partition !== undefined && { partition }) });
    }
  }

  async function watch(): Promise<void> {
    while (!closing.signal.aborted) {
      const opened = database.watch<Change & mongo.BSON.Document>(PIPELINE, OPTIONS);
      stream = opened;
      try {
        await listen(opened as unknown as AsyncIterable<Change>);
      } catch (error) {
        if (closing.signal.aborted) return;
        onBroken(error);
      }
      await opened.close().catch(() => undefined);
      await clock.sleep(pauseMs, closing.signal);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }

  const watching = watch();
  return {
    async close() {
      closing.abort();
      await stream?.close().catch(() => undefined);
      await watching;
    },
  };
}

/** A row of the outbox is work when it comes and when it is queued again, not when it was sent. */
const IS_WORK = {
  $or: [
    { $ne: ['$ns.coll', 'outbox'] },
    { $eq: ['$operationType', 'insert'] },
    { $eq: ['$updateDescription.updatedFields.state', 'queued'] },
  ],
};

const PIPELINE = [
  {
    $match: {
      $or: [
        { 'ns.coll': { $in: [...SHOWN, ...PLANNED] } },
        { 'ns.coll': { $in: TAKEN }, operationType: 'insert' },
      ],
    },
  },
  { $project: { _id: 1, ns: 1, isWork: IS_WORK, partition: '$fullDocument.partition' } },
];

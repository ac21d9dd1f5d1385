import type { mongo } from 'mongoose';
import { deadlinesCollection } from './deadlines.ts';
import { inboxCollection } from './inbox.ts';
import { mailingsCollection } from './mailings.ts';
import { UNDER_WAY } from './outbox-takeover.ts';
import { outboxCollection } from './outbox.ts';
import { slotsCollection } from './schedules.ts';
import { DEMO_CLOCK, settingsCollection } from './settings.ts';

/** What a process wants to know about the work it may do. */
export interface WaitingQuestion {
  /** Partitions of the inbox and of the outbox that it owns. */
  readonly inbox: readonly number[];
  readonly outbox: readonly number[];
  /** Logins that it can send with. */
  readonly senders: readonly string[];
  /** Whether it fires what is due. */
  readonly schedule: boolean;
  /** Work that is due by then counts: in the product's time, and in real time. */
  readonly by: Date;
  readonly realBy: Date;
}

/** Whether anything waits; how far the demo's clock was moved. */
export interface WaitingWork {
  readonly inbox: boolean;
  readonly outbox: boolean;
  readonly schedule: boolean;
  readonly offsetMs: number;
}

/** Marks answers among the documents that they come with. */
const NAME = 'waiting:';

type Question = keyof WaitingWork;

/** Stages that add the answers to what another aggregation finds, each a look at one index: one operation for all. */
export function askForWaiting(question: WaitingQuestion): readonly mongo.BSON.Document[] {
  const { inbox, outbox, senders, schedule, by, realBy } = question;
  const due = { state: 'pending', lookAt: { $lte: by } };
  const partition = { $in: [...outbox] };
  const queued = { state: 'queued', sender: { $in: [...senders] }, partition, dueAt: { $lte: by } };
  const lost = { state: UNDER_WAY, partition, 'lease.until': { $lt: realBy } };
  return [
    ...(inbox.length > 0
      ? [
          any('inbox', inboxCollection, {
            state: 'new',
            partition: { $in: [...inbox] },
            availableAt: { $lte: by },
          }),
        ]
      : []),
    ...(outbox.length > 0
      ? [
          any('outbox', outboxCollection, { $or: [queued, lost] }),
          any('outbox', mailingsCollection, { dueAt: { $lte: by } }),
        ]
      : []),
    ...(schedule ? [any('schedule', deadlinesCollection, due), any('schedule', slotsCollection, due)] : []),
    any('offsetMs', settingsCollection, { _id: DEMO_CLOCK }),
  ];
}

/** The answers, out of all that was found. */
export function readWaiting(found: readonly mongo.BSON.Document[]): WaitingWork {
  const answer = (question: Question) => found.find(({ _id }) => _id === `${NAME}${question}`);
  return {
    inbox: answer('inbox') !== undefined,
    outbox: answer('outbox') !== undefined,
    schedule: answer('schedule') !== undefined,
    offsetMs: Number(answer('offsetMs')?.['offsetMs'] ?? 0),
  };
}

function any(question: Question, { name }: { readonly name: string }, filter: mongo.BSON.Document) {
  const project = { _id: { $literal: `${NAME}${question}` }, offsetMs: 1 };
  return { $unionWith: { coll: name, pipeline: [{ $match: filter }, { $limit: 1 }, { $project: project }] } };
}

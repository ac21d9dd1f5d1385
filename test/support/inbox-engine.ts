import type { Connection } from 'mongoose';
import type { Clock } from '#core/clock';
import { defineCommand, replyHere, type AnyCommand } from '#core/command';
import { PARTITION_COUNT } from '#core/inbox';
import type { Group, Place } from '#core/people';
import {
  createCommitRows,
  createCommitSteps,
  createGuardedCommit,
  type CommitSteps,
  type GuardedRows,
} from '#models/commit';
import { createDirectory } from '#models/directory';
import { createNumberStore } from '#models/counters';
import { groupDocumentOf } from '#models/groups';
import { createInboxStore } from '#models/inbox-store';
import { createIntake } from '#src/inbox/intake';
import { createRouter } from '#src/inbox/route';
import type { InboxEvents, InboxTexts } from '#src/inbox/texts';
import { createInboxWorker } from '#src/inbox/worker';

export const PLACE: Place = {
  id: 'xingfuli',
  name: '幸福里',
  kind: 'community',
  ancestorIds: [],
  timeZone: 'Asia/Shanghai',
  dutyContact: { name: '刘敏', unit: '社区', phone: '000' },
  rules: {
    answerWithinDays: 5,
    publicityDays: 5,
    meetingNoticeDays: 0,
    yellowWithinWorkingDays: 3,
    similarWaitMinutes: 10,
    confirmWithinMinutes: 10,
  },
};

export function groupIn(chat: string, kind: Group['kind'] = 'residents'): Group {
  const conversation = { channel: 'web', account: 'demo', conversationId: chat } as const;
  return { id: `group:${chat}`, placeId: PLACE.id, kind, name: chat, conversation };
}

/** The place and residents' groups in these chats. */
export async function settle(connection: Connection, chats: readonly string[]): Promise<void> {
  const { id, ...place } = PLACE;
  await connection.collection('places').insertOne({ _id: id as never, ...place });
  const groups = chats.map((chat) => groupDocumentOf(groupIn(chat)));
  await connection.collection('groups').insertMany(groups as never);
}

/** 记 leaves a mark under a number of its own; it must be alone in its conversation. */
export const note = defineCommand<string>({
  name: 'test.note',
  triggers: ['记'],
  summary: '记一件事',
  example: '记 一件事',
  roles: ['resident'],
  parse: (_rest, original) =>
    original === '' ? { ok: false, hint: '还差内容。' } : { ok: true, args: original },
  async run(context, said) {
    const number = await context.takeNumber('concern');
    const effect = { _id: `note:${context.requestId}`, personId: `#${number}`, displayName: said };
    const entry = {
      placeId: context.place.id,
      action: 'test.noted',
      actorId: context.person.id,
      at: context.now,
    };
    return {
      ...replyHere(context, `记下 #${number}`, 'test.noted'),
      writes: [{ kind: 'insertOnce', collection: 'identities', document: effect }],
      audit: [{ ...entry, subjectId: context.requestId }],
      recountConcernIds: [context.requestId],
    };
  },
});

/** 投 leaves a mark a person and stays silent; many can be decided together. */
export const vote = defineCommand<string>({
  name: 'ballot.cast',
  triggers: ['投', '投票'],
  summary: '投票',
  example: '投 1',
  roles: ['resident'],
  independent: true,
  parse: (rest) => ({ ok: true, args: rest }),
  run: async ({ person, requestId }, choice) => ({
    writes: [
      {
        kind: 'insertOnce',
        collection: 'identities',
        document: { _id: `vote:${requestId}`, personId: person.id, displayName: choice },
      },
    ],
    dispatches: [],
    event: 'ballot.kept',
  }),
});

export const quietTexts: InboxTexts = {
  unsure: () => 'unsure',
  unknown: (likely) => `unknown: ${likely.map(({ triggers }) => triggers[0]).join(' ')}`,
  wrongRole: (trigger) => `wrong role: ${trigger}`,
  slow: () => 'slow',
  rateLimited: (count) => `rate limited: ${count}`,
  rateLimitedHere: () => 'rate limited here',
  welcome: (place) => `welcome to ${place.name}`,
  unbound: () => 'unbound',
  nameless: () => '居民',
};

export interface EngineOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly commands?: readonly AnyCommand[];
  readonly partitions?: readonly number[];
  /** The partitions whose lease is still held when a decision is to be committed. */
  readonly trusted?: () => readonly number[];
  /** Changes the steps of the commit, to let one of them fail. */
  readonly steps?: (steps: CommitSteps) => CommitSteps;
  readonly guarded?: (guarded: GuardedRows) => GuardedRows;
}

/** The inbound engine on a real database, with commands that leave marks in `identities`. */
export function createTestEngine(options: EngineOptions) {
  const { connection, clock, commands = [note, vote] } = options;
  const happened: string[] = [];
  const failures: { event: string; error: unknown }[] = [];
  const events: InboxEvents = {
    happened: (event) => void happened.push(event),
    failed: (event, error) => void failures.push({ event, error }),
  };
  const deps = { connection, clock, recountEndorsements: async () => undefined };
  const steps = (options.steps ?? ((same) => same))(createCommitSteps(deps));
  const guarded = (options.guarded ?? ((same) => same))(createGuardedCommit(deps));
  const all = Array.from({ length: PARTITION_COUNT }, (_, partition) => partition);
  // A loaded machine that tests in parallel is slower than any vendor waits.
  const store = createInboxStore(connection, { patienceMs: 60_000 });
  const worker = createInboxWorker({
    store,
    clock,
    events,
    texts: quietTexts,
    directory: createDirectory(connection),
    numbers: createNumberStore(connection),
    commit: createCommitRows(steps, guarded),
    enqueue: steps.enqueue,
    router: createRouter({ commands, botNames: ['小议'], concern: note, bareNumber: vote }),
    partitions: () => options.partitions ?? all,
    trusted: options.trusted ?? (() => options.partitions ?? all),
  });
  const intake = createIntake({
    store,
    clock,
    events,
    wake: () => worker.wake(),
  });
  return { store, worker, intake, happened, failures, steps, guarded };
}

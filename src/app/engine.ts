import type { Connection } from 'mongoose';

import type { Channel } from '#core/channel';
import { SECOND_MS, type Chance } from '#core/clock';
import type { LeaseKind, PartitionLeases } from '#core/leases';
import { createCommitRows, createCommitSteps, createGuardedCommit } from '#models/commit';
import { recountEndorsements } from '#models/recount-endorsements';
import { createPartitionLeases } from '#models/leases';
import { senderOf } from '#models/outbox';
import { createRequestCommits } from '#models/request-commits';
import { askForWaiting, readWaiting, type WaitingQuestion } from '#models/waiting-work';

import { monotonicMs as steadyMs, type DatabaseClock } from '../database/clock.ts';
import { createIntake } from '../inbox/intake.ts';
import { createRouter } from '../inbox/route.ts';
import { createInboxWorker } from '../inbox/worker.ts';
import { createOutboxWorker } from '../outbox/worker.ts';
import type { Features } from './features.ts';
import { inboxTexts } from './inbox-texts.ts';
import type { createTelling } from './metrics.ts';
import { createPause } from './pause.ts';
import { createScheduleWork } from './schedule-work.ts';
import type { Stores } from './stores.ts';
import { createWakeUp, hintsFor, type ChangeHint, type WakeUp } from './wake-up.ts';

export interface EngineDeps {
  readonly connection: Connection;
  readonly stores: Stores;
  readonly features: Features;
  readonly channels: readonly Channel[];
  readonly clock: DatabaseClock;
  readonly chance: Chance;
  readonly telling: ReturnType<typeof createTelling>;
  readonly botName: string;
  /** Kinds of work that this process shares in. */
  readonly work: readonly LeaseKind[];
  /** Milliseconds of a steady clock; the process's own if absent. */
  readonly monotonicMs?: () => number;
}

export type Engine = ReturnType<typeof createEngine>;

const LEAVE_WITHIN_MS = 1_500;
/** Shorter than the process has to end, so that there is time for the rest. */
const OUTBOX_DRAIN_MS = 6_000;

/** The commits: how decisions become durable. */
export function createCommits({ connection, clock }: Pick<EngineDeps, 'connection' | 'clock'>) {
  const deps = {
    connection,
    clock,
    recountEndorsements: (ids: readonly string[]) => recountEndorsements(connection, ids),
  };
  const steps = createCommitSteps(deps);
  const guarded = createGuardedCommit(deps);
  return {
    steps,
    rows: createCommitRows(steps, guarded),
    guarded,
    requests: createRequestCommits({ connection, guarded }),
  };
}

/** Inbox, outbox and deadlines with their leases: started and stopped together. */
export function createEngine(deps: EngineDeps) {
  const { stores, clock, telling } = deps;
  const commits = createCommits(deps);
  const wakeUp = createWakeUp();
  const leases = createLeases(deps, wakeUp);
  const pause = createPause();
  const workers = createWorkers(deps, commits, wakeUp, {
    owned: (kind) => pause.allowed(kind, leases.owned(kind)),
    trusted: leases.owned,
  });
  const { inbox, outbox, schedule } = workers;
  wakeUp.connect({ inbox: inbox.wake, outbox: outbox.nudge, schedule: schedule.nudge });
  leases.onChange(() => {
    inbox.ownershipChanged();
    wakeUp.all();
  });
  const intake = createIntake({
    store: stores.inbox,
    clock,
    events: telling.inboxEvents,
    wake: () => inbox.wake(),
  });
  const stopping = new AbortController();
  let working: Promise<void> | undefined;
  clock.onJump(wakeUp.all);

  const finish = async () => {
    stopping.abort();
    await Promise.all([schedule.stop(), working]);
    await outbox.stop();
  };
  const leave = createLeaving(leases, deps);

  return {
    commits,
    sink: intake.sink,
    nudge: () => outbox.nudge(),
    /** Something changed in the database, perhaps by another process: whoever may have work by it looks. */
    heard(change: ChangeHint) {
      // A failure is no loss: the next look reads the offset too.
      if (change.collection === 'settings') void clock.sync().catch(() => undefined);
      for (const kind of hintsFor(change, leases.owned)) wakeUp.wake(kind);
    },
    /** The next slot of a schedule of places. */
    nextSlotAt: () => schedule.nextSlotOf(['digest.morning']),
    /** Fires what is due and sends what came of it; for a clock that is moved by hand. */
    async catchUp() {
      await schedule.runDue();
      await outbox.idle();
    },
    /**
     * Runs `work` while nothing of this process is decided, fired or sent: what is under way ends before. Other
     * processes are not held up.
     */
    async whilePaused(work: () => Promise<void>): Promise<void> {
      const quiet = pause.begin(deps.work);
      wakeUp.all();
      try {
        await quiet;
        if (deps.work.includes('outbox')) await outbox.idle();
        await work();
      } finally {
        pause.end();
        wakeUp.all();
      }
    },
    async start() {
      await leases.start();
      if (deps.work.includes('inbox')) working = inbox.run(stopping.signal);
      if (deps.work.includes('outbox')) outbox.start();
      if (deps.work.includes('schedule')) schedule.start();
    },
    /** Decides and fires no more, and lets what is being sent end: what was decided last may still go out. */
    finish,
    /** Gives the leases back; when the database is away they run out by themselves. */
    leave,
    async stop() {
      await finish();
      await leave();
    },
  };
}

/** The leases, whose rounds also ask whether anything waits. */
function createLeases(deps: EngineDeps, wakeUp: Pick<WakeUp, 'looked'>): PartitionLeases {
  const { clock, telling, monotonicMs = steadyMs } = deps;
  const leases: PartitionLeases = createPartitionLeases({
    connection: deps.connection,
    instanceId: deps.chance.id(),
    clock,
    monotonicMs,
    kinds: deps.work,
    onRoundFailed: (error) => telling.inboxEvents.failed('leases.away', error, {}),
    alongside: {
      stages: () => askForWaiting(questionOf(deps, leases)),
      onFound(found) {
        const waiting = readWaiting(found);
        clock.heardOffset(waiting.offsetMs);
        wakeUp.looked(waiting);
      },
    },
  });
  return leases;
}

/** What is due until the next look but one counts as waiting, so that it is not found late. */
const AHEAD_MS = 3 * SECOND_MS;

function questionOf(
  { clock, channels }: Pick<EngineDeps, 'clock' | 'channels'>,
  leases: Pick<PartitionLeases, 'owned'>,
): WaitingQuestion {
  return {
    inbox: leases.owned('inbox'),
    outbox: leases.owned('outbox'),
    schedule: leases.owned('schedule').length > 0,
    senders: channels.map(({ kind, account }) => senderOf({ channel: kind, account })),
    by: new Date(clock.now().getTime() + AHEAD_MS),
    realBy: new Date(clock.realNow().getTime() + AHEAD_MS),
  };
}

/** Gives the leases back, within a moment. */
function createLeaving(leases: PartitionLeases, { clock, telling }: Pick<EngineDeps, 'clock' | 'telling'>) {
  return async () => {
    const left = new AbortController();
    const givingBack = leases
      .stop()
      .catch((error: unknown) => telling.inboxEvents.failed('leases.away', error, {}))
      .then(() => left.abort());
    await Promise.race([givingBack, clock.sleep(LEAVE_WITHIN_MS, left.signal)]);
  };
}

/** `owned`: what a worker may begin to work on. `trusted`: what it may still end. */
type Ownership = Record<'owned' | 'trusted', (kind: LeaseKind) => readonly number[]>;

function createWorkers(
  deps: EngineDeps,
  commits: ReturnType<typeof createCommits>,
  { isQuiet }: Pick<WakeUp, 'isQuiet'>,
  { owned, trusted }: Ownership,
) {
  const { stores, clock, chance, telling, channels, features, monotonicMs = steadyMs } = deps;
  const outbox = createOutboxWorker({
    store: stores.outbox,
    channels,
    clock,
    realNow: () => clock.realNow(),
    monotonicMs,
    chance,
    partitions: () => owned('outbox'),
    isQuiet: () => isQuiet('outbox'),
    onEvent: telling.outboxEvent,
    options: { drainMs: OUTBOX_DRAIN_MS },
  });
  const inbox = createInboxWorker({
    store: stores.inbox,
    directory: stores.directory,
    numbers: stores.numbers,
    router: createRouter({
      commands: features.commands,
      botNames: [deps.botName, '议事助手', '议事'],
      ...features.fallbacks,
    }),
    partitions: () => owned('inbox'),
    trusted: () => trusted('inbox'),
    isQuiet: () => isQuiet('inbox'),
    commit: async (items) => {
      const results = await commits.rows(items);
      outbox.nudge();
      return results;
    },
    enqueue: async (dispatches) => {
      await commits.steps.enqueue(dispatches);
      outbox.nudge();
    },
    clock,
    texts: inboxTexts(deps.botName),
    events: telling.inboxEvents,
  });
  const schedule = createScheduleWork(
    deps,
    async (decision, request) => {
      await commits.guarded.commitGuarded(decision, request);
      outbox.nudge();
    },
    { isLeader: () => owned('schedule').length > 0, isQuiet: () => isQuiet('schedule') },
  );
  return { inbox, outbox, schedule };
}

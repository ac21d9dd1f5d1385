import type { Enqueue } from '#core/commit';
import { TransientError } from '#core/errors';
import type { Directory } from '#core/directory';
import type { InboxStore, UnreadRow } from '#core/inbox';
import type { NumberStore } from '#core/numbers';
import { decideTogether, type DecideDeps } from './decide.ts';
import { createPacing, type Pacing } from './pacing.ts';
import { planRow, type Plan } from './plan.ts';
import { resolveRows } from './resolve.ts';
import { createRounds, type Rounds } from './rounds.ts';
import type { Router } from './route.ts';
import { createNumberTaker } from './take-numbers.ts';
import type { InboxEvents } from './texts.ts';

export interface WorkerDeps extends DecideDeps {
  readonly store: InboxStore;
  readonly directory: Directory;
  readonly numbers: NumberStore;
  readonly router: Router;
  readonly enqueue: Enqueue;
  /** The partitions that this process may begin to work on now. */
  readonly partitions: () => readonly number[];
  /** True while it is known that nothing waits in them; who knows it calls `wake` when something does. */
  readonly isQuiet?: () => boolean;
}

export interface InboxWorker {
  /** Works until `signal` aborts; resolves when the round under way is committed. */
  run(signal: AbortSignal): Promise<void>;
  /** Something was kept: look now instead of at the next poll. */
  wake(): void;
  /** The owned partitions changed: what others did meanwhile is not known yet. */
  ownershipChanged(): void;
  /** Decides what can be decided now; how many rows were. */
  drain(): Promise<number>;
}

const PAGE = 1500;
/** After this many commits a page is read anew, so that a new conversation need not wait for a long one. */
const ROUNDS_A_PAGE = 8;
const IDLE_MS = 250;
/** In case that nobody wakes us after all. */
const QUIET_MS = 300_000;
const DATABASE_AWAY_MS = 1_000;

interface Progress {
  readonly settled: number;
  readonly mayBeMore: boolean;
}

const NO_PROGRESS: Progress = { settled: 0, mayBeMore: false };

/** Decides the messages of its partitions: in order within a conversation, many conversations at a time. */
export function createInboxWorker(deps: WorkerDeps): InboxWorker {
  const takeNumber = createNumberTaker(deps.numbers);
  const pacing = createPacing(deps);
  let idle = new AbortController();
  let isWoken = false;
  /** Conversations whose first row waits for its next try, and until when. */
  const waiting = new Map<string, Date>();

  /** The conversations to leave out now, or their rows would fill every page. */
  function heldBack(now: Date): string[] {
    for (const [conversation, retryAt] of waiting) if (retryAt <= now) waiting.delete(conversation);
    return [...waiting.keys()];
  }

  async function page(): Promise<Progress> {
    const partitions = deps.partitions();
    if (partitions.length === 0) return NO_PROGRESS;
    const now = deps.clock.now();
    const { rows: found, unread } = await deps.store.next(partitions, now, PAGE, heldBack(now));
    for (const row of unread) tellUnread(row, deps.events);
    const rows = await pacing.admit(found, partitions);
    const hasMadeRoom = unread.length > 0 || rows.length < found.length;
    if (rows.length === 0) return { settled: 0, mayBeMore: hasMadeRoom };
    const resolved = await resolveRows(rows, deps.directory, deps.texts.nameless());
    const rounds = createRounds(
      resolved.map((one) => planRow(one, { ...deps, takeNumber })),
      now,
    );
    for (const [conversation, retryAt] of rounds.waiting) waiting.set(conversation, retryAt);
    const settled = await decideInRounds(rounds, deps, pacing, () => isWoken);
    return { settled, mayBeMore: settled > 0 || hasMadeRoom || rounds.waiting.size > 0 };
  }

  async function drain(): Promise<number> {
    let total = 0;
    for (;;) {
      const { settled, mayBeMore } = await page();
      total += settled;
      if (!mayBeMore) return total;
    }
  }

  async function rest(ms: number, signal: AbortSignal): Promise<void> {
    if (isWoken || signal.aborted) return;
    idle = new AbortController();
    await deps.clock.sleep(ms, AbortSignal.any([signal, idle.signal]));
  }

  return {
    drain,
    ownershipChanged: pacing.forget,
    wake() {
      isWoken = true;
      idle.abort();
    },
    async run(signal) {
      while (!signal.aborted) {
        isWoken = false;
        try {
          if (!(await page()).mayBeMore) await rest(deps.isQuiet?.() === true ? QUIET_MS : IDLE_MS, signal);
        } catch (error) {
          // The rows stay as they are; a fault that is not the database's must not spin either.
          deps.events.failed(error instanceof TransientError ? 'database.away' : 'worker.fault', error, {});
          await deps.clock.sleep(DATABASE_AWAY_MS, signal);
        }
      }
    },
  };
}

/** Decides the rounds of a page; how many rows are settled. */
async function decideInRounds(
  rounds: Rounds,
  deps: WorkerDeps,
  pacing: Pick<Pacing, 'settled'>,
  isWoken: () => boolean,
): Promise<number> {
  let settled = 0;
  let widest = 0;
  for (let round = 0; round < ROUNDS_A_PAGE; round += 1) {
    const plans = stillOurs(rounds.next(), deps.trusted());
    widest = Math.max(widest, plans.length);
    // A commit costs much the same for few rows as for many: the last few go with those that came meanwhile.
    if (plans.length === 0 || (isWoken() && plans.length * 2 < widest)) break;
    const endings = await decideTogether(plans, deps);
    if (endings.size === 0) break;
    for (const [plan, ending] of endings) {
      rounds[ending](plan);
      if (ending !== 'settled') continue;
      pacing.settled(plan.resolved.row.id);
      settled += 1;
    }
  }
  return settled;
}

function tellUnread({ id, why }: UnreadRow, events: InboxEvents): void {
  if (why === 'newer') events.happened('left.newer', { rowId: id });
  else events.failed('unreadable', new Error('a row of the inbox is no message'), { rowId: id });
}

/** Nothing is begun whose lease ran out since the page was read: not even a number is taken for it. */
function stillOurs(plans: readonly Plan[], trusted: readonly number[]): readonly Plan[] {
  const ours = new Set(trusted);
  return plans.filter(({ resolved }) => ours.has(resolved.row.partition));
}

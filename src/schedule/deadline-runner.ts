import type { Clock, Chance } from '#core/clock';
import { SECOND_MS } from '#core/clock';
import type { CommitGuarded } from '#core/commit';
import {
  DEADLINE_TRIES_BEFORE_ALERT,
  type Deadline,
  type DeadlineHandler,
  type DeadlineKind,
  type DeadlineStore,
  type DueDeadline,
} from '#core/deadline';
import { decidedIn, type Decision } from '#core/decision';
import { ConflictError, TransientError } from '#core/errors';
import type { TakeNumber } from '#core/numbers';
import { retryMs } from './retry.ts';
import { oneAtATime } from './serial.ts';

export type DeadlineEvent =
  | {
      readonly event: 'deadline.fired';
      readonly id: string;
      readonly kind: DeadlineKind;
      readonly lateMs: number;
      readonly outcome: string;
    }
  | {
      readonly event: 'deadline.conflict' | 'deadline.waits';
      readonly id: string;
      readonly kind: DeadlineKind;
    }
  | {
      readonly event: 'deadline.failed' | 'deadline.alert';
      readonly id: string;
      readonly kind: DeadlineKind;
      readonly tries: number;
      readonly error: unknown;
    };

export interface DeadlineRunnerDeps {
  readonly store: Pick<DeadlineStore, 'due' | 'nextLookAt' | 'fired' | 'putOff'>;
  /** One handler a kind. Rows of kinds without one are left alone: a newer version may know them. */
  readonly handlers: Partial<Record<DeadlineKind, DeadlineHandler>>;
  readonly commit: CommitGuarded;
  /** Numbers for what a firing creates, kept under `requestId`. */
  readonly takeNumberFor: (requestId: string, deadline: Deadline) => TakeNumber;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly onEvent?: (event: DeadlineEvent) => void;
}

export interface DeadlineRunner {
  /** Fires everything that is due now, in order; returns how many fired. */
  runDue(): Promise<number>;
  /** When the next deadline is to be looked at. */
  nextAt(): Promise<Date | undefined>;
  /** Fires no more; what is under way ends. */
  stop(): void;
}

const RETRY_SOON_MS = SECOND_MS;
const BATCH = 50;

/** Fires deadlines: one transaction each, in the order of their due times, exactly once over all instances. */
export function createDeadlineRunner(deps: DeadlineRunnerDeps): DeadlineRunner {
  const { store, clock } = deps;
  const kinds = Object.keys(deps.handlers) as DeadlineKind[];
  const fire = createFiring(deps);
  let isStopping = false;

  /** Stops early when a decision has set deadlines: one of these may come before the rest of the batch. */
  async function fireBatch(batch: readonly DueDeadline[]): Promise<number> {
    let fired = 0;
    for (const due of batch) {
      if (isStopping) break;
      const decision = await fire(due);
      if (!decision) continue;
      fired += 1;
      if (decision.writes.some((write) => write.collection === 'deadlines')) break;
    }
    return fired;
  }

  async function fireAllDue(): Promise<number> {
    let fired = 0;
    while (!isStopping) {
      const batch = await store.due(kinds, clock.now(), BATCH);
      const count = await fireBatch(batch);
      fired += count;
      if (count === 0) break;
    }
    return fired;
  }

  return {
    // Two at once would decide the same firing twice and waste a number on it.
    runDue: oneAtATime(fireAllDue),
    nextAt: () => store.nextLookAt(kinds),
    stop: () => void (isStopping = true),
  };
}

/** Fires one deadline; the committed decision, or undefined when nothing was committed. */
function createFiring(deps: DeadlineRunnerDeps): (due: DueDeadline) => Promise<Decision | undefined> {
  const { store, clock, chance, onEvent = () => undefined } = deps;

  async function decideAndCommit(deadline: Deadline): Promise<Decision | undefined> {
    const { id, kind } = deadline;
    const now = clock.now();
    const requestId = requestIdOf(deadline);
    const decision = await deps.handlers[kind]?.(deadline, now, deps.takeNumberFor(requestId, deadline));
    if (!decision) return undefined;
    await deps.commit(decidedIn(deadline.placeId, decision), {
      requestId,
      at: now,
      guards: [store.fired(deadline, now)],
    });
    const lateMs = now.getTime() - deadline.dueAt.getTime();
    onEvent({ event: 'deadline.fired', id, kind, lateMs, outcome: decision.event ?? 'decided' });
    return decision;
  }

  /** When the database is away this fails too, and ends the run. */
  async function putOff({ deadline, tries }: DueDeadline, error: unknown): Promise<void> {
    const { id, kind } = deadline;
    const later = (ms: number) => store.putOff(deadline, new Date(clock.now().getTime() + ms));
    if (error instanceof ConflictError) {
      onEvent({ event: 'deadline.conflict', id, kind });
      return later(RETRY_SOON_MS);
    }
    if (error instanceof TransientError) {
      onEvent({ event: 'deadline.waits', id, kind });
      return later(error.retryAfterMs ?? RETRY_SOON_MS);
    }
    const event = tries + 1 >= DEADLINE_TRIES_BEFORE_ALERT ? 'deadline.alert' : 'deadline.failed';
    onEvent({ event, id, kind, tries: tries + 1, error });
    return later(retryMs(tries, chance.fraction()));
  }

  return async (due) => {
    try {
      return await decideAndCommit(due.deadline);
    } catch (error) {
      await putOff(due, error);
      return undefined;
    }
  };
}

/** The same for every try of one firing, so that a repeated decision derives the same ids and numbers. */
function requestIdOf(deadline: Deadline): string {
  return `deadline:${deadline.id}@${deadline.dueAt.getTime()}`;
}

import { MINUTE_MS, SECOND_MS, type Chance, type Clock } from '#core/clock';
import type { CommitGuarded } from '#core/commit';
import { NOTHING, type Decision } from '#core/decision';
import { ConflictError } from '#core/errors';
import {
  SLOT_TRIES_BEFORE_ALERT,
  type DueSlot,
  type Schedule,
  type ScheduleHandler,
  type ScheduleKind,
  type ScheduleStore,
  type Slot,
} from '#core/schedule';
import { dueSlots, isWorthRunning, nextSlot } from './occurrences.ts';
import { retryMs } from './retry.ts';
import { oneAtATime } from './serial.ts';

export type SlotEvent =
  | {
      readonly event: 'slot.fired' | 'slot.skipped';
      readonly kind: ScheduleKind;
      readonly scheduleId: string;
      readonly lateMs: number;
      readonly outcome: string;
    }
  | { readonly event: 'slot.conflict'; readonly kind: ScheduleKind; readonly scheduleId: string }
  | {
      readonly event: 'slot.failed' | 'slot.alert';
      readonly kind: ScheduleKind;
      readonly scheduleId: string;
      readonly tries: number;
      readonly error: unknown;
    };

export interface SlotRunnerDeps {
  readonly store: ScheduleStore;
  /** The schedules as they are now; asked again every minute, for places come and go. */
  readonly schedules: () => Promise<readonly Schedule[]>;
  /** Rows of kinds without a handler are left alone: a newer version may know them. */
  readonly handlers: Partial<Record<ScheduleKind, ScheduleHandler>>;
  readonly commit: CommitGuarded;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly onEvent?: (event: SlotEvent) => void;
}

export interface SlotRunner {
  /** Plans and runs everything that is due now; how many slots ran. */
  runDue(): Promise<number>;
  /** When there is something to do next, as far as is known. */
  nextAt(): Promise<Date | undefined>;
  /** The next slot of a schedule of these kinds, as far as is known. */
  nextSlotOf(kinds: readonly ScheduleKind[]): Date | undefined;
  /** Runs no more; what is under way ends. */
  stop(): void;
}

const ASK_AGAIN_MS = MINUTE_MS;
const BATCH = 200;

/** A schedule with the time through which its slots are rows, and the first slot after it. */
interface Known {
  readonly schedule: Schedule;
  readonly through: Date;
  readonly next: Date | undefined;
}

function knownThrough(schedule: Schedule, through: Date): Known {
  return { schedule, through, next: nextSlot(schedule, through) };
}

/** Runs recurring jobs: each slot in one transaction with what it decides, exactly once over all instances. */
export function createSlotRunner(deps: SlotRunnerDeps): SlotRunner {
  const { store, clock } = deps;
  const kinds = Object.keys(deps.handlers) as ScheduleKind[];
  const run = createRunning(deps);
  let known: ReadonlyMap<string, Known> = new Map();
  let askAgainAt = 0;
  let isStopping = false;

  async function ask(now: Date): Promise<void> {
    const schedules = (await deps.schedules()).filter(({ kind }) => kinds.includes(kind));
    const through = await store.plannedThrough(schedules, now);
    known = new Map(schedules.map((one) => [one.id, knownThrough(one, through.get(one.id) ?? now)]));
    askAgainAt = now.getTime() + ASK_AGAIN_MS;
  }

  /** What another instance planned meanwhile is planned here once more, and changes nothing. */
  async function plan(now: Date): Promise<void> {
    const planned = new Map(known);
    for (const [id, { schedule, through: before, next }] of known) {
      if (!next || next > now) continue;
      const { slots, through } = dueSlots(schedule, before, now);
      await store.plan(schedule, slots, through);
      planned.set(id, knownThrough(schedule, through));
    }
    known = planned;
  }

  async function runOnce(): Promise<number> {
    const now = clock.now();
    if (now.getTime() >= askAgainAt) await ask(now);
    await plan(now);
    const due = await store.due(kinds, now, BATCH);
    // Another instance may know a place that is new since we asked.
    if (due.some(({ slot }) => !known.has(slot.scheduleId))) await ask(now);
    let ran = 0;
    for (const one of due) {
      if (isStopping) break;
      const schedule = known.get(one.slot.scheduleId)?.schedule;
      if (await run(one, schedule, isLatest(one.slot, due))) ran += 1;
    }
    return ran;
  }

  async function runAll(): Promise<number> {
    let total = 0;
    while (!isStopping) {
      const ran = await runOnce();
      total += ran;
      if (ran === 0) break;
    }
    return total;
  }

  return {
    runDue: oneAtATime(runAll),
    async nextAt() {
      const planned = [...known.values()].flatMap(({ next }) => next ?? []);
      const waiting = await store.nextLookAt(kinds);
      return earliest([...planned, ...(waiting ? [waiting] : [])]);
    },
    nextSlotOf: (wanted) =>
      earliest(
        [...known.values()].flatMap((one) => (wanted.includes(one.schedule.kind) ? (one.next ?? []) : [])),
      ),
    stop: () => void (isStopping = true),
  };
}

function earliest(times: readonly Date[]): Date | undefined {
  return times.length > 0 ? new Date(Math.min(...times.map((at) => at.getTime()))) : undefined;
}

function isLatest(slot: Slot, due: readonly DueSlot[]): boolean {
  return !due.some(({ slot: other }) => other.scheduleId === slot.scheduleId && other.slotAt > slot.slotAt);
}

type Run = (due: DueSlot, schedule: Schedule | undefined, isLatest: boolean) => Promise<boolean>;

/** Runs one slot, or passes it over as its policy says; `true` when it has ended. */
function createRunning(deps: SlotRunnerDeps): Run {
  const { store, clock, chance, onEvent = () => undefined } = deps;

  async function end(slot: Slot, state: 'fired' | 'skipped', decision: Decision, now: Date): Promise<void> {
    const requestId = `slot:${slot.scheduleId}@${slot.slotAt.getTime()}`;
    await deps.commit(decision, { requestId, at: now, guards: [store.end(slot, state, now)] });
    const { kind, scheduleId } = slot;
    const lateMs = now.getTime() - slot.slotAt.getTime();
    onEvent({ event: `slot.${state}`, kind, scheduleId, lateMs, outcome: decision.event ?? state });
  }

  async function failed({ slot, tries }: DueSlot, error: unknown): Promise<void> {
    const { kind, scheduleId } = slot;
    if (error instanceof ConflictError) {
      onEvent({ event: 'slot.conflict', kind, scheduleId });
      return store.putOff(slot, new Date(clock.now().getTime() + SECOND_MS));
    }
    const event = tries + 1 >= SLOT_TRIES_BEFORE_ALERT ? 'slot.alert' : 'slot.failed';
    onEvent({ event, kind, scheduleId, tries: tries + 1, error });
    return store.putOff(slot, new Date(clock.now().getTime() + retryMs(tries, chance.fraction())));
  }

  return async (due, schedule, latest) => {
    const { slot } = due;
    const now = clock.now();
    try {
      // A schedule that is gone (its place has no group any more) has nobody to tell.
      if (!schedule || !isWorthRunning(schedule, slot.slotAt, now, latest)) {
        await end(slot, 'skipped', NOTHING, now);
        return true;
      }
      const decision = await deps.handlers[slot.kind]?.(slot, now);
      if (!decision) return false;
      await end(slot, 'fired', decision, now);
      return true;
    } catch (error) {
      await failed(due, error);
      return false;
    }
  };
}

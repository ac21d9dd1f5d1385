import type { Decision, Write } from './decision.ts';

/** Everything that happens by itself again and again. */
export type ScheduleKind = 'digest.morning' | 'check.hourly';

/**
 * What becomes of slots that nobody was there for. `once`: the latest is made good, however long the program stood
 * still. `each`: every one of them is, in order. `skip`: the latest is, if it is not more than `lateMs` ago.
 */
export type CatchUp =
  | { readonly policy: 'once' }
  | { readonly policy: 'each' }
  | { readonly policy: 'skip'; readonly lateMs: number };

/** A recurring job. Its slots follow from the pattern alone, never from when the last one ran. */
export interface Schedule {
  /** `<kind>` for the whole installation, `<kind>:<placeId>` for a place. */
  readonly id: string;
  readonly kind: ScheduleKind;
  readonly placeId?: string;
  /** Five cron fields: minute, hour, day of the month, month, day of the week; both days given: either counts. */
  readonly pattern: string;
  /** IANA name of the zone the pattern is meant in. */
  readonly zone: string;
  readonly catchUp: CatchUp;
}

/** One time of a schedule: a row under a unique key, claimed once over all instances. */
export interface Slot {
  readonly scheduleId: string;
  readonly kind: ScheduleKind;
  readonly placeId?: string;
  readonly slotAt: Date;
}

/** A slot whose time has come, with the tries that failed so far. */
export interface DueSlot {
  readonly slot: Slot;
  readonly tries: number;
}

/**
 * Decides what happens at a slot; committed in one transaction with the slot's row. `now` is not before `slotAt`,
 * but may be long after it.
 */
export type ScheduleHandler = (slot: Slot, now: Date) => Promise<Decision>;

/** How a schedule stands, for operators. */
export interface ScheduleStanding {
  readonly scheduleId: string;
  readonly kind: ScheduleKind;
  readonly placeId?: string;
  /** Slots up to here are rows already. */
  readonly plannedThrough: Date;
  readonly last?: {
    readonly slotAt: Date;
    readonly state: 'fired' | 'skipped';
    readonly endedAt: Date;
  };
  /** Slots that have come and are not done: their handler fails, or nobody works on schedules. */
  readonly waiting: number;
}

/** Port of the schedules' rows; the promises are stated by test/conformance/schedule-store.ts. */
export interface ScheduleStore {
  /**
   * How far each of these is planned. One that nobody knew is known from `now` on: a new schedule makes nothing good
   * of the time before it.
   */
  plannedThrough(schedules: readonly Schedule[], now: Date): Promise<ReadonlyMap<string, Date>>;
  /**
   * Makes rows of slots, each (schedule, slot) at most once whoever plans it how often, and then remembers that the
   * schedule is planned `through` that time; never less far than before.
   */
  plan(schedule: Schedule, slots: readonly Date[], through: Date): Promise<void>;
  /** Rows of these kinds whose time has come and that are not done, in the order of their slots. */
  due(kinds: readonly ScheduleKind[], now: Date, limit: number): Promise<readonly DueSlot[]>;
  /** When the next row is to be looked at, among those of these kinds that are not done. */
  nextLookAt(kinds: readonly ScheduleKind[]): Promise<Date | undefined>;
  /** Marks a slot as done, or as passed over; matches nothing when it is either already. */
  end(slot: Slot, state: 'fired' | 'skipped', now: Date): Write;
  /** Puts a slot whose handler failed off until `retryAt`. */
  putOff(slot: Slot, retryAt: Date): Promise<void>;
  standings(): Promise<readonly ScheduleStanding[]>;
}

/** Tries of a handler before somebody is told; it is tried on all the same. */
export const SLOT_TRIES_BEFORE_ALERT = 5;

import { Cron } from 'croner';
import type { Schedule } from '#core/schedule';

/** Slots made rows of in one go; the rest of a long catching-up follows at the next look. */
export const MOST_AT_ONCE = 500;

/** The due slots, and the time through which they are complete. */
export interface DueSlots {
  readonly slots: readonly Date[];
  readonly through: Date;
}

type Pattern = Pick<Schedule, 'pattern' | 'zone'>;

const parsed = new Map<string, Cron>();

/** Only computes: croner runs no timer here, for the database's clock says what time it is. */
function cronOf({ pattern, zone }: Pattern): Cron {
  const key = `${zone} ${pattern}`;
  const known = parsed.get(key);
  if (known) return known;
  const cron = new Cron(pattern, { timezone: zone, paused: true, mode: '5-part' });
  parsed.set(key, cron);
  return cron;
}

/** The first slot later than `after`; undefined when there is none any more. Throws for a pattern or zone that is none. */
export function nextSlot(schedule: Pattern, after: Date): Date | undefined {
  return cronOf(schedule).nextRun(after) ?? undefined;
}

/** The last slot not later than `at`. */
function latestSlot(schedule: Pattern, at: Date): Date | undefined {
  // Croner looks for slots before its reference; one at the very moment counts here.
  const [latest] = cronOf(schedule).previousRuns(1, new Date(at.getTime() + 1));
  return latest;
}

/**
 * The slots after `plannedThrough` and not after `now` that the catch-up policy lets happen, computed from the pattern
 * alone. However long nobody looked, nothing is lost but what the policy gives up.
 */
export function dueSlots(schedule: Schedule, plannedThrough: Date, now: Date): DueSlots {
  if (now <= plannedThrough) return { slots: [], through: plannedThrough };
  if (schedule.catchUp.policy === 'each') return eachSlot(schedule, plannedThrough, now);
  const latest = latestSlot(schedule, now);
  const isNew = latest !== undefined && latest > plannedThrough;
  return { slots: isNew ? [latest] : [], through: now };
}

function eachSlot(schedule: Schedule, plannedThrough: Date, now: Date): DueSlots {
  const slots: Date[] = [];
  let slot = nextSlot(schedule, plannedThrough);
  while (slot && slot <= now) {
    slots.push(slot);
    if (slots.length === MOST_AT_ONCE) return { slots, through: slot };
    slot = nextSlot(schedule, slot);
  }
  return { slots, through: now };
}

/** Whether a slot is made good at `now`, when `isLatest` of those of its schedule that wait. */
export function isWorthRunning({ catchUp }: Schedule, slotAt: Date, now: Date, isLatest: boolean): boolean {
  switch (catchUp.policy) {
    case 'each':
      return true;
    case 'once':
      return isLatest;
    case 'skip':
      return isLatest && now.getTime() - slotAt.getTime() <= catchUp.lateMs;
  }
}

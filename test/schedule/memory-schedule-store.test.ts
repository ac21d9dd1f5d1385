import { describe, expect, it } from 'vitest';
import { describeScheduleStore, SCHEDULE_PROMISES } from '#test/conformance/schedule-store';
import { createMemoryScheduleStore, type Guard } from '#test/support/memory-schedule-store';

const underTest = async (without?: Guard) => {
  const store = createMemoryScheduleStore(without);
  return { store, carryOut: store.carryOut };
};

describeScheduleStore('the store in memory', () => underTest());

/** Which promises a store breaks. */
async function broken(without: Guard): Promise<string[]> {
  const names: string[] = [];
  for (const { name, check } of SCHEDULE_PROMISES) {
    await check(await underTest(without)).catch(() => names.push(name));
  }
  return names;
}

describe('the suite of schedules', () => {
  it.each<[Guard, string]>([
    ['uniqueSlots', 'keeps a slot once'],
    ['endsOnce', 'ends a slot once'],
    ['neverBackwards', 'never forgets how far'],
    ['knownFromNow', 'knows a schedule from the first time'],
    ['onlyAskedKinds', 'leaves kinds it is not asked for alone'],
    ['onlyDue', 'hands out what is due'],
  ])('notices a store without %s', async (guard, promise) => {
    expect(await broken(guard)).toContainEqual(expect.stringContaining(promise));
  });
});

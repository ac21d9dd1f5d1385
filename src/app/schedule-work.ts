import { SECOND_MS, type Chance, type Clock } from '#core/clock';
import type { CommitGuarded } from '#core/commit';
import { takeNumberForRequest } from '#core/numbers';
import { createSelfCheck } from '#handlers/upkeep/self-check';

import { createDeadlineRunner } from '../schedule/deadline-runner.ts';
import { createLookout, type Look, type LookoutDeps } from '../schedule/lookout.ts';
import { createSlotRunner, type SlotRunner, type SlotRunnerDeps } from '../schedule/slot-runner.ts';
import type { Features } from './features.ts';
import type { createTelling } from './metrics.ts';
import { createSchedules, UPKEEP } from './schedules.ts';
import type { Stores } from './stores.ts';

export interface ScheduleWorkDeps {
  readonly stores: Stores;
  readonly features: Features;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly telling: ReturnType<typeof createTelling>;
}

/** A commit that was under way when a figure was read has ended by then, also its recount. */
const SETTLE_MS = 2 * SECOND_MS;

/** What happens by itself: deadlines and recurring jobs, looked after by one process at a time. */
export function createScheduleWork(
  deps: ScheduleWorkDeps,
  commit: CommitGuarded,
  state: Pick<LookoutDeps, 'isLeader' | 'isQuiet'>,
) {
  const { stores, features, clock, chance, telling } = deps;
  const deadlines = createDeadlineRunner({
    store: stores.deadlines,
    handlers: features.deadlines,
    commit,
    takeNumberFor: (requestId, { placeId }) => takeNumberForRequest(stores.numbers, placeId, requestId),
    clock,
    chance,
    onEvent: telling.deadlineEvent,
  });
  const slotRunner = (own: Pick<SlotRunnerDeps, 'schedules' | 'handlers'>) =>
    createSlotRunner({ store: stores.schedules, ...own, commit, clock, chance, onEvent: telling.slotEvent });
  const slots = slotRunner({ schedules: createSchedules(stores), handlers: features.schedules });
  const settle = () => clock.sleep(SETTLE_MS);
  const selfCheck = createSelfCheck({ checks: stores.selfCheck, polls: stores.polls, settle });
  const upkeep = slotRunner({ schedules: async () => UPKEEP, handlers: { 'check.hourly': selfCheck } });
  const runners = [deadlines, slots, upkeep];
  const lookouts = [[deadlines, slots], [upkeep]].map((together) =>
    createLookout({ looks: together.map(lookOf), clock, ...state, onFailed: telling.scheduleAway }),
  );
  return {
    start: () => lookouts.forEach((lookout) => lookout.start()),
    nudge: () => lookouts.forEach((lookout) => lookout.nudge()),
    nextSlotOf: slots.nextSlotOf,
    async runDue() {
      for (const runner of runners) await runner.runDue();
    },
    async stop() {
      for (const runner of runners) runner.stop();
      await Promise.all(lookouts.map((lookout) => lookout.stop()));
    },
  };
}

function lookOf(runner: Pick<SlotRunner, 'runDue' | 'nextAt'>): Look {
  return async () => {
    await runner.runDue();
    return runner.nextAt();
  };
}

import type { PollRules, RollCount } from '#core/poll';
import type { RollEntry } from '#core/roll';
import type { Choice, PollMethod } from '#core/vote-method';
import { createCounter, type Counter } from './counting.ts';

/** Whether a poll's rules need more of its voters than their choices. */
export function asksTheRoll({ article278, quorum, minCell }: PollRules): boolean {
  return article278 !== undefined || quorum.kind === 'households' || minCell > 0;
}

export interface RollCounter {
  /** One entry of the roll, with its choice when it has voted. */
  add(entry: RollEntry, choice?: Choice): void;
  result(): RollCount;
}

interface Building {
  voters: number;
  readonly counter: Counter;
}

/** Adds up what only the roll knows of the voters: area, households, buildings. Memory grows with the households. */
export function createRollCounter(method: PollMethod, options: number): RollCounter {
  const areas = Array.from({ length: options }, () => 0);
  const all = new Set<string>();
  const voted = new Set<string>();
  const buildings = new Map<string, Building>();
  let [rollArea, votedArea] = [0, 0];
  return {
    add(entry, choice) {
      const { areaCents = 0, building = '' } = entry;
      rollArea += areaCents;
      all.add(householdOf(entry));
      const here = buildings.get(building) ?? { voters: 0, counter: createCounter(method, options) };
      buildings.set(building, here);
      if (!choice) return;
      votedArea += areaCents;
      voted.add(householdOf(entry));
      for (const option of choice) areas[option] = (areas[option] ?? 0) + areaCents;
      here.voters += 1;
      here.counter.add(choice);
    },
    result: () => ({
      rollArea,
      votedArea,
      areas: [...areas],
      households: voted.size,
      rollHouseholds: all.size,
      byBuilding: [...buildings].map(([building, { voters, counter }]) => ({
        building,
        voters,
        counts: counter.result().counts,
      })),
    }),
  };
}

/** Where somebody lives; whoever has no address on the roll is a household of their own. */
function householdOf({ voterId, building, unit, room }: RollEntry): string {
  return room === undefined ? voterId : JSON.stringify([building, unit, room]);
}

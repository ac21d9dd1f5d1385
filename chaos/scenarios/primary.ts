import { setTimeout as delay } from 'node:timers/promises';

import { directly, type ReplicaSet } from '../../scripts/mongo/replica-set.ts';
import type { House } from '../house.ts';
import { longestGapMs, startLoad } from '../load.ts';
import { row, type Row } from '../table.ts';
import type { Town } from '../town.ts';
import { everydayRows } from '../verdict.ts';

const GROUPS = 6;
const SAY_EVERY_MS = 150;
const QUIET_WITHIN_MS = 150_000;
const PAUSED_MS = 30_000;

interface Trouble {
  readonly name: string;
  /** Does it, and resolves when the set is whole again. */
  readonly happen: (set: ReplicaSet) => Promise<void>;
  /** Longest time without any acknowledgement. */
  readonly gapMs: number;
}

const STEP_DOWN: Trouble = {
  name: 'step-down',
  gapMs: 20_000,
  async happen(set) {
    const primary = await set.primary();
    await directly(primary, (admin) => admin.command({ replSetStepDown: 5, secondaryCatchUpPeriodSecs: 3 }));
    await set.primary();
  },
};

const KILL_PRIMARY: Trouble = {
  name: 'kill primary',
  gapMs: 30_000,
  async happen(set) {
    const primary = await set.primary();
    await primary.kill();
    await set.primary();
    await primary.start();
  },
};

const PAUSE_PRIMARY: Trouble = {
  name: 'pause primary',
  gapMs: 20_000,
  async happen(set) {
    const primary = await set.primary();
    primary.pause();
    await delay(PAUSED_MS);
    primary.resume();
    await set.primary();
  },
};

export const loseThePrimary = (house: House) => played(house, 'primary', [STEP_DOWN, KILL_PRIMARY]);
export const pauseThePrimary = (house: House) => played(house, 'paused primary', [PAUSE_PRIMARY]);

/** Two instances under load while the primary goes away; nothing acknowledged may be missing afterwards. */
async function played(house: House, name: string, troubles: readonly Trouble[]): Promise<readonly Row[]> {
  const town = await house.openTown({ name, groups: GROUPS });
  const instances = await Promise.all([town.start('one'), town.start('two')]);
  town.openDoors(instances);
  const gaps: Row[] = [];
  for (const trouble of troubles) gaps.push(await gapOf(town, house.set, trouble));
  await town.becomesQuiet(QUIET_WITHIN_MS);
  await Promise.all(instances.map((instance) => instance.stop()));
  return [...gaps, ...(await everydayRows(town))];
}

async function gapOf(town: Town, set: ReplicaSet, { name, happen, gapMs }: Trouble): Promise<Row> {
  const load = startLoad(town, SAY_EVERY_MS);
  await delay(2_000);
  const fromMs = performance.now();
  await happen(set);
  await load.stop();
  const longest = longestGapMs(town.deliveries.acknowledged.values(), fromMs, performance.now());
  const seconds = (ms: number) => (ms / 1_000).toFixed(1);
  return row(
    `${town.name}: ${name}, longest gap s`,
    seconds(longest),
    `≤ ${seconds(gapMs)}`,
    longest <= gapMs,
  );
}

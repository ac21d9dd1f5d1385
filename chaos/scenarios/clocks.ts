import { setTimeout as delay } from 'node:timers/promises';

import { createFakeClock, provideFaketime, type FakeClock } from '../faketime.ts';
import type { House } from '../house.ts';
import { startLoad } from '../load.ts';
import { notRun, row, type Row } from '../table.ts';
import type { Town } from '../town.ts';
import { everydayRows } from '../verdict.ts';

const GROUPS = 8;
const DEADLINES = 60;
const OVER_MS = 30_000;
const FIRST_DUE_MS = 3_000;
const SAY_EVERY_MS = 300;
const HOUR_S = 3_600;
const SKEW_S = 300;
const STROBE_MS = 100;
const STROBES = 50;
const QUIET_WITHIN_MS = 120_000;

/** Instances whose machines are five minutes ahead, five minutes behind, and jump about. */
export async function skewClocks(house: House): Promise<readonly Row[]> {
  const found = provideFaketime();
  if ('reason' in found) return [notRun('clocks', found.reason)];
  const clocks = [1, 2, 3].map(() => createFakeClock(found.library));
  try {
    return await played(house, clocks);
  } finally {
    clocks.forEach((clock) => clock.remove());
  }
}

async function played(house: House, clocks: readonly FakeClock[]): Promise<readonly Row[]> {
  const town = await house.openTown({ name: 'clocks', groups: GROUPS });
  const [ahead, behind, jumping] = clocks;
  ahead?.setAhead(SKEW_S);
  behind?.setAhead(-SKEW_S);
  const instances = await Promise.all(
    clocks.map((clock, index) => town.start(`clock ${index}`, {}, clock.environment)),
  );
  town.openDoors(instances);
  const beginsMs = Date.now() + FIRST_DUE_MS;
  await town.closePolls(DEADLINES, (index) => new Date(beginsMs + (index * OVER_MS) / DEADLINES));
  const load = startLoad(town, SAY_EVERY_MS);
  if (jumping) await jumpAbout(jumping);
  await load.stop();
  await town.becomesQuiet(QUIET_WITHIN_MS);
  const codes = await Promise.all(instances.map((instance) => instance.stop()));
  return [
    row(
      'clocks: instances that lived through it',
      codes.filter((code) => code === 0).length,
      '3',
      codes.every((code) => code === 0),
    ),
    ...earlyRows(town, beginsMs),
    ...(await everydayRows(town)),
  ];
}

async function jumpAbout(clock: FakeClock): Promise<void> {
  for (const seconds of [HOUR_S, -2 * HOUR_S]) {
    await delay(OVER_MS / 4);
    clock.setAhead(seconds);
  }
  await delay(OVER_MS / 4);
  for (let strobe = 0; strobe < STROBES; strobe += 1) {
    clock.setAhead(strobe % 2 === 0 ? HOUR_S : -HOUR_S);
    await delay(STROBE_MS);
  }
  clock.setAhead(0);
}

/** By the harness's own clock, which is the database's: what arrived before its deadline. */
function earlyRows({ vendor, pollIds }: Town, beginsMs: number): readonly Row[] {
  const steadyToWallMs = Date.now() - performance.now();
  const early = vendor.arrivals.filter(({ id, atMs }) => {
    const index = pollIds.findIndex((pollId) => id.startsWith(`poll-result:${pollId}:`));
    return index >= 0 && atMs + steadyToWallMs < beginsMs + (index * OVER_MS) / DEADLINES;
  });
  return [row('clocks: fired early', early.length, '0', early.length === 0)];
}

import { setTimeout as delay } from 'node:timers/promises';

import { percentile } from '../../bench/figures.ts';
import type { House } from '../house.ts';
import { row, type Row } from '../table.ts';
import type { Instance } from '../program.ts';
import type { Town } from '../town.ts';
import { everydayRows } from '../verdict.ts';

interface Scale {
  readonly name: string;
  readonly instances: number;
  readonly deadlines: number;
  readonly overMs: number;
  readonly restartEveryMs: number;
  readonly quietWithinMs: number;
}

const FULL: Scale = {
  name: 'rolling restarts',
  instances: 5,
  deadlines: 1_000,
  overMs: 90_000,
  restartEveryMs: 5_000,
  quietWithinMs: 240_000,
};

const SHORT: Scale = {
  name: 'rolling restarts',
  instances: 2,
  deadlines: 40,
  overMs: 10_000,
  restartEveryMs: 4_000,
  quietWithinMs: 90_000,
};

const GROUPS = 20;
const FIRST_DUE_MS = 3_000;

export const restartInTurn = (house: House) => played(house, FULL);
export const restartInTurnShort = (house: House) => played(house, SHORT);

/** Instances are killed and ended in turn while deadlines come due: each fires once and none before its time. */
async function played(house: House, scale: Scale): Promise<readonly Row[]> {
  const town = await house.openTown({ name: scale.name, groups: GROUPS });
  const fleet = await Promise.all(
    Array.from({ length: scale.instances }, (_, index) => town.start(`first ${index}`)),
  );
  const beginsMs = Date.now() + FIRST_DUE_MS;
  const dueAt = (index: number) => new Date(beginsMs + (index * scale.overMs) / scale.deadlines);
  await town.closePolls(scale.deadlines, dueAt);
  const restarts = await rolled(town, fleet, scale);
  await town.becomesQuiet(scale.quietWithinMs);
  await Promise.all(fleet.map((instance) => instance.stop()));
  return [
    row(`${scale.name}: restarts`, restarts, '≥ 2', restarts >= 2),
    ...(await latenessRows(town)),
    ...(await everydayRows(town)),
  ];
}

/** Every other one is killed, the rest end by themselves. The fleet is changed in place. */
async function rolled(town: Town, fleet: Instance[], scale: Scale): Promise<number> {
  const untilMs = performance.now() + FIRST_DUE_MS + scale.overMs;
  let restarts = 0;
  while (performance.now() < untilMs) {
    await delay(scale.restartEveryMs);
    const place = restarts % fleet.length;
    const old = fleet[place];
    await (restarts % 2 === 0 ? old?.kill() : old?.stop());
    fleet[place] = await town.start(`again ${restarts}`);
    restarts += 1;
  }
  return restarts;
}

interface Closed {
  readonly closesAt: Date;
  readonly result?: { readonly countedAt: Date };
}

async function latenessRows({ name, db }: Town): Promise<readonly Row[]> {
  const closed = await db.collection<Closed>('polls').find({ state: 'closed' }).toArray();
  const lateMs = closed.flatMap(({ closesAt, result }) =>
    result ? [result.countedAt.getTime() - closesAt.getTime()] : [],
  );
  const p99 = percentile(lateMs, 0.99) / 1_000;
  const early = lateMs.filter((ms) => ms < 0).length;
  return [
    row(`${name}: fired early`, early, '0', early === 0),
    row(`${name}: lateness p99 s`, p99.toFixed(1), 'told only', lateMs.length > 0),
  ];
}

import { setTimeout as delay } from 'node:timers/promises';

import { percentile } from '../../bench/figures.ts';
import type { House } from '../house.ts';
import { startLoad } from '../load.ts';
import { row, type Row } from '../table.ts';
import type { Instance } from '../program.ts';
import type { Town } from '../town.ts';
import { everydayRows } from '../verdict.ts';

const NAME = 'rolling restarts';
const INSTANCES = 5;
const DEADLINES = 1_000;
const OVER_MS = 90_000;
const RESTART_EVERY_MS = 5_000;
/** On a busy machine a thousand take long; what has not fired when nothing fires any more is missed. */
const STANDS_STILL_MS = 60_000;
const GROUPS = 20;
const FIRST_DUE_MS = 3_000;
const SAY_EVERY_MS = 500;

/** Instances are killed and ended in turn while deadlines come due: each fires once and none before its time. */
export async function restartInTurn(house: House): Promise<readonly Row[]> {
  const town = await house.openTown({ name: NAME, groups: GROUPS });
  const fleet = await Promise.all(
    Array.from({ length: INSTANCES }, (_, index) => town.start(`first ${index}`)),
  );
  const beginsMs = Date.now() + FIRST_DUE_MS;
  const dueAt = (index: number) => new Date(beginsMs + (index * OVER_MS) / DEADLINES);
  await town.closePolls(DEADLINES, dueAt);
  town.openDoors(fleet);
  const load = startLoad(town, SAY_EVERY_MS);
  const restarts = await rolled(town, fleet);
  await load.stop();
  await untilNothingMoves(town);
  const codes = await Promise.all(fleet.map((instance) => instance.stop()));
  const clean = codes.filter((code) => code === 0).length;
  return [
    row(`${NAME}: ended cleanly`, clean, `${INSTANCES}`, clean === INSTANCES),
    row(`${NAME}: restarts`, restarts, '≥ 2', restarts >= 2),
    ...(await latenessRows(town)),
    ...(await everydayRows(town)),
  ];
}

async function untilNothingMoves(town: Town): Promise<void> {
  const closed = () => town.db.collection('polls').countDocuments({ state: 'closed' });
  let before = -1;
  for (let now = await closed(); now > before; now = await closed()) {
    before = now;
    if (await town.becomesQuiet(STANDS_STILL_MS)) return;
  }
}

/** Every other one is killed, the rest end by themselves. The fleet is changed in place. */
async function rolled(town: Town, fleet: Instance[]): Promise<number> {
  const untilMs = performance.now() + FIRST_DUE_MS + OVER_MS;
  let restarts = 0;
  while (performance.now() < untilMs) {
    await delay(RESTART_EVERY_MS);
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

/**
 * The chaos run: real processes of the program on a real replica set of three, and everything is done to them that a
 * machine room does. Prints one table and ends with 1 when a bound is broken.
 *
 *     npm run chaos             everything, by hand, at most 20 minutes
 *     npm run chaos -- short    what CI runs, at most 3 minutes
 */
import { once } from 'node:events';

import { startReplicaSet } from '../scripts/mongo/replica-set.ts';
import { bundleInstance } from './bundle.ts';
import { createHouse, type House } from './house.ts';
import { within } from './patience.ts';
import { endInstances } from './program.ts';
import { skewClocks } from './scenarios/clocks.ts';
import { loseTheMajority } from './scenarios/majority.ts';
import { pauseWorker } from './scenarios/paused-worker.ts';
import { loseThePrimary, pauseThePrimary } from './scenarios/primary.ts';
import { reclaim } from './scenarios/reclaim.ts';
import { deliverAgain } from './scenarios/redelivery.ts';
import { restartInTurn, restartInTurnShort } from './scenarios/rolling.ts';
import { killAtEveryStep } from './scenarios/steps.ts';
import { keepTheLimit } from './scenarios/vendor-limit.ts';
import { breakTheWire } from './scenarios/wire.ts';
import { none, row, tableOf, type Row } from './table.ts';

interface Scenario {
  readonly name: string;
  /** Full and short runs play different scenarios. */
  readonly runs: readonly ('full' | 'short')[];
  /** More than it ever takes, on a busy machine too: a scenario that hangs is a broken one. */
  readonly withinMs: number;
  readonly play: (house: House) => Promise<readonly Row[]>;
}

const BOTH = ['full', 'short'] as const;
const FULL = ['full'] as const;

const SCENARIOS: readonly Scenario[] = [
  { name: 'redelivery', runs: BOTH, withinMs: 240_000, play: deliverAgain },
  { name: 'SIGSTOP', runs: BOTH, withinMs: 240_000, play: pauseWorker },
  { name: 'primary', runs: BOTH, withinMs: 300_000, play: loseThePrimary },
  { name: 'kill -9', runs: BOTH, withinMs: 600_000, play: killAtEveryStep },
  { name: 'rolling short', runs: [], withinMs: 240_000, play: restartInTurnShort },
  { name: 're-claim', runs: FULL, withinMs: 240_000, play: reclaim },
  { name: 'paused primary', runs: FULL, withinMs: 300_000, play: pauseThePrimary },
  { name: 'majority lost', runs: FULL, withinMs: 300_000, play: loseTheMajority },
  { name: 'wire', runs: FULL, withinMs: 300_000, play: breakTheWire },
  { name: 'vendor limit', runs: FULL, withinMs: 400_000, play: keepTheLimit },
  { name: 'clocks', runs: FULL, withinMs: 300_000, play: skewClocks },
  { name: 'rolling restarts', runs: FULL, withinMs: 500_000, play: restartInTurn },
];

const breakOff = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => breakOff.abort());

async function played(scenario: Scenario, house: House): Promise<readonly Row[]> {
  const begunMs = performance.now();
  const brokenOff = once(breakOff.signal, 'abort').then((): never => {
    throw new Error('broken off');
  });
  try {
    const playing = within(scenario.withinMs, scenario.play(house), scenario.name);
    const rows = await Promise.race([playing, brokenOff]);
    console.log(`chaos: ${scenario.name} took ${secondsSince(begunMs)} s`);
    return rows;
  } catch (error) {
    console.error(error);
    return [row(scenario.name, error instanceof Error ? error.message : String(error), 'is played', false)];
  } finally {
    await house.tidy();
  }
}

function chosenBy(words: readonly string[]): readonly Scenario[] {
  const names = words.filter((word) => word !== 'short');
  if (names.length > 0) return SCENARIOS.filter(({ name }) => names.includes(name));
  return SCENARIOS.filter(({ runs }) => runs.includes(words.includes('short') ? 'short' : 'full'));
}

async function main(words: readonly string[]): Promise<number> {
  const begunMs = performance.now();
  const set = await startReplicaSet(console.log);
  console.log(`chaos: three members after ${secondsSince(begunMs)} s; ${set.description}`);
  const rows: Row[] = [];
  try {
    const house = createHouse(set, await bundleInstance());
    for (const scenario of chosenBy(words))
      if (!breakOff.signal.aborted) rows.push(...(await played(scenario, house)));
  } finally {
    endInstances();
    await set.stop();
  }
  rows.push(none('database members that ended by themselves', set.lost));
  const held = rows.filter(({ ok }) => ok).length;
  console.log(`\n${tableOf(rows)}\n`);
  console.log(`chaos: ${held} of ${rows.length} bounds hold, after ${secondsSince(begunMs)} s`);
  return held === rows.length && held > 0 ? 0 : 1;
}

function secondsSince(beganMs: number): number {
  return Math.round((performance.now() - beganMs) / 1_000);
}

process.exitCode = await main(process.argv.slice(2));

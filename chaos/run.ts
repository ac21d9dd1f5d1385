/**
 * The chaos run: real processes of the program on a real replica set of three, and everything is done to them that a
 * machine room does. Prints one table and ends with 1 when a bound is broken.
 *
 *     npm run chaos             everything, by hand, at most 20 minutes
 *     npm run chaos -- short    what CI runs, at most 3 minutes
 */
import { once } from 'node:events';

import { startReplicaSet, type ReplicaSet } from '../scripts/mongo/replica-set.ts';
import { bundleInstance } from './bundle.ts';
import { createHouse, type House } from './house.ts';
import { within } from './patience.ts';
import { skewClocks } from './scenarios/clocks.ts';
import { raceTheDeadline } from './scenarios/deadline-race.ts';
import { loseTheMajority } from './scenarios/majority.ts';
import { pauseWorker } from './scenarios/paused-worker.ts';
import { loseThePrimary, pauseThePrimary } from './scenarios/primary.ts';
import { reclaim } from './scenarios/reclaim.ts';
import { deliverAgain } from './scenarios/redelivery.ts';
import { restartInTurn } from './scenarios/rolling.ts';
import { killAtEveryStep } from './scenarios/steps.ts';
import { keepTheLimit } from './scenarios/vendor-limit.ts';
import { breakTheWire } from './scenarios/wire.ts';
import { none, row, tableOf, type Row } from './table.ts';

interface Scenario {
  readonly name: string;
  /** Full and short runs play different scenarios. */
  readonly runs: readonly ('full' | 'short')[];
  /** Those that leave the replica set alone are played on two tracks at a time: they mostly wait for leases to end. */
  readonly track: 'one' | 'two' | 'alone';
  /** More than it ever takes, on a busy machine too: a scenario that hangs is a broken one. */
  readonly withinMs: number;
  readonly play: (house: House) => Promise<readonly Row[]>;
}

const BOTH = ['full', 'short'] as const;
const FULL = ['full'] as const;

const SCENARIOS: readonly Scenario[] = [
  { name: 'kill -9', runs: BOTH, track: 'one', withinMs: 600_000, play: killAtEveryStep },
  { name: 'redelivery', runs: BOTH, track: 'two', withinMs: 240_000, play: deliverAgain },
  { name: 'SIGSTOP', runs: BOTH, track: 'two', withinMs: 240_000, play: pauseWorker },
  { name: 'primary', runs: BOTH, track: 'alone', withinMs: 300_000, play: loseThePrimary },
  { name: 're-claim', runs: FULL, track: 'alone', withinMs: 240_000, play: reclaim },
  { name: 'paused primary', runs: FULL, track: 'alone', withinMs: 300_000, play: pauseThePrimary },
  { name: 'majority lost', runs: FULL, track: 'alone', withinMs: 300_000, play: loseTheMajority },
  { name: 'wire', runs: FULL, track: 'alone', withinMs: 300_000, play: breakTheWire },
  { name: 'vendor limit', runs: FULL, track: 'alone', withinMs: 400_000, play: keepTheLimit },
  { name: 'clocks', runs: FULL, track: 'alone', withinMs: 300_000, play: skewClocks },
  { name: 'deadline race', runs: FULL, track: 'alone', withinMs: 1_500_000, play: raceTheDeadline },
  { name: 'rolling restarts', runs: FULL, track: 'alone', withinMs: 700_000, play: restartInTurn },
];

/** What is the same for all scenarios of a run. */
interface Stage {
  readonly set: ReplicaSet;
  readonly program: string;
}

const breakOff = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => breakOff.abort());

async function played(scenario: Scenario, { set, program }: Stage): Promise<readonly Row[]> {
  const house = createHouse(set, program);
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

async function playedInTurn(scenarios: readonly Scenario[], stage: Stage): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const scenario of scenarios)
    if (!breakOff.signal.aborted) rows.push(...(await played(scenario, stage)));
  return rows;
}

async function playedAll(scenarios: readonly Scenario[], stage: Stage): Promise<Row[]> {
  const on = (wanted: Scenario['track']) => scenarios.filter(({ track }) => track === wanted);
  const tracks = await Promise.all([playedInTurn(on('one'), stage), playedInTurn(on('two'), stage)]);
  return [...tracks.flat(), ...(await playedInTurn(on('alone'), stage))];
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
    rows.push(...(await playedAll(chosenBy(words), { set, program: await bundleInstance() })));
  } finally {
    await set.stop();
  }
  rows.push(none('database members that ended by themselves', set.lost));
  const held = rows.filter(({ ok }) => ok).length;
  console.log(`\n${tableOf(rows)}\n`);
  console.log(`chaos: ${held} of ${rows.length} bounds hold, after ${secondsSince(begunMs)} s`);
  return held === rows.length && rows.length > 1 ? 0 : 1;
}

function secondsSince(beganMs: number): number {
  return Math.round((performance.now() - beganMs) / 1_000);
}

// What a scenario that was given up still waits for must not keep the run from ending.
process.exit(await main(process.argv.slice(2)));

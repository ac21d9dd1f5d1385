import { setTimeout as delay } from 'node:timers/promises';

import type { House } from '../house.ts';
import { openLeaseLog, settlingsOf, staleIn } from '../lease-log.ts';
import { comesTrue } from '../patience.ts';
import { none, row, type Row } from '../table.ts';
import { everydayRows } from '../verdict.ts';

const GROUPS = 8;
const IN_FLIGHT_WITHIN_MS = 30_000;
/** Longer than any lease and the round in which it is taken over. */
const TAKEN_OVER_WITHIN_MS = 40_000;
const QUIET_WITHIN_MS = 90_000;

/**
 * SIGSTOP past the lease, then SIGCONT: a worker sleeps with its sends in the vendor's hands, another one takes over
 * and has the same rows in flight when the sleeper wakes up and settles.
 */
export async function pauseWorker(house: House): Promise<readonly Row[]> {
  const town = await house.openTown({ name: 'SIGSTOP', groups: GROUPS });
  const { vendor, deliveries } = town;
  const log = await openLeaseLog(town.db);
  vendor.answerWith(() => 'hang');
  const sleeper = await town.start('sleeper');
  town.openDoors([sleeper]);
  await Promise.all(Array.from({ length: GROUPS }, () => town.say()));
  const lanesAt = (name: string) =>
    new Set(vendor.arrivals.flatMap((one) => (one.instance === name ? [one.conversationId] : []))).size;
  await comesTrue(IN_FLIGHT_WITHIN_MS, () => lanesAt('sleeper') === GROUPS);
  sleeper.pause();
  const other = await town.start('other');
  town.openDoors([other]);
  await Promise.all(Array.from({ length: GROUPS }, () => town.say()));
  const tookOver = await comesTrue(TAKEN_OVER_WITHIN_MS, () => lanesAt('other') === GROUPS);
  const settledBefore = settlingsOf(sleeper).length;
  sleeper.resume();
  await comesTrue(IN_FLIGHT_WITHIN_MS, () => settlingsOf(sleeper).length > settledBefore);
  await delay(1_000);
  const tried = settlingsOf(sleeper).length - settledBefore;
  vendor.answerWith(() => 'ok');
  town.openDoors([sleeper, other]);
  await town.becomesQuiet(QUIET_WITHIN_MS);
  const stale = staleIn(log, [sleeper, other]);
  await Promise.all([sleeper.stop(), other.stop()]);
  await log.close();
  return [
    row('SIGSTOP: lanes taken over', tookOver ? GROUPS : lanesAt('other'), `${GROUPS}`, tookOver),
    row('SIGSTOP: stale settles tried', tried, '> 0', tried > 0),
    none(
      'SIGSTOP: stale settles accepted',
      stale.map(({ id }) => id),
    ),
    ...(await everydayRows(town)),
    row(
      'SIGSTOP: acknowledged',
      deliveries.acknowledged.size,
      `${2 * GROUPS}`,
      deliveries.acknowledged.size === 2 * GROUPS,
    ),
  ];
}

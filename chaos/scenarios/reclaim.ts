import type { House } from '../house.ts';
import { claimsOf, openLeaseLog } from '../lease-log.ts';
import { comesTrue } from '../patience.ts';
import { row, type Row } from '../table.ts';
import { everydayRows } from '../verdict.ts';

const GROUPS = 40;
const WITHIN_MS = 60_000;
const BOUND_MS = 10_000;
const QUIET_WITHIN_MS = 120_000;

/** kill -9 with a message in flight in every lane and others undecided, beside an instance that lives on. */
export async function reclaim(house: House): Promise<readonly Row[]> {
  const town = await house.openTown({ name: 're-claim', groups: GROUPS });
  const { vendor } = town;
  const log = await openLeaseLog(town.db);
  vendor.answerWith(({ instance }) => (instance === 'victim' ? 'hang' : 'ok'));
  const victim = await town.start('victim');
  const heir = await town.start('heir');
  town.openDoors([victim, heir]);
  await Promise.all(Array.from({ length: GROUPS }, () => town.say()));
  await comesTrue(WITHIN_MS, () => vendor.arrivals.some(({ instance }) => instance === 'victim'));
  const inFlight = new Set(
    vendor.arrivals.filter(({ instance }) => instance === 'victim').map(({ id }) => id),
  );
  const killedMs = performance.now();
  await victim.kill();
  town.openDoors([heir]);
  const retaken = () => {
    const ours = new Set(claimsOf(heir).map(({ token }) => token));
    return log.changes.filter(
      (one) => one.atMs > killedMs && one.change === 'leased' && inFlight.has(one.id) && ours.has(one.token),
    );
  };
  await comesTrue(WITHIN_MS, () => new Set(retaken().map(({ id }) => id)).size === inFlight.size);
  const timesMs = retaken().map(({ atMs }) => atMs - killedMs);
  await town.becomesQuiet(QUIET_WITHIN_MS);
  await heir.stop();
  await log.close();
  const seconds = (ms: number) => (ms / 1_000).toFixed(1);
  const first = Math.min(...timesMs);
  return [
    row('re-claim: in flight when killed', inFlight.size, '> 0', inFlight.size > 0),
    row('re-claim: first after s', seconds(first), `≤ ${seconds(BOUND_MS)}`, first <= BOUND_MS),
    row('re-claim: last after s', seconds(Math.max(...timesMs)), 'told only', timesMs.length > 0),
    ...(await everydayRows(town)),
  ];
}

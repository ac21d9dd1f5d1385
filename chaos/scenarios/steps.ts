import type { House } from '../house.ts';
import { comesTrue, within } from '../patience.ts';
import type { Instance } from '../program.ts';
import { STEPS } from '../steps.ts';
import { row, type Row } from '../table.ts';
import type { Town } from '../town.ts';
import { everydayRows } from '../verdict.ts';

const GROUPS = 6;
const SAID_A_STEP = 4;
const DIES_WITHIN_MS = 30_000;
const QUIET_WITHIN_MS = 90_000;

/** kill -9 at every named step, each time amid messages and a deadline; then everything must be as if nothing was. */
export async function killAtEveryStep(house: House): Promise<readonly Row[]> {
  const town = await house.openTown({ name: 'kill -9', groups: GROUPS });
  const missed = await killedAtEach(town);
  const last = await town.start('last');
  town.openDoors([last]);
  await comesTrue(QUIET_WITHIN_MS, () => town.deliveries.acknowledged.size === STEPS.length * SAID_A_STEP);
  await town.becomesQuiet(QUIET_WITHIN_MS);
  await last.stop();
  const covered = STEPS.length - missed.length;
  const figure = `${covered} of ${STEPS.length}${missed.length > 0 ? `, not: ${missed.join('; ')}` : ''}`;
  return [row('kill -9: steps covered', figure, 'all', missed.length === 0), ...(await everydayRows(town))];
}

/** The steps at which no process died. The next one is loaded while the one before still works. */
async function killedAtEach(town: Town): Promise<readonly string[]> {
  const missed: string[] = [];
  const load = (index: number) => {
    const dieAt = STEPS[index];
    return dieAt === undefined ? undefined : town.load(`step ${index}`, { dieAt });
  };
  let coming = load(0);
  for (let index = 0; coming !== undefined; index += 1) {
    const instance: Instance = coming;
    await freeLeases(town);
    instance.go();
    coming = load(index + 1);
    await feed(town, instance);
    const signal = await within(DIES_WITHIN_MS, instance.ended, 'death').catch(() => undefined);
    if (signal !== 'SIGKILL') missed.push(STEPS[index] ?? '');
    if (signal === undefined) await instance.kill();
  }
  return missed;
}

async function feed(town: Town, instance: Instance): Promise<void> {
  await instance.ready.catch(() => undefined);
  town.openDoors([instance]);
  for (let count = 0; count < SAID_A_STEP; count += 1) void town.say();
  await town.closePolls(1, () => new Date());
}

/** What the dead process held is over at once, so that not every step takes the length of a lease. */
async function freeLeases({ db }: Town): Promise<void> {
  const gone = { $set: { until: new Date(0) } };
  await db.collection('leases').updateMany({ kind: { $ne: 'instance' } }, gone);
  await db.collection('leases').deleteMany({ kind: 'instance' });
}

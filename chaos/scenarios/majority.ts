import { setTimeout as delay } from 'node:timers/promises';

import type { House } from '../house.ts';
import { none, row, type Row } from '../table.ts';
import type { Delivery } from '../wishes.ts';
import { everydayRows } from '../verdict.ts';

const GROUPS = 6;
const BEFORE = 30;
const LOST_MS = 30_000;
const DELIVER_EVERY_MS = 300;
const QUIET_WITHIN_MS = 180_000;

/**
 * Both secondaries sleep for thirty seconds. What the primary takes in that time it loses again: it is killed before
 * they wake up, and they go on without it. An instance that starts meanwhile waits for them.
 */
export async function loseTheMajority(house: House): Promise<readonly Row[]> {
  const { set } = house;
  const town = await house.openTown({ name: 'majority lost', groups: GROUPS });
  const { deliveries } = town;
  const instances = await Promise.all([town.start('one'), town.start('two')]);
  town.openDoors(instances);
  await Promise.all(Array.from({ length: BEFORE }, () => town.say()));
  const primary = await set.primary();
  const others = set.members.filter((member) => member !== primary);
  others.forEach((member) => member.pause());
  const late = town.load('started meanwhile');
  late.go();
  const tried = await deliverFor(
    LOST_MS,
    () => town.next(),
    (delivery) => deliveries.once(delivery),
  );
  const wasReady = late.doorUrl !== undefined;
  const wrong = tried.filter(({ messageId }) => deliveries.acknowledged.has(messageId));
  await primary.kill();
  others.forEach((member) => member.resume());
  await set.primary();
  await primary.start();
  // What was acknowledged is not delivered again, or a false acknowledgement would be healed.
  const open = tried.filter((delivery) => !wrong.includes(delivery));
  await Promise.all(open.map((delivery) => deliveries.insist(delivery)));
  await late.ready;
  await town.becomesQuiet(QUIET_WITHIN_MS);
  await Promise.all([...instances, late].map((instance) => instance.stop()));
  return [
    row('majority lost: ready although started meanwhile', wasReady ? 1 : 0, '0', !wasReady),
    row('majority lost: delivered meanwhile', tried.length, '> 0', tried.length > 0),
    none(
      'majority lost: acknowledged meanwhile',
      wrong.map(({ messageId }) => messageId),
    ),
    ...(await everydayRows(town)),
  ];
}

async function deliverFor(
  ms: number,
  next: () => Delivery,
  deliver: (delivery: Delivery) => Promise<unknown>,
): Promise<readonly Delivery[]> {
  const tried: Delivery[] = [];
  const answers: Promise<unknown>[] = [];
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs) {
    const delivery = next();
    tried.push(delivery);
    answers.push(deliver(delivery));
    await delay(DELIVER_EVERY_MS);
  }
  await Promise.all(answers);
  return tried;
}

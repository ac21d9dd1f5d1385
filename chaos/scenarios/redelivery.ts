import type { House } from '../house.ts';
import { none, row, type Row } from '../table.ts';
import type { Delivery } from '../wishes.ts';
import { everydayRows } from '../verdict.ts';

const GROUPS = 6;
const MESSAGES = 40;
const MOST_COPIES = 10;
const LATE_MS = 10 * 60_000;
const QUIET_WITHIN_MS = 120_000;

/**
 * Each message up to ten times, shuffled, at two instances' doors, half of them ten minutes old; and once more when
 * everything is decided.
 */
export async function deliverAgain(house: House): Promise<readonly Row[]> {
  const town = await house.openTown({ name: 'redelivery', groups: GROUPS });
  const instances = await Promise.all([town.start('one'), town.start('two')]);
  town.openDoors(instances);
  const messages = Array.from({ length: MESSAGES }, (_, index) => aged(town.next(), index));
  const copies = shuffled(
    messages.flatMap((message, index) => Array<Delivery>(1 + (index % MOST_COPIES)).fill(message)),
  );
  await Promise.all(copies.map((copy) => until202(() => town.deliveries.once(copy))));
  await town.becomesQuiet(QUIET_WITHIN_MS);
  const before = await town.db.collection('outbox').countDocuments();
  await Promise.all(messages.map((message) => until202(() => town.deliveries.once(message))));
  const isQuietAgain = await town.becomesQuiet(QUIET_WITHIN_MS);
  const after = await town.db.collection('outbox').countDocuments();
  await Promise.all(instances.map((instance) => instance.stop()));
  const rows = await everydayRows(town);
  return [
    row('redelivery: absorbed', copies.length, `of ${MESSAGES} messages`, isQuietAgain),
    none('redelivery: answers to what was decided already', Array(Math.abs(after - before)).fill('row')),
    // Copies overtake each other on purpose: here the order of arrival says nothing.
    ...rows.filter(({ test }) => !test.endsWith('out of order')),
  ];
}

function aged(message: Delivery, index: number): Delivery {
  return index % 2 === 0 ? message : { ...message, sentAtMs: message.sentAtMs - LATE_MS };
}

async function until202(post: () => Promise<number | undefined>): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) if ((await post()) === 202) return;
  throw new Error('a copy was never acknowledged');
}

/** The same disorder in every run. */
function shuffled<T>(items: readonly T[]): readonly T[] {
  const mixed = items.map((item, index) => ({ item, rank: (index * 7_919 + 104_729) % 1_009 }));
  return mixed.sort((one, other) => one.rank - other.rank).map(({ item }) => item);
}

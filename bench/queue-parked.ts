import { DAY_MS } from '#core/clock';
import { collectionOf } from '#models/collection';
import { createOutboxStore } from '#models/outbox-store';
import { outboxCollection, outboxRowOf, type OutboxDocument } from '#models/outbox';
import { createChance } from '#src/database/chance';
import { boundNote } from './bounds.ts';
import { startCost } from './cost.ts';
import { medians } from './figures.ts';
import { inHouse, type House } from './house.ts';
import { dispatchOf, drainStore } from './queue-ours.ts';
import { figuresOf, MAJORITY, measured, rowsOf, type Bench } from './report.ts';

const JOBS = 4_000;
const ROUNDS = 3;
const LANES = 10_000;
/** Copies a lane: rows that wait for a day far away, and rows that are through. */
const FULL = { parked: 10, done: 100 };
const SMALL = { parked: 1, done: 10 };
const PARKED_FOR_DAYS = 30;
/** Done rows are from one to so many days old: younger than what retention removes. */
const OLDEST_DAYS = 50;
const SEEDS = 'benchSeeds';

/** What may lie in the outbox must not slow down what is due: the rows of the claim's index are all that it reads. */
export const parked: Bench = {
  name: 'parked',
  about: 'the claim rate beside 100,000 parked and 1,000,000 done rows (2 to 4 minutes; --small: a tenth)',
  onRequest: true,
  run: ({ mongodbUri, small = false }) =>
    inHouse(mongodbUri, (empty) =>
      inHouse(mongodbUri, async (full) => {
        const filling = startCost(mongodbUri);
        const rows = await fill(full, small ? SMALL : FULL);
        const { seconds } = filling();
        const figures = medians(await inTurn(empty, full));
        const ratio = (figures['fullPerSecond'] ?? NaN) / (figures['emptyPerSecond'] ?? NaN);
        return {
          bench: 'parked',
          title: `Parked and done rows: what ${rows} of them cost the claim`,
          figures: measured({ ...figures, fillSeconds: seconds }),
          ratios: measured({ fullToEmpty: ratio }),
          rows: [
            ...rowsOf('empty', 'claim and settle, nothing else in the outbox', figures),
            ...rowsOf('full', 'claim and settle beside all these rows', figures),
            { what: 'full to empty', value: ratio, unit: '', note: boundNote(ratio, { atLeast: 0.9 }) },
            { what: 'rows made in', value: seconds, unit: 's' },
            { what: 'load average', value: figures['loadAverage'] ?? NaN, unit: '' },
          ],
          notes: [
            `${JOBS} jobs, a lane each, in claims of at most 400; the same lanes hold the parked and done rows; ${MAJORITY}`,
            `median of ${ROUNDS} rounds, the empty and the full outbox in turn`,
            ...(small ? ['--small: a tenth of the rows; the bound is meant for all of them'] : []),
          ],
        };
      }),
    ),
};

async function inTurn(empty: House, full: House): Promise<Record<string, number>[]> {
  const rounds: Record<string, number>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ ...(await oneRound('empty', empty, round)), ...(await oneRound('full', full, round)) });
  }
  return rounds;
}

async function oneRound(name: string, house: House, round: number): Promise<Record<string, number>> {
  const { commits } = house.engine({ work: [] });
  const store = createOutboxStore(house.connection, createChance());
  await commits.steps.enqueue([...Array(JOBS).keys()].map((job) => dispatchOf(round * JOBS + job, job)));
  const cost = startCost(house.uri);
  await drainStore(store, house.now, JOBS);
  const spent = cost();
  return { ...figuresOf(name, JOBS, spent), loadAverage: spent.load };
}

/** Fills the outbox by the server itself, with copies of one row that was sent and one that waits. Answers how many. */
async function fill({ connection, now, engine }: House, copies: typeof FULL): Promise<number> {
  const outbox = collectionOf(connection, outboxCollection);
  const { commits } = engine({ work: [] });
  const [sent, waiting] = [dispatchOf(-1, 0), dispatchOf(-2, 0)];
  await commits.steps.enqueue([
    sent,
    { ...waiting, notBefore: new Date(now().getTime() + PARKED_FOR_DAYS * DAY_MS) },
  ]);
  await drainStore(createOutboxStore(connection, createChance()), now, 1);
  const [done, parked] = await Promise.all([sent, waiting].map(({ key }) => outbox.findOne({ _id: key })));
  if (done?.state !== 'sent' || parked?.state !== 'queued')
    throw new Error('the rows to copy are not as expected');
  const seeds = connection.collection<OutboxDocument & { copies: number }>(SEEDS);
  await seeds.insertMany([
    ...seedsOf(parked, 'parked').map((seed) => ({ ...seed, copies: copies.parked })),
    ...seedsOf(done, 'done').map((seed, lane) => ({
      ...older(seed, 1 + (lane % OLDEST_DAYS)),
      copies: copies.done,
    })),
  ]);
  await seeds.aggregate(copying(), { writeConcern: { w: 1 } }).toArray();
  await seeds.drop();
  // What is still being written to disk must not be part of the first round.
  await connection.db?.admin().command({ fsync: 1 });
  return outbox.countDocuments();
}

function seedsOf(row: OutboxDocument, name: string): OutboxDocument[] {
  return [...Array(LANES).keys()].map((index) => {
    const { lane, partition, to } = outboxRowOf(dispatchOf(0, index), row.createdAt, 0);
    return { ...row, _id: `${name}:${index}`, lane, partition, to };
  });
}

/** The same document with all its times some days earlier. */
function older<Document extends object>(document: Document, days: number): Document {
  const earlier = (value: unknown): unknown => {
    if (value instanceof Date) return new Date(value.getTime() - days * DAY_MS);
    return Array.isArray(value) ? value.map(earlier) : value;
  };
  return Object.fromEntries(
    Object.entries(document).map(([key, value]) => [key, earlier(value)]),
  ) as Document;
}

/** $out keeps the indexes of the collection that it replaces. */
function copying(): object[] {
  return [
    { $set: { copy: { $range: [0, '$copies'] } } },
    { $unwind: '$copy' },
    { $set: { _id: { $concat: ['$_id', ':', { $toString: '$copy' }] } } },
    { $unset: ['copy', 'copies'] },
    { $out: outboxCollection.name },
  ];
}

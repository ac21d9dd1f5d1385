import { type Db, MongoClient } from 'mongodb';

import { connectDatabase } from '#src/database/connection';
import { ensureIndexes } from '#src/database/indexes';
import { collections } from '#models/registry';

import { createDeliveries, type Deliveries } from './deliveries.ts';
import { comesTrue } from './patience.ts';
import { loadInstance, type Instance } from './program.ts';
import { groupName, pollClosing, seedPlace } from './seed.ts';
import { openVendor, type Vendor } from './vendor.ts';
import type { Delivery, Wishes } from './wishes.ts';
import { wordsOf } from './words.ts';

/** One scenario's world: a database of its own, a vendor, and whoever delivers to the instances that run in it. */
export interface Town {
  readonly name: string;
  readonly uri: string;
  readonly db: Db;
  readonly vendor: Vendor;
  readonly deliveries: Deliveries;
  /** Polls that were seeded with a deadline. */
  readonly pollIds: readonly string[];
  /** Loads an instance; it begins to work with its `go`. */
  load(name: string, more?: Partial<Wishes>, environment?: NodeJS.ProcessEnv): Instance;
  /** Loads an instance, lets it begin and waits until it takes deliveries. */
  start(name: string, more?: Partial<Wishes>, environment?: NodeJS.ProcessEnv): Promise<Instance>;
  /** Deliveries go to these from now on. */
  openDoors(instances: readonly Instance[]): void;
  /** The next message: a concern, and every third one an endorsement. Resolves when it is acknowledged. */
  say(): Promise<void>;
  next(): Delivery;
  closePolls(count: number, closesAt: (index: number) => Date): Promise<void>;
  /** Nobody waits in inbox, outbox or deadlines any more. */
  isQuiet(): Promise<boolean>;
  becomesQuiet(ms: number): Promise<boolean>;
  close(): Promise<void>;
}

export interface TownWishes {
  readonly name: string;
  /** The instances' bundle. */
  readonly program: string;
  readonly uri: string;
  readonly groups: number;
  readonly sendsPerMinute?: number;
}

const UNLIMITED = 1_000_000;
const ENDORSES_EACH = 3;

export async function openTown(town: TownWishes): Promise<Town> {
  const { name, program, uri, groups, sendsPerMinute = UNLIMITED } = town;
  const connection = await connectDatabase({ uri });
  await ensureIndexes(connection, collections);
  await connection.close();
  const client = await MongoClient.connect(uri, { w: 'majority', readConcernLevel: 'majority' });
  const db = client.db();
  await seedPlace(db, groups, new Date());
  const vendor = await openVendor();
  let open: readonly Instance[] = [];
  const deliveries = createDeliveries(() => open.flatMap(({ doorUrl }) => doorUrl ?? []));
  let said = 0;
  const pollIds: string[] = [];
  const instances: Instance[] = [];
  const load: Town['load'] = (instance, more, environment) => {
    const wishes = {
      program,
      name: instance,
      mongodbUri: uri,
      vendorUrl: vendor.url,
      sendsPerMinute,
      ...more,
    };
    const loaded = loadInstance(wishes, environment);
    instances.push(loaded);
    return loaded;
  };
  const next = (): Delivery => deliveryOf(name, (said += 1), groups);
  const isQuiet = () => hasNothingOpen(db);

  return {
    name,
    uri,
    db,
    vendor,
    deliveries,
    pollIds,
    load,
    async start(instance, more, environment) {
      const loaded = load(instance, more, environment);
      loaded.go();
      await loaded.ready;
      return loaded;
    },
    openDoors: (instances) => void (open = instances),
    say: () => deliveries.insist(next()),
    next,
    async closePolls(count, closesAt) {
      const first = pollIds.length;
      const made = Array.from({ length: count }, (_, index) =>
        pollClosing(`poll:${name}-${first + index}`, index % groups, closesAt(index)),
      );
      pollIds.push(...made.map(({ poll }) => poll._id));
      const into = (collection: string) => db.collection<{ _id: string }>(collection);
      await into('polls').insertMany(made.map(({ poll }) => poll));
      await into('deadlines').insertMany(made.map(({ deadline }) => deadline));
    },
    isQuiet,
    becomesQuiet: (ms) => comesTrue(ms, () => isQuiet().catch(() => false)),
    async close() {
      deliveries.stop();
      await Promise.all(instances.map((instance) => instance.kill()));
      await vendor.close();
      await db.dropDatabase().catch(() => undefined);
      await client.close();
    },
  };
}

function deliveryOf(town: string, number: number, groups: number): Delivery {
  const messageId = `${town}-${number}`;
  const isEndorsement = number % ENDORSES_EACH === 0;
  return {
    messageId,
    conversationId: groupName(number % groups),
    // Everybody speaks once: nobody talks too fast, and an endorsement is told by its person.
    vendorId: messageId,
    text: isEndorsement ? '附议 1' : `反映 ${wordsOf(messageId)}`,
    sentAtMs: Date.now(),
  };
}

async function hasNothingOpen(db: Db): Promise<boolean> {
  const counts = await Promise.all([
    db.collection('inbox').countDocuments({ state: 'new' }),
    db.collection('outbox').countDocuments({ state: { $in: ['queued', 'leased'] } }),
    db.collection('deadlines').countDocuments({ state: 'pending', kind: 'poll.close' }),
  ]);
  return counts.every((count) => count === 0);
}

import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { InboundMessage } from '#core/message';
import { createConcernCommands } from '#handlers/concerns/commands';
import { collections } from '#models/registry';
import { createStores } from '#src/app/stores';
import { createChance } from '#src/database/chance';
import { connectDatabase } from '#src/database/connection';
import { ensureIndexes } from '#src/database/indexes';
import { createFakeClock } from '#test/support/fake-clock';
import { inbound, NOON } from '#test/support/inbound';
import { createTestEngine, settle, vote } from '#test/support/inbox-engine';
import { connectTestDatabase } from '#test/support/mongo';

const RUNS = 8;
/** What the messages leave behind; the place and its group stay. */
const LEFT_BEHIND = ['inbox', 'outbox', 'counters', 'deadlines', 'concerns', 'endorsements', 'supplements'];

async function openHouse() {
  const database = await connectTestDatabase();
  const connection = await connectDatabase({ uri: database.uri });
  await ensureIndexes(connection, collections);
  await settle(connection, ['residents']);
  return { database, connection };
}

const houses = [await openHouse(), await openHouse()] as const;

afterAll(async () => {
  for (const { database, connection } of houses) {
    await connection.close();
    await database.close();
  }
});

async function empty(): Promise<void> {
  const all = houses.flatMap(({ database: { db } }) => LEFT_BEHIND.map((name) => db.collection(name)));
  await Promise.all(all.map((collection) => collection.deleteMany({})));
}

/** What the neighbours read and what was kept, after one process has decided the messages. */
async function outcomeIn(
  { database, connection }: (typeof houses)[0],
  messages: readonly InboundMessage[],
  isOneByOne: boolean,
) {
  let commits = 0;
  const engine = createTestEngine({
    connection,
    clock: createFakeClock(NOON),
    commands: [...createConcernCommands(createStores(connection, createChance())), vote],
    steps: (steps) => ({ ...steps, finish: (items) => ((commits += 1), steps.finish(items)) }),
  });
  for (const message of messages) {
    await engine.intake.sink(message);
    if (isOneByOne) await engine.worker.drain();
  }
  await engine.worker.drain();
  const { db } = database;
  const find = (name: string, projection: object) =>
    db.collection(name).find({}, { projection }).sort({ _id: 1 }).toArray();
  const replies = await db.collection('outbox').find().sort({ seq: 1 }).toArray();
  return {
    commits,
    failures: engine.failures,
    replies: replies.map(({ _id, body }) => [String(_id), (body as { text: string }).text]),
    concerns: await find('concerns', { number: 1, state: 1, similarTo: 1, text: 1 }),
    endorsements: await find('endorsements', { concernId: 1, personId: 1 }),
    supplements: await find('supplements', { concernId: 1, text: 1 }),
  };
}

const words = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '反映 3号楼门口路灯坏了',
      '反映 三栋楼下路灯不亮了',
      '反映 5号楼电梯停了',
      '报修 路灯坏了',
      '反映 北门门禁刷不开',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('附议 1', '附议 2', '附议#1', '附议', '我也一样', '附议 77'),
  },
  { weight: 1, arbitrary: fc.constantFrom('投 1', '登记', '大家早', '进度 1', '补充 1 晚上更黑') },
);
const talk = fc.array(fc.record({ words, who: fc.constantFrom('a', 'b', 'c', 'd', 'e') }), {
  minLength: 4,
  maxLength: 14,
});

it('leaves the same things behind and says the same words as one message after the other', async () => {
  const [together, alone] = houses;
  let spared = 0;
  await fc.assert(
    fc.asyncProperty(talk, async (said) => {
      await empty();
      const messages = said.map((one, index) =>
        inbound(one.words, { who: one.who, messageId: `m${index}`, sentAt: NOON }),
      );

      const [serial, batch] = await Promise.all([
        outcomeIn(alone, messages, true),
        outcomeIn(together, messages, false),
      ]);

      spared += serial.commits - batch.commits;
      expect({ ...batch, commits: 0 }).toEqual({ ...serial, commits: 0 });
    }),
    { numRuns: RUNS },
  );
  expect(spared).toBeGreaterThan(RUNS);
}, 180_000);

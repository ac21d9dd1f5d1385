import { afterAll, beforeEach, expect, it } from 'vitest';
import type { InboundMessage } from '#core/message';
import { READER } from '#models/inbox-row';
import { collections } from '#models/registry';
import { connectDatabase } from '#src/database/connection';
import { ensureIndexes } from '#src/database/indexes';
import { createFakeClock } from '#test/support/fake-clock';
import { inbound, NOON } from '#test/support/inbound';
import { createTestEngine, settle } from '#test/support/inbox-engine';
import { connectTestDatabase } from '#test/support/mongo';

const database = await connectTestDatabase();
const connection = await connectDatabase({ uri: database.uri });
await ensureIndexes(connection, collections);
const inbox = database.db.collection<{ _id: string; state: string; message: InboundMessage }>('inbox');

beforeEach(async () => {
  await database.empty();
  await settle(connection, ['residents', 'quiet']);
});
afterAll(async () => {
  await connection.close();
  await database.close();
});

const engine = () => createTestEngine({ connection, clock: createFakeClock(NOON) });
const texts = async () =>
  (await database.db.collection('outbox').find().sort({ seq: 1 }).toArray()).map(({ body }) =>
    String((body as { text: string }).text),
  );
const long = (end: string) => '0'.repeat(10_000) + end;

it.each([
  ['a message id of 10 kB', { messageId: long('m') }],
  ['a sender whose id has 10 kB', { who: long('s') }],
  ['the year 1970 as its time', { sentAt: new Date('1970-01-01') }],
  ['the year 2099 as its time', { sentAt: new Date('2099-01-01') }],
  ['no time at all', { sentAt: new Date('never') }],
])(
  'a message with %s is decided like any other, by its arrival where its time is absurd',
  async (_what, more) => {
    const one = engine();
    const message = inbound('记 路灯坏了', more);

    await one.intake.sink(message);
    expect(await one.intake.sink(message)).toBe('duplicate');
    await one.worker.drain();

    expect(await texts()).toEqual(['记下 #1']);
    expect((await inbox.findOne())?.message.sentAt).toEqual(NOON);
    expect(one.failures).toEqual([]);
  },
);

it('a chat that nobody knows, with an id of 10 kB, is told so once a day when it means the bot', async () => {
  const one = engine();
  const chat = long('c');

  await one.intake.sink(inbound('记 路灯坏了', { chat }));
  await one.worker.drain();
  expect(await texts()).toEqual([]);
  await one.intake.sink(inbound('记 路灯坏了', { chat, mentionsBot: true }));
  await one.intake.sink(inbound('记 路灯坏了', { chat, mentionsBot: true }));
  await one.worker.drain();

  expect(await texts()).toEqual(['unbound']);
  expect(one.happened).toEqual(['ignored.unbound', 'refused.unbound', 'refused.unbound']);
});

it('what a newer version wrote is left to it, and the chat goes on', async () => {
  const one = engine();
  for (const text of ['记 一', '记 二']) await one.intake.sink(inbound(text));
  await one.intake.sink(inbound('记 三', { chat: 'quiet' }));
  await inbox.updateOne(
    { 'message.body.text': '记 一' },
    { $set: { 'message.body': { type: 'hologram' } } as never },
  );

  await one.worker.drain();
  await one.worker.drain();

  expect((await texts()).sort()).toEqual(['记下 #1', '记下 #2']);
  expect(await inbox.find({ state: 'new' }).toArray()).toMatchObject([{ unreadableFor: READER, tries: 0 }]);
  expect(one.happened.filter((event) => event === 'left.newer')).toHaveLength(1);
  expect(one.failures).toEqual([]);
});

it.each([
  ['no message', { $unset: { message: '' } }],
  ['a sender that is a number', { $set: { 'message.sender': 7 } }],
  ['a time in words', { $set: { 'message.sentAt': 'yesterday' } }],
  ['text that is none', { $set: { 'message.body.text': { $numberLong: 'x' } } }],
  ['no conversation', { $unset: { conversation: '' } }],
])('a row with %s is set aside with an alert, and takes nothing down', async (_what, damage) => {
  const one = engine();
  for (const text of ['记 一', '记 二']) await one.intake.sink(inbound(text));
  await inbox.updateOne({ 'message.body.text': '记 一' }, damage as never);

  await one.worker.drain();
  await one.worker.drain();

  expect(await texts()).toEqual(['记下 #1']);
  expect(await inbox.find({ state: 'dead' }).toArray()).toMatchObject([{ event: 'unreadable' }]);
  expect(one.failures.map(({ event }) => event)).toEqual(['unreadable']);
});

it('more unreadable rows than fit on a page hide nothing', async () => {
  const one = engine();
  await one.intake.sink(inbound('记 一'));
  const [kept] = await inbox.find().toArray();
  await inbox.deleteMany({});
  const broken = Array.from({ length: 1_600 }, (_, index) => ({
    ...kept,
    _id: `broken-${index}`,
    message: 0,
  }));
  await inbox.insertMany(broken as never);
  await one.intake.sink(inbound('记 二'));

  await one.worker.drain();

  expect(await texts()).toEqual(['记下 #1']);
  expect(await inbox.countDocuments({ state: 'dead' })).toBe(1_600);
});

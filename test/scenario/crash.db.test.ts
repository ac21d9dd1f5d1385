import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { setClock, STARTS_AT } from '#test/support/app';
import { connectTestDatabase, type TestDatabase } from '#test/support/mongo';
import { startProgram, type Program } from '#test/support/program';

const NAMES = ['张桂兰', '李明', '王芳', '赵国强', '孙丽', '周建军', '吴秀英', '郑伟', '冯玉梅', '何涛'];
const THINGS = ['路灯', '电梯', '井盖', '垃圾桶', '单元门', '水管', '暖气', '充电桩', '健身器材', '停车位'];
const MESSAGES = Array.from({ length: 200 }, (_, index) => ({
  persona: NAMES[index % 10] ?? '',
  text: `反映 ${Math.floor(index / 10) + 1}号楼${THINGS[(index * 3 + Math.floor(index / 10)) % 10] ?? ''}坏了`,
  messageId: `crash-${index}`,
}));

let database: TestDatabase;
let dataDir = '';
let program: Program;
const start = () => startProgram({ MONGODB_URI: database.uri, DATA_DIR: dataDir });

beforeAll(async () => {
  database = await connectTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'yishi-crash-'));
  await setClock(database, STARTS_AT);
  program = await start();
});
afterAll(async () => {
  await program.kill();
  await rm(dataDir, { recursive: true, force: true });
  await database.close();
});

interface Row {
  readonly _id: string;
  readonly number?: number;
  readonly seq?: number;
  readonly state?: string;
  readonly [field: string]: unknown;
}
const rows = (name: string) => database.db.collection<Row>(name);

/** A start and a crash take a few seconds. */
const MOST_TRIES = 400;

/** Posts until it is acknowledged, as a careful client does: the same message again under the same id. */
async function insist(message: (typeof MESSAGES)[number]): Promise<void> {
  let last = 'no answer';
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const answer = await fetch(
      `${program.baseUrl}/api/playground/conversations/xingfuli-residents/messages`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
      },
    ).catch(() => undefined);
    if (answer?.status === 202) return;
    if (answer && answer.status < 500) throw new Error(`refused: ${answer.status}`);
    last = answer ? String(answer.status) : 'no answer';
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${message.messageId} is not acknowledged after ${MOST_TRIES} tries: ${last}`);
}

async function inbox(): Promise<Row[]> {
  return rows('inbox')
    .find({ 'message.messageId': /^crash-/ })
    .toArray();
}

describe('the program is killed amid 200 messages', () => {
  it('and started again: each acknowledged message has exactly one effect', async () => {
    const posting = Promise.all(
      NAMES.map(async (name) => {
        for (const message of MESSAGES.filter(({ persona }) => persona === name)) await insist(message);
      }),
    );
    await expect
      .poll(async () => (await inbox()).length, { timeout: 30_000, interval: 5 })
      .toBeGreaterThan(60);
    await program.kill();
    const atCrash = {
      kept: (await inbox()).length,
      replied: await rows('outbox').countDocuments({ state: 'sent' }),
    };
    expect(atCrash.kept).toBeLessThan(200);
    program = await start();
    await posting;
    const open = () => rows('outbox').countDocuments({ _id: /^reply:/, state: { $ne: 'sent' } });
    const undecided = () => rows('inbox').countDocuments({ state: 'new' });
    await expect
      .poll(async () => [await undecided(), await open()], { timeout: 60_000, interval: 100 })
      .toEqual([0, 0]);

    const kept = await inbox();
    expect(kept).toHaveLength(200);
    expect(await rows('concerns').countDocuments()).toBe(200);
    const replies = await rows('webMessages').find({ 'from.bot': true }).toArray();
    expect(replies.map(({ _id }) => _id).toSorted()).toEqual(
      kept.map(({ _id }) => `reply:${_id}`).toSorted(),
    );
    const numbers = (
      await rows('concerns')
        .find({ number: { $exists: true } })
        .toArray()
    ).map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    const seqs = (await rows('webMessages').find({ conversationId: 'xingfuli-residents' }).toArray()).map(
      ({ seq }) => seq,
    );
    expect(new Set(seqs).size).toBe(400);
  }, 120_000);

  it('and it ends cleanly when it is asked to', async () => {
    expect(await program.interrupt()).toBe(0);
  }, 30_000);
});

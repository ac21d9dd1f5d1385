import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOTHING, type Dispatch } from '#core/decision';
import { PARTITION_COUNT, partitionOf, type InboxRow } from '#core/inbox';
import { createPacing, type PacingDeps } from '#src/inbox/pacing';
import { createFakeClock } from '#test/support/fake-clock';
import { inbound, NOON } from '#test/support/inbound';
import { quietTexts } from '#test/support/inbox-engine';
import { createMemoryInbox } from '#test/support/memory-inbox';

const PARTITIONS = Array.from({ length: PARTITION_COUNT }, (_, partition) => partition);
const at = (ms: number) => new Date(NOON.getTime() + ms);

/** An inbox that several owners decide one after the other, and the lines that were queued under their keys. */
function house() {
  const store = createMemoryInbox();
  const clock = createFakeClock(NOON);
  const lines = new Map<string, Dispatch>();
  const decided: InboxRow[] = [];
  const failures: string[] = [];
  const deps: PacingDeps = {
    store,
    clock,
    trusted: () => PARTITIONS,
    texts: quietTexts,
    enqueue: async (dispatches) => {
      for (const one of dispatches) if (!lines.has(one.key)) lines.set(one.key, one);
    },
    events: { happened: () => undefined, failed: (event) => void failures.push(event) },
  };

  async function say(count: number, more: Parameters<typeof inbound>[1] = {}) {
    for (let index = 0; index < count; index += 1) await store.record(inbound(`${index}`, more), clock.now());
  }

  /** One page, of which everything that may be is decided; how many rows were found. */
  async function page(pacing: ReturnType<typeof createPacing>, limit = 100): Promise<number> {
    const { rows } = await store.next(PARTITIONS, clock.now(), limit);
    const admitted = await pacing.admit(rows, PARTITIONS);
    store.finish(admitted.map((row) => ({ row, decision: NOTHING, endState: 'done' })));
    for (const row of admitted) pacing.settled(row.id);
    decided.push(...admitted);
    return rows.length;
  }

  async function drain(pacing: ReturnType<typeof createPacing>): Promise<void> {
    for (let pages = 0; (await page(pacing)) > 0; pages += 1) expect(pages).toBeLessThan(20);
  }

  const waiting = () => store.rows().filter(({ state }) => state === 'new');
  return { store, clock, deps, lines, decided, failures, say, page, drain, waiting };
}

describe('the pace of talkers', () => {
  it('puts off what is beyond twenty a minute, each three seconds later, and says so once', async () => {
    const { deps, say, drain, lines, decided, waiting } = house();
    await say(25);

    await drain(createPacing(deps));

    expect(decided).toHaveLength(20);
    expect(waiting().map(({ availableAt }) => availableAt)).toEqual(
      [3, 6, 9, 12, 15].map((s) => at(s * 1_000)),
    );
    expect([...lines.values()].map(({ body }) => body)).toEqual([{ text: 'rate limited here' }]);
  });

  it('tells each talker one-to-one where there is such a chat, and a group without once for all', async () => {
    const { deps, store, clock, drain, lines } = house();
    for (const who of ['fast', 'faster', 'fastest']) {
      for (let index = 0; index < 21; index += 1) {
        const heard = inbound('1', { who });
        const direct = { ...heard.from, conversationId: `to ${who}` };
        await store.record(heard, clock.now());
        const inOther = inbound('1', { who, chat: 'other' });
        await store.record({ ...inOther, sender: { ...inOther.sender, direct } }, clock.now());
      }
    }

    await drain(createPacing(deps));

    expect([...lines.values()].map(({ to, body }) => [to.conversationId, body])).toEqual(
      expect.arrayContaining([
        ['residents', { text: 'rate limited here' }],
        ...['fast', 'faster', 'fastest'].map((who) => [`to ${who}`, { text: 'rate limited: 21' }]),
      ]),
    );
    expect(lines.size).toBe(4);
  });

  it.each(['the same', 'another'])(
    'says one line for a burst across a tenth minute with %s owner',
    async (owner) => {
      const { clock, deps, say, drain, lines } = house();
      const first = createPacing(deps);
      clock.advance(599_000);
      await say(40);
      await drain(first);
      clock.advance(2_000);
      await say(5);

      await drain(owner === 'another' ? createPacing(deps) : first);

      expect(lines.size).toBe(1);
    },
  );

  it('says the line again after ten minutes', async () => {
    const { clock, deps, say, drain, lines } = house();
    const pacing = createPacing(deps);
    for (let time = 0; time < 2; time += 1) {
      await say(21);
      await drain(pacing);
      clock.advance(600_000);
    }

    expect(lines.size).toBe(2);
  });

  it('counts a row once, however often it is found', async () => {
    const { store, clock, deps, say, decided } = house();
    const pacing = createPacing(deps);
    await say(20);

    for (let time = 0; time < 5; time += 1) {
      const { rows } = await store.next(PARTITIONS, clock.now(), 100);
      decided.push(...(await pacing.admit(rows, PARTITIONS)));
    }

    expect(decided).toHaveLength(100);
  });

  it('goes by the time of arrival, not by the time of deciding', async () => {
    const { clock, deps, say, drain, waiting } = house();
    for (let minute = 0; minute < 5; minute += 1) {
      await say(20);
      clock.advance(60_000);
    }

    await drain(createPacing(deps));

    expect(waiting()).toEqual([]);
  });

  it('counts neither stickers nor what the bot itself said, nor what failed before', async () => {
    const { store, clock, deps, say, drain, waiting } = house();
    const pacing = createPacing(deps);
    const own = inbound('own');
    for (let index = 0; index < 30; index += 1) {
      await store.record(inbound({ type: 'unsupported', wireType: 'sticker' }), clock.now());
      const sender = { ...own.sender, isSelf: true };
      await store.record({ ...own, messageId: `own${index}`, sender }, clock.now());
    }
    await say(20);
    for (const { id } of waiting().slice(-5)) await store.postpone(id, clock.now());
    await say(5);

    await drain(pacing);

    expect(waiting()).toEqual([]);
  });

  it('paces each conversation of a sender by itself', async () => {
    const { deps, say, drain, waiting } = house();
    await say(21, { chat: 'residents' });
    await say(20, { chat: 'other' });

    await drain(createPacing(deps));

    expect(waiting().map(({ conversation }) => conversation)).toEqual(['web:demo:residents']);
  });

  it('puts a flood off at once, so that the others of the conversation are heard', async () => {
    const { deps, say, page, decided } = house();
    await say(900, { who: 'fast' });
    await say(1, { who: 'calm' });
    const pacing = createPacing(deps);

    await page(pacing);
    await page(pacing);

    expect(decided.at(-1)?.message.sender.vendorId).toBe('calm');
    expect(decided).toHaveLength(21);
  });

  it('does nothing for a partition that it lost', async () => {
    const { store, clock, deps, say, waiting } = house();
    const lost = partitionOf('web:demo:residents');
    await say(21);
    const { rows } = await store.next(PARTITIONS, clock.now(), 100);
    const trusted = () => PARTITIONS.filter((one) => one !== lost);

    expect(await createPacing({ ...deps, trusted }).admit(rows, PARTITIONS)).toHaveLength(20);
    expect(waiting().filter(({ isPutOff }) => isPutOff === true)).toEqual([]);
  });
});

describe('the pace of talkers with another owner', () => {
  it('goes on where the rows say that it stood, without a second line', async () => {
    const { deps, say, drain, lines, waiting } = house();
    await say(40);
    await drain(createPacing(deps));
    await say(1);

    await drain(createPacing(deps));

    expect(waiting().at(-1)?.availableAt).toEqual(at(63_000));
    expect(lines.size).toBe(1);
  });

  it('does not let a new message overtake one that is due', async () => {
    const { clock, deps, say, drain, decided } = house();
    await say(22);
    await drain(createPacing(deps));
    clock.advance(1_000);
    await say(1);
    clock.advance(60_000);

    await drain(createPacing(deps));

    expect(decided.map(({ order }) => order)).toEqual(Array.from({ length: 23 }, (_, index) => index + 1));
  });

  it('reads again what others did when it was told that partitions changed hands', async () => {
    const { deps, say, drain, waiting } = house();
    const [first, second] = [createPacing(deps), createPacing(deps)];
    await say(21);
    await drain(first);
    await say(10);
    await drain(second);
    await say(1);

    first.forget();
    await drain(first);

    expect(waiting().at(-1)?.availableAt).toEqual(at(12 * 3_000));
  });

  it('loses and doubles nothing, keeps the order and says one line when it dies at any step', async () => {
    const moments = fc.record({ line: fc.boolean(), rows: fc.integer({ min: 0, max: 30 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(moments, { minLength: 1, maxLength: 4 }), async (deaths) => {
        const { store, clock, deps, say, drain, decided, lines, waiting } = house();
        await say(60);
        for (const death of deaths) {
          await drain(createPacing(dying(deps, death))).catch(isDead);
        }

        const last = createPacing(deps);
        for (let minute = 0; minute < 6; minute += 1) {
          await drain(last);
          clock.advance(60_000);
        }

        expect(waiting()).toEqual([]);
        expect(decided.map(({ order }) => order)).toEqual(store.rows().map(({ order }) => order));
        expect(lines.size).toBe(1);
      }),
    );
  });
});

function isDead(error: unknown): void {
  if (!(error instanceof Died)) throw error;
}

class Died extends Error {}

/** Dies behind the line, or when so many rows are put off; before anything is decided. */
function dying(deps: PacingDeps, death: { readonly line: boolean; readonly rows: number }): PacingDeps {
  return {
    ...deps,
    store: {
      ...deps.store,
      async putOff(rows) {
        if (!death.line) await deps.store.putOff(rows.slice(0, death.rows));
        throw new Died();
      },
    },
  };
}

import { beforeEach, describe, expect, it } from 'vitest';
import { replyHere, type AnyCommand } from '#core/command';
import type { InboundMessage } from '#core/message';
import { UserError } from '#core/errors';
import { createAuditLog } from '#models/audit';
import { createFakeClock, type FakeClock } from '#test/support/fake-clock';
import { inbound, NOON } from '#test/support/inbound';
import { createTestEngine, note, PLACE, settle, vote, type EngineOptions } from '#test/support/inbox-engine';
import { useTestDatabase } from '#test/support/stored';

const { connection, db } = await useTestDatabase();
const CHATS = ['residents', 'crowded', 'quiet', 'poisoned'];

let clock: FakeClock;
beforeEach(async () => {
  await settle(connection, CHATS);
  clock = createFakeClock(NOON);
});
const engine = (more: Partial<EngineOptions> = {}) => createTestEngine({ connection, clock, ...more });
const rows = <T extends object>(name: string, query: object = {}) =>
  db.collection<T & { _id: string }>(name).find(query).sort({ _id: 1 }).toArray();
const marks = (kind: 'note' | 'vote') =>
  rows<{ personId: string; displayName: string }>('identities', { _id: { $regex: `^${kind}:` } });
const texts = async () =>
  (await rows<{ body: { text: string }; seq: number }>('outbox'))
    .sort((a, b) => a.seq - b.seq)
    .map((row) => row.body.text);

async function say(target: ReturnType<typeof engine>, messages: readonly InboundMessage[]): Promise<void> {
  await Promise.all(messages.map((message) => target.intake.sink(message)));
}

function command(name: string, run: AnyCommand['execute'], more: Partial<AnyCommand> = {}): AnyCommand {
  return {
    name,
    triggers: [name],
    summary: name,
    example: `${name} 一句话`,
    roles: ['resident'],
    execute: run,
    ...more,
  };
}

describe('the inbox worker', () => {
  it('gives one effect and one reply for a message that is delivered many times', async () => {
    const one = engine();
    const message = inbound('记 路灯坏了');

    await say(one, [message, message, message]);
    await one.worker.drain();
    await say(one, [message]);
    await one.worker.drain();

    expect(await marks('note')).toMatchObject([{ personId: '#1', displayName: '路灯坏了' }]);
    expect(await texts()).toEqual(['记下 #1']);
    expect(one.happened.filter((event) => event === 'duplicate')).toHaveLength(3);
  });

  it('decides a conversation in order and one at a time', async () => {
    let running = 0;
    const said: string[] = [];
    const slow = command('说', async (_rest, original, context) => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      said.push(original);
      running -= 1;
      return replyHere(context, original, 'said');
    });
    const one = engine({ commands: [note, vote, slow] });

    for (const text of ['一', '二', '三', '四', '五']) await one.intake.sink(inbound(`说 ${text}`));
    await one.worker.drain();

    expect(said).toEqual(['一', '二', '三', '四', '五']);
    expect(await texts()).toEqual(said);
  });

  it('commits many independent messages of a conversation together', async () => {
    let commits = 0;
    const counted = (steps: ReturnType<typeof engine>['steps']) => ({
      ...steps,
      write: (writes: Parameters<typeof steps.write>[0]) => ((commits += 1), steps.write(writes)),
    });
    const one = engine({ steps: counted });

    await say(
      one,
      Array.from({ length: 30 }, (_, index) => inbound('1', { who: `p${index}` })),
    );
    await one.worker.drain();

    expect(await marks('vote')).toHaveLength(30);
    expect(commits).toBe(1);
  });

  it('does not decide an independent message before the one in front is committed', async () => {
    const seen: number[] = [];
    const looking = command(
      '看',
      async () => {
        seen.push(await db.collection('identities').countDocuments({ _id: /^note:/ as never }));
        return { writes: [], dispatches: [] };
      },
      { independent: true },
    );
    const one = engine({ commands: [note, vote, looking] });

    for (const text of ['记 一', '看 这', '记 二', '看 那']) await one.intake.sink(inbound(text));
    await one.worker.drain();

    expect(seen).toEqual([1, 2]);
  });

  it('lets a quiet conversation through while a crowded one has hundreds waiting', async () => {
    const order: string[] = [];
    const heard = command(
      '听',
      async (_rest, _original, context) => {
        order.push(context.message.from.conversationId);
        return { writes: [], dispatches: [] };
      },
      { independent: true },
    );
    const one = engine({ commands: [note, vote, heard] });
    await say(
      one,
      Array.from({ length: 600 }, (_, index) => inbound('听 吧', { chat: 'crowded', who: `p${index}` })),
    );
    await one.intake.sink(inbound('听 吧', { chat: 'quiet' }));

    await one.worker.drain();

    expect(order).toHaveLength(601);
    expect(order.indexOf('quiet')).toBeLessThan(60);
  });

  it('meets a newcomer once, with a readable name', async () => {
    const one = engine();
    const sender = { vendorId: 'new', displayName: '\u202e张\u0000桂兰\u200b', isSelf: false };
    const hello = [1, 2, 3].map(() => ({ ...inbound('大家早'), sender }));

    await say(one, hello);
    await one.worker.drain();
    await say(one, [{ ...inbound('又来了'), sender }]);
    await one.worker.drain();

    expect(await rows('people')).toMatchObject([{ name: '张桂兰', homePlaceId: PLACE.id, offices: [] }]);
    expect(await rows('memberships')).toMatchObject([{ groupId: 'group:residents' }]);
    expect(await texts()).toEqual([]);
  });

  it('keeps the list of members when people join, leave and come back', async () => {
    const one = engine();
    const members = [{ vendorId: 'li', displayName: '李', isSelf: false }];
    const left = async () =>
      (await rows<{ leftAt?: Date }>('memberships')).map(({ leftAt }) => leftAt !== undefined);
    const after = async (message: InboundMessage) => {
      await one.intake.sink(message);
      await one.worker.drain();
      return left();
    };

    expect(await after(inbound({ type: 'joined', members }))).toEqual([false]);
    expect(await after(inbound({ type: 'left', members }))).toEqual([true]);
    expect(await after(inbound('我回来了', { who: 'li' }))).toEqual([false]);
  });

  it('introduces itself when it joins a group', async () => {
    const one = engine();
    const members = [{ vendorId: 'bot', isSelf: true }];

    await one.intake.sink(inbound({ type: 'joined', members }));
    await one.worker.drain();

    expect(await texts()).toEqual(['welcome to 幸福里']);
    expect(await rows('people')).toEqual([]);
  });

  it('answers in a chat of no place once a day, and only when addressed', async () => {
    const one = engine();
    await say(one, [
      inbound('谁知道', { chat: 'elsewhere' }),
      inbound('小议 在不在', { chat: 'elsewhere', mentionsBot: true }),
      inbound('记 路灯坏了', { chat: 'elsewhere', mentionsBot: true }),
    ]);
    await one.worker.drain();
    expect(await texts()).toEqual(['unbound']);

    clock.advance(86_400_000);
    await one.intake.sink(inbound('记 路灯坏了', { chat: 'elsewhere', mentionsBot: true }));
    await one.worker.drain();
    expect(await texts()).toEqual(['unbound', 'unbound']);
  });

  it('never answers itself', async () => {
    const one = engine();
    const message = inbound('记 路灯坏了');

    await one.intake.sink({ ...message, sender: { ...message.sender, isSelf: true } });
    await one.worker.drain();

    expect(await texts()).toEqual([]);
    expect(one.happened).toEqual(['ignored.self']);
  });

  it("turns a person's mistake into a reply", async () => {
    const picky = command('挑', async () => {
      throw new UserError('test.picky', '没有找到这一条。');
    });
    const one = engine({ commands: [note, vote, picky] });

    await one.intake.sink(inbound('挑 毛病'));
    await one.worker.drain();

    expect(await texts()).toEqual(['没有找到这一条。']);
    expect(one.happened).toEqual(['test.picky']);
  });

  it('sets a poisoned message aside after five tries, says so, and goes on with the conversation', async () => {
    const bomb = command('炸', async () => {
      throw new TypeError('boom');
    });
    const one = engine({ commands: [note, vote, bomb] });
    await one.intake.sink(inbound('炸 一下', { chat: 'poisoned' }));
    await one.intake.sink(inbound('记 后面的', { chat: 'poisoned' }));
    await one.intake.sink(inbound('记 别处的', { chat: 'quiet' }));

    await one.worker.drain();
    expect(await texts()).toEqual(['记下 #1']);
    for (let tries = 0; tries < 4; tries += 1) {
      clock.advance(10_000);
      await one.worker.drain();
    }

    expect(await texts()).toEqual(['记下 #1', 'slow', '记下 #2']);
    expect(await rows('inbox', { state: 'dead' })).toHaveLength(1);
    expect(one.failures.map(({ event }) => event)).toEqual(['retry', 'retry', 'retry', 'retry', 'dead']);
  });

  it('does not let one refused write spoil the other messages of its commit', async () => {
    const bad = command(
      '坏',
      async () => ({
        writes: [{ kind: 'insertOnce', collection: 'identities', document: { _id: 'x', nobodyKnows: 1 } }],
        dispatches: [],
      }),
      { independent: true },
    );
    const one = engine({ commands: [note, vote, bad] });

    await say(one, [inbound('1', { who: 'a' }), inbound('坏 了', { who: 'b' }), inbound('2', { who: 'c' })]);
    await one.worker.drain();

    expect((await marks('vote')).map((mark) => mark.displayName).sort()).toEqual(['1', '2']);
    expect(one.failures).toHaveLength(1);
  });

  it('decides a guarded step anew when somebody else was faster', async () => {
    let tries = 0;
    const rename = command('改', async (_rest, original, context) => {
      tries += 1;
      const group = await db
        .collection<{ _id: string; name: string }>('groups')
        .findOne({ _id: 'group:quiet' });
      if (tries === 1)
        await db.collection('groups').updateOne({ _id: 'group:quiet' as never }, { $set: { name: '抢先' } });
      return {
        ...replyHere(context, `改成${original}`, 'renamed'),
        guarded: true,
        writes: [
          {
            kind: 'update',
            collection: 'groups',
            filter: { _id: 'group:quiet', name: group?.name },
            update: { $set: { name: original } },
            mustMatch: true,
          },
        ],
      };
    });
    const one = engine({ commands: [note, vote, rename] });

    await one.intake.sink(inbound('改 新名'));
    await one.worker.drain();

    expect(tries).toBe(2);
    expect(await rows('groups', { _id: 'group:quiet' })).toMatchObject([{ name: '新名' }]);
    expect(await texts()).toEqual(['改成新名']);
  });

  it('gives one effect when two instances work on the same partitions', async () => {
    const [one, two] = [engine(), engine()];
    const messages = Array.from({ length: 60 }, (_, index) =>
      inbound(`记 ${index}`, { chat: CHATS[index % 4] ?? '', who: `p${index}` }),
    );
    await say(one, messages);

    await Promise.all([one.worker.drain(), two.worker.drain()]);
    await one.worker.drain();

    const numbers = (await marks('note')).map((mark) => mark.personId);
    expect(new Set(numbers).size).toBe(60);
    expect(await texts()).toHaveLength(60);
    expect(await rows('audit')).toHaveLength(60);
    expect(await createAuditLog(connection).firstBreak(PLACE.id)).toBeUndefined();
    expect([...one.failures, ...two.failures]).toEqual([]);
  });

  it('starts the message under way to its end when it is stopped', async () => {
    const one = engine();
    const stopping = new AbortController();
    const running = one.worker.run(stopping.signal);
    await one.intake.sink(inbound('记 最后一件'));
    while ((await marks('note')).length === 0) await new Promise((resolve) => setImmediate(resolve));

    stopping.abort();
    await running;

    expect(await rows('inbox', { state: 'done' })).toHaveLength(1);
  });
});

import { expect } from 'vitest';
import { senderKey, type InboxRow, type InboxStore } from '#core/inbox';
import { inbound, NOON } from '#test/support/inbound';
import type { InboxCase } from './inbox-store.ts';

export const later = (ms: number) => new Date(NOON.getTime() + ms);
const DAY_MS = 86_400_000;
const GROUP = ['web:demo:residents'];
const PARTITIONS = Array.from({ length: 16 }, (_, partition) => partition);

export async function given(store: InboxStore, limit = 100, now = NOON): Promise<readonly InboxRow[]> {
  return (await store.next(PARTITIONS, now, limit)).rows;
}

export function words(rows: readonly InboxRow[]): string[] {
  return rows.map(({ message: { body } }) => (body.type === 'text' ? body.text : body.type));
}

const keeping: readonly InboxCase[] = [
  {
    promise: 'keeps a delivery once, however often it comes at once',
    async keep({ store }) {
      const message = inbound('1');

      const verdicts = await Promise.all(Array.from({ length: 10 }, () => store.record(message, NOON)));

      expect(verdicts.filter((verdict) => verdict === 'stored')).toHaveLength(1);
      expect(await given(store)).toHaveLength(1);
    },
  },
  {
    promise: 'knows a delivery again 6.9 days after it was decided',
    async keep({ store, finish }) {
      const message = inbound('1');
      await store.record(message, NOON);
      for (const row of await given(store)) await finish(row);

      expect(await store.record(message, later(6.9 * DAY_MS))).toBe('duplicate');
      expect(await given(store, 10, later(7 * DAY_MS))).toHaveLength(0);
    },
  },
  {
    promise: 'tells the same message id in two conversations apart',
    async keep({ store }) {
      await store.record(inbound('a', { chat: 'a|b', messageId: 'c' }), NOON);

      expect(await store.record(inbound('b', { chat: 'a', messageId: 'b|c' }), NOON)).toBe('stored');
    },
  },
  {
    promise: 'takes vendor ids of ten thousand bytes, of messages, chats and people',
    async keep({ store }) {
      const long = (end: string) => '0'.repeat(10_000) + end;
      const message = inbound('long', { messageId: long('a'), chat: long('b'), who: long('c') });

      expect(await store.record(message, NOON)).toBe('stored');
      expect(await store.record(message, NOON)).toBe('duplicate');
      expect(await store.record({ ...message, messageId: long('d') }, NOON)).toBe('stored');
      expect((await given(store))[0]?.message).toMatchObject({ messageId: long('a'), from: message.from });
    },
  },
  {
    promise: 'judges a message by its arrival when the vendor’s time is absurd, and else by that time',
    async keep({ store }) {
      const said = ['1970-01-01', '2099-12-31', 'no date', '2026-11-20T03:00:00.000Z'];
      for (const day of said) await store.record(inbound('odd clock', { sentAt: new Date(day) }), NOON);

      const times = (await given(store)).map(({ message }) => message.sentAt);
      expect(times).toEqual([NOON, NOON, NOON, later(-3_600_000)]);
    },
  },
  {
    promise: 'keeps the first 20,000 characters of a longer text',
    async keep({ store }) {
      await store.record(inbound('😀'.repeat(20_001)), NOON);

      const [row] = await given(store);
      expect(row?.message.body).toEqual({ type: 'text', text: '😀'.repeat(20_000) });
    },
  },
];

const giving: readonly InboxCase[] = [
  {
    promise: 'gives the rows of a conversation in order of arrival',
    async keep({ store }) {
      for (const text of ['一', '二', '三', '四']) await store.record(inbound(text), NOON);

      expect(words(await given(store))).toEqual(['一', '二', '三', '四']);
    },
  },
  {
    promise: 'gives only rows of the partitions asked for',
    async keep({ store }) {
      await store.record(inbound('here'), NOON);
      const [row] = await given(store);
      const mine = row?.partition ?? -1;
      const others = PARTITIONS.filter((one) => one !== mine);

      expect(words((await store.next([mine], NOON, 10)).rows)).toEqual(['here']);
      expect((await store.next(others, NOON, 10)).rows).toEqual([]);
    },
  },
  {
    promise: 'gives no more rows than asked for',
    async keep({ store }) {
      for (const text of ['一', '二', '三']) await store.record(inbound(text, { chat: text }), NOON);

      expect(await given(store, 2)).toHaveLength(2);
    },
  },
  {
    promise: 'lets a quiet conversation through behind a crowded one',
    async keep({ store }) {
      const crowd = Array.from({ length: 300 }, (_, index) => inbound(`${index}`, { chat: 'crowded' }));
      await Promise.all(crowd.map((message) => store.record(message, NOON)));
      await store.record(inbound('quiet', { chat: 'quiet' }), later(1));

      expect(words(await given(store, 100, later(1)))).toContain('quiet');
    },
  },
  {
    promise: 'leaves out the conversations it is told to',
    async keep({ store }) {
      await store.record(inbound('poisoned', { chat: 'poisoned' }), NOON);
      await store.record(inbound('healthy', { chat: 'healthy' }), NOON);

      const { rows } = await store.next(PARTITIONS, NOON, 10, ['web:demo:poisoned']);
      expect(words(rows)).toEqual(['healthy']);
    },
  },
  {
    promise: 'gives a row again until it is decided, and then no more',
    async keep({ store, finish }) {
      await store.record(inbound('1'), NOON);

      expect(await given(store)).toHaveLength(1);
      for (const row of await given(store)) await finish(row);
      expect(await given(store)).toHaveLength(0);
    },
  },
  {
    promise: 'counts failed tries and keeps the row in front',
    async keep({ store }) {
      await store.record(inbound('first'), NOON);
      await store.record(inbound('second'), NOON);
      const [first] = await given(store);
      await store.postpone(first?.id ?? '', later(200));
      await store.postpone(first?.id ?? '', later(400));

      const [again, second] = await given(store);
      expect(again).toMatchObject({ id: first?.id, tries: 2, retryAt: later(400) });
      expect(words(second ? [second] : [])).toEqual(['second']);
    },
  },
  {
    promise: 'does not touch a decided row when a late worker postpones it',
    async keep({ store, finish }) {
      await store.record(inbound('1'), NOON);
      const [row] = await given(store);
      if (row) await finish(row);

      await store.postpone(row?.id ?? '', later(200));

      expect(await given(store, 10, later(1_000))).toEqual([]);
    },
  },
];

/** Puts off what waits, three seconds apart. */
async function putAllOff(store: InboxStore): Promise<readonly InboxRow[]> {
  const rows = await given(store);
  await store.putOff(rows.map(({ id }, index) => ({ id, until: later(3_000 * (index + 1)) })));
  return rows;
}

const puttingOff: readonly InboxCase[] = [
  {
    promise: 'gives a row that is put off only when its time has come',
    async keep({ store }) {
      await store.record(inbound('later'), NOON);
      await putAllOff(store);

      expect(await given(store, 10, later(2_999))).toEqual([]);
      expect(await given(store, 10, later(3_000))).toMatchObject([
        { isPutOff: true, availableAt: later(3_000), receivedAt: NOON },
      ]);
    },
  },
  {
    promise: 'gives a row that was put off behind what came before its time',
    async keep({ store }) {
      await store.record(inbound('put off'), NOON);
      await putAllOff(store);
      await store.record(inbound('meanwhile'), later(2_000));

      expect(words(await given(store, 10, later(3_000)))).toEqual(['meanwhile', 'put off']);
    },
  },
  {
    promise: 'puts a row off once, and not what is decided',
    async keep({ store, finish }) {
      await store.record(inbound('late'), NOON);
      await store.record(inbound('done'), NOON);
      const [late, done] = await given(store);
      if (done) await finish(done);
      await store.putOff([{ id: late?.id ?? '', until: later(3_000) }]);

      const again = [late, done].map((row) => ({ id: row?.id ?? '', until: later(60_000) }));
      await store.putOff(again);

      expect(words(await given(store, 10, later(3_000)))).toEqual(['late']);
      expect(words(await given(store, 10, later(60_000)))).toEqual(['late']);
    },
  },
  {
    promise:
      'says until when each sender of these partitions is put off, due or not, and not when it is decided',
    async keep({ store, finish }) {
      for (const who of ['fast', 'fast']) await store.record(inbound('a', { who }), NOON);
      const [row, last] = await putAllOff(store);
      await store.record(inbound('b', { who: 'calm' }), NOON);
      const mine = [row?.partition ?? -1];
      const others = PARTITIONS.filter((one) => !mine.includes(one));
      const fast = row ? senderKey(row.message) : '';

      expect(await store.putOffUntil(mine)).toEqual(
        new Map([[fast, { conversation: row?.conversation, until: later(6_000), order: last?.order }]]),
      );
      expect(await store.putOffUntil(others)).toEqual(new Map());
      for (const one of await given(store, 10, later(6_000))) await finish(one);
      expect(await store.putOffUntil(mine)).toEqual(new Map());
    },
  },
  {
    promise: 'lists what senders said and nobody put off, tried or decided, among the first that wait',
    async keep({ store, finish }) {
      for (const text of ['done', 'late', 'tried', 'one', 'two']) await store.record(inbound(text), NOON);
      const [done, late, tried, one, two] = await given(store);
      if (done) await finish(done);
      await store.putOff([{ id: late?.id ?? '', until: later(0) }]);
      await store.postpone(tried?.id ?? '', NOON);
      await store.record(inbound('of another', { who: 'li' }), NOON);
      await store.record(inbound({ type: 'unsupported', wireType: 'sticker' }), NOON);
      await store.record(inbound('three'), NOON);
      await store.record(inbound('elsewhere', { chat: 'other' }), NOON);
      await store.record(inbound('later'), later(1_000));
      const [partition, sender] = [one?.partition ?? -1, one ? senderKey(one.message) : ''];
      const listed = (limit: number) => store.backlogOf(partition, [sender], NOON, limit);
      const shown = (row: InboxRow | undefined) => ({
        id: row?.id,
        sender,
        order: row?.order,
        receivedAt: NOON,
      });

      // The rows put off and tried count, and so do those of others and stickers.
      expect(await listed(4)).toEqual([one, two].map(shown));
      expect(await listed(6)).toHaveLength(2);
      expect(await listed(7)).toHaveLength(3);
      expect(await listed(100)).toHaveLength(3);
      const li = senderKey(inbound('', { who: 'li' }));
      expect((await store.backlogOf(partition, [sender, li], NOON, 100)).map((row) => row.sender)).toEqual([
        sender,
        sender,
        li,
        sender,
      ]);
    },
  },
  {
    promise: 'holds a closing up for an undecided message that was sent before',
    async keep({ store, finish }) {
      await store.record(inbound('1', { sentAt: later(-1_000) }), NOON);

      expect(await store.hasUndecidedBefore(GROUP, NOON)).toBe(true);
      expect(await store.hasUndecidedBefore(GROUP, later(-1_000))).toBe(false);
      expect(await store.hasUndecidedBefore(['web:demo:other'], NOON)).toBe(false);
      expect(await store.hasUndecidedBefore('any', NOON)).toBe(true);
      expect(await store.hasUndecidedBefore('any', later(-1_000))).toBe(false);
      for (const row of await given(store)) await finish(row);
      expect(await store.hasUndecidedBefore(GROUP, NOON)).toBe(false);
      expect(await store.hasUndecidedBefore('any', NOON)).toBe(false);
    },
  },
  {
    promise: 'does not let somebody who talks too fast hold a closing up',
    async keep({ store }) {
      await store.record(inbound('1', { sentAt: later(-1_000) }), NOON);
      await putAllOff(store);

      expect(await store.hasUndecidedBefore(GROUP, NOON)).toBe(false);
      expect(await store.hasUndecidedBefore('any', NOON)).toBe(false);
    },
  },
];

export const inboxCases: readonly InboxCase[] = [...keeping, ...giving, ...puttingOff];

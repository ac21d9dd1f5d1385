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

const puttingOff: readonly InboxCase[] = [
  {
    promise: 'gives a row that is put off only when its time has come',
    async keep({ store }) {
      await store.record(inbound('later'), NOON, later(5_000));

      expect(await given(store, 10, later(4_999))).toHaveLength(0);
      expect(await given(store, 10, later(5_000))).toHaveLength(1);
    },
  },
  {
    promise: 'says until when each sender is put off',
    async keep({ store }) {
      const message = inbound('a', { who: 'fast' });
      await store.record(message, NOON, later(3_000));
      await store.record(inbound('b', { who: 'fast' }), NOON, later(6_000));
      await store.record(inbound('c', { who: 'calm' }), NOON);

      expect(await store.putOffUntil(NOON)).toEqual(new Map([[senderKey(message), later(6_000)]]));
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
      await store.record(inbound('1', { sentAt: later(-1_000) }), NOON, later(60_000));

      expect(await store.hasUndecidedBefore(GROUP, NOON)).toBe(false);
      expect(await store.hasUndecidedBefore('any', NOON)).toBe(false);
    },
  },
];

export const inboxCases: readonly InboxCase[] = [...keeping, ...giving, ...puttingOff];

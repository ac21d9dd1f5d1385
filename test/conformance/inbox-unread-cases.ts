import { expect } from 'vitest';
import type { UnreadRow } from '#core/inbox';
import { inbound, NOON } from '#test/support/inbound';
import { given, later, words } from './inbox-cases.ts';
import type { InboxCase, InboxUnderTest } from './inbox-store.ts';

const PARTITIONS = Array.from({ length: 16 }, (_, partition) => partition);

/** Three messages of one chat, the first of which cannot be read, and one of another chat. */
async function withUnread({ store, spoil }: InboxUnderTest, why: UnreadRow['why']): Promise<void> {
  for (const text of ['spoilt', 'second', 'third'])
    await store.record(inbound(text, { sentAt: later(-1_000) }), NOON);
  await store.record(inbound('elsewhere', { chat: 'elsewhere' }), NOON);
  const spoilt = (await given(store)).find((row) => words([row])[0] === 'spoilt');
  if (spoilt) await spoil(spoilt, why);
}

const BOTH = ['newer', 'broken'] as const;

export const unreadInboxCases: readonly InboxCase[] = [
  ...BOTH.map((why): InboxCase => ({
    promise: `tells of a ${why} row once, and gives the rest of its chat and of the others`,
    async keep(under) {
      await withUnread(under, why);

      const first = await under.store.next(PARTITIONS, NOON, 100);
      const again = await under.store.next(PARTITIONS, NOON, 100);

      expect(first.unread).toMatchObject([{ why }]);
      expect(words(first.rows).sort()).toEqual(['elsewhere', 'second', 'third']);
      expect(again.unread).toEqual([]);
      expect(words(again.rows).sort()).toEqual(['elsewhere', 'second', 'third']);
    },
  })),
  ...BOTH.map((why): InboxCase => ({
    promise: `closes nothing late because of a ${why} row`,
    async keep(under) {
      await withUnread(under, why);
      const { rows } = await under.store.next(PARTITIONS, NOON, 100);
      for (const row of rows) await under.finish(row);

      expect(await under.store.hasUndecidedBefore(['web:demo:residents'], NOON)).toBe(false);
    },
  })),
  {
    promise: 'knows a delivery again whose row cannot be read',
    async keep({ store, spoil }) {
      const message = inbound('1');
      await store.record(message, NOON);
      for (const row of await given(store)) await spoil(row, 'broken');
      await given(store);

      expect(await store.record(message, later(1_000))).toBe('duplicate');
    },
  },
];

import { describe, expect, it } from 'vitest';
import type { InboxStore, PutOff } from '#core/inbox';
import { INBOX_CASES, type InboxUnderTest } from '#test/conformance/inbox-store';
import { underTest } from '#test/support/memory-inbox';

type Fault = (store: InboxStore, under: InboxUnderTest) => Partial<InboxStore>;

let fresh = 0;

/** What a store does wrong when one of its guards is missing. */
const FAULTS: Readonly<Record<string, Fault>> = {
  'keeps every delivery as a new one': (store) => ({
    record: (message, ...times) =>
      store.record({ ...message, messageId: `${message.messageId}~${(fresh += 1)}` }, ...times),
  }),
  'calls every delivery new': (store) => ({
    record: async (...message) => (await store.record(...message), 'stored'),
  }),
  'joins chat and message id without a border': (store) => ({
    record: ({ from, messageId, ...rest }, ...times) => {
      const joined = `${from.conversationId}|${messageId}`;
      return store.record({ ...rest, messageId: joined, from: { ...from, conversationId: 'one' } }, ...times);
    },
  }),
  'cuts long ids': (store) => ({
    record: (message, ...times) =>
      store.record({ ...message, messageId: message.messageId.slice(0, 255) }, ...times),
  }),
  'acknowledges and keeps nothing': () => ({ record: async () => 'stored' }),
  'believes every clock': (store) => ({
    next: async (...asked) => {
      const { rows, unread } = await store.next(...asked);
      const believed = rows.map((row) => ({
        ...row,
        message: { ...row.message, sentAt: new Date('2099-12-31') },
      }));
      return { rows: believed, unread };
    },
  }),
  'cuts texts short': (store) => ({
    record: (message, ...times) =>
      store.record(
        message.body.type === 'text'
          ? { ...message, body: { type: 'text', text: message.body.text.slice(0, 20_000) } }
          : message,
        ...times,
      ),
  }),
  'gives the latest first': (store) => ({
    next: async (...asked) => {
      const { rows, unread } = await store.next(...asked);
      return { rows: rows.toReversed(), unread };
    },
  }),
  'does not look at partitions': (store) => ({
    next: (_partitions, ...rest) =>
      store.next(
        Array.from({ length: 16 }, (_, one) => one),
        ...rest,
      ),
  }),
  'knows no limit': (store) => ({
    next: (partitions, now, _limit, except) => store.next(partitions, now, 10_000, except),
  }),
  'gives a crowded chat all the room': (store) => ({
    next: async (...asked) => {
      const { rows, unread } = await store.next(...asked);
      const [first] = rows;
      return { rows: rows.filter((row) => row.conversation === first?.conversation), unread };
    },
  }),
  'does not hear which chats to leave out': (store) => ({
    next: (partitions, now, limit) => store.next(partitions, now, limit),
  }),
  'does not wait for what is put off': () => ({ putOff: async () => undefined }),
  'puts a row off again and again': (store) => {
    let moved: readonly PutOff[] = [];
    return {
      async putOff(rows) {
        await store.putOff(rows);
        moved = rows;
      },
      next: async (...asked) => {
        const { rows, unread } = await store.next(...asked);
        const isDue = (id: string) => moved.every((one) => one.id !== id || one.until <= asked[1]);
        return { rows: rows.filter(({ id }) => isDue(id)), unread };
      },
    };
  },
  'hides that a row was put off': (store) => ({
    next: async (...asked) => {
      const { rows, unread } = await store.next(...asked);
      return { rows: rows.map((row) => ({ ...row, isPutOff: false })), unread };
    },
  }),
  'goes by arrival alone': (store) => ({
    next: async (...asked) => {
      const { rows, unread } = await store.next(...asked);
      return { rows: rows.toSorted((a, b) => a.order - b.order), unread };
    },
  }),
  'forgets who was put off': () => ({ putOffUntil: async () => new Map() }),
  'tells of all partitions who was put off': (store) => ({
    putOffUntil: () => store.putOffUntil([...Array(16).keys()]),
  }),
  'takes the backlog of everybody for one sender’s': (store) => ({
    backlogOf: async (partition, [sender = ''], now, limit) =>
      (await store.next([partition], now, limit)).rows.map((row) => ({ ...row, sender })),
  }),
  'lists no backlog': () => ({ backlogOf: async () => [] }),
  'gives what is decided': (store, under) => {
    const decided: Awaited<ReturnType<InboxStore['next']>>['rows'][number][] = [];
    const { finish } = under;
    Object.assign(under, {
      finish: async (row: (typeof decided)[number]) => {
        decided.push(row);
        await finish(row);
      },
    });
    return {
      next: async (...asked) => {
        const { rows, unread } = await store.next(...asked);
        return { rows: [...decided, ...rows], unread };
      },
    };
  },
  'does not count tries': () => ({ postpone: async () => undefined }),
  'lets a closing overtake messages': () => ({ hasUndecidedBefore: async () => false }),
  'holds every closing up': () => ({ hasUndecidedBefore: async () => true }),
  'sees nothing that waits anywhere': (store) => ({
    hasUndecidedBefore: async (conversations, before) =>
      conversations !== 'any' && store.hasUndecidedBefore(conversations, before),
  }),
  'lets one fast talker hold closings up': (store) => ({
    hasUndecidedBefore: async (conversations, before) =>
      (await store.hasUndecidedBefore(conversations, before)) ||
      (await store.putOffUntil([...Array(16).keys()])).size > 0,
  }),
  'falls over what it cannot read': (store) => ({
    next: async (...asked) => {
      const page = await store.next(...asked);
      if (page.unread.length > 0) throw new TypeError('cannot read properties of undefined');
      return page;
    },
  }),
  'keeps silent about what it cannot read': (store) => ({
    next: async (...asked) => ({ ...(await store.next(...asked)), unread: [] }),
  }),
  'takes what a newer version wrote for broken': (store) => ({
    next: async (...asked) => {
      const { rows, unread } = await store.next(...asked);
      return { rows, unread: unread.map((one) => ({ ...one, why: 'broken' as const })) };
    },
  }),
};

/** The promises that a store with this fault breaks. */
async function brokenBy(fault: Fault): Promise<string[]> {
  const broken: string[] = [];
  for (const { promise, keep } of INBOX_CASES) {
    const under = { ...underTest() };
    Object.assign(under, { store: { ...under.store, ...fault(under.store, under) } });
    await keep(under).catch(() => broken.push(promise));
  }
  return broken;
}

describe('the suite for inbox stores', () => {
  it('holds for a store without a fault', async () => {
    expect(await brokenBy(() => ({}))).toEqual([]);
  });

  it.each(Object.entries(FAULTS))('notices a store that %s', async (_what, fault) => {
    expect(await brokenBy(fault)).not.toEqual([]);
  });

  it('needs each of its promises: for each there is a fault that only a broken promise shows', async () => {
    const noticed = new Set((await Promise.all(Object.values(FAULTS).map(brokenBy))).flat());

    expect(INBOX_CASES.map(({ promise }) => promise).filter((promise) => !noticed.has(promise))).toEqual([]);
  });
});

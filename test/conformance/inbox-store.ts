import { beforeEach, describe, expect, it } from 'vitest';
import { PARTITION_COUNT, senderKey, type InboxRow, type InboxStore } from '#core/inbox';
import { inbound, NOON } from '#test/support/inbound';

/** What the suite needs besides the port: a fresh store, and a way to mark a row decided. */
export interface InboxUnderTest {
  readonly store: InboxStore;
  readonly finish: (row: InboxRow) => Promise<void>;
}

const ALL = Array.from({ length: PARTITION_COUNT }, (_, partition) => partition);
const later = (ms: number) => new Date(NOON.getTime() + ms);

function words(rows: readonly InboxRow[]): string[] {
  return rows.map(({ message: { body } }) => (body.type === 'text' ? body.text : body.type));
}

/** The promises of the durable inbox; every implementation runs them. */
export function describeInboxStore(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`${name} as an inbox store`, () => {
    let store: InboxStore;
    let finish: InboxUnderTest['finish'];
    const next = (limit = 100, now = NOON) => store.next(ALL, now, limit);

    beforeEach(async () => {
      ({ store, finish } = await create());
    });

    it('keeps a delivery once, however often it comes at once', async () => {
      const message = inbound('1');

      const verdicts = await Promise.all(Array.from({ length: 10 }, () => store.record(message, NOON)));

      expect(verdicts.filter((verdict) => verdict === 'stored')).toHaveLength(1);
      expect(await next()).toHaveLength(1);
    });

    it('knows a delivery again after it was decided', async () => {
      const message = inbound('1');
      await store.record(message, NOON);
      for (const row of await next()) await finish(row);

      expect(await store.record(message, later(1_000))).toBe('duplicate');
      expect(await next()).toHaveLength(0);
    });

    it('tells the same message id in two conversations apart', async () => {
      await store.record(inbound('a', { chat: 'a|b', messageId: 'c' }), NOON);

      expect(await store.record(inbound('b', { chat: 'a', messageId: 'b|c' }), NOON)).toBe('stored');
    });

    it('takes vendor ids of ten thousand bytes', async () => {
      const message = inbound('long', { messageId: '0'.repeat(10_000) });

      expect(await store.record(message, NOON)).toBe('stored');
      expect(await store.record(message, NOON)).toBe('duplicate');
    });

    it('gives the rows of a conversation in order of arrival', async () => {
      for (const text of ['一', '二', '三', '四']) await store.record(inbound(text), NOON);

      expect(words(await next())).toEqual(['一', '二', '三', '四']);
    });

    it('gives only rows of the partitions asked for', async () => {
      await store.record(inbound('here'), NOON);
      const [row] = await next();

      expect(words(await store.next([row?.partition ?? -1], NOON, 10))).toEqual(['here']);
      expect(
        await store.next(
          ALL.filter((one) => one !== row?.partition),
          NOON,
          10,
        ),
      ).toEqual([]);
    });

    it('lets a quiet conversation through behind a crowded one', async () => {
      const crowd = Array.from({ length: 300 }, (_, index) => inbound(`${index}`, { chat: 'crowded' }));
      await Promise.all(crowd.map((message) => store.record(message, NOON)));
      await store.record(inbound('quiet', { chat: 'quiet' }), later(1));

      expect(words(await next(100, later(1)))).toContain('quiet');
    });

    it('leaves out the conversations it is told to', async () => {
      await store.record(inbound('poisoned', { chat: 'poisoned' }), NOON);
      await store.record(inbound('healthy', { chat: 'healthy' }), NOON);

      expect(words(await store.next(ALL, NOON, 10, ['web:demo:poisoned']))).toEqual(['healthy']);
    });

    it('gives a row that is put off only when its time has come', async () => {
      await store.record(inbound('later'), NOON, later(5_000));

      expect(await next(10, later(4_999))).toHaveLength(0);
      expect(await next(10, later(5_000))).toHaveLength(1);
    });

    it('says until when each sender is put off', async () => {
      const message = inbound('a', { who: 'fast' });
      await store.record(message, NOON, later(3_000));
      await store.record(inbound('b', { who: 'fast' }), NOON, later(6_000));
      await store.record(inbound('c', { who: 'calm' }), NOON);

      expect(await store.putOffUntil(NOON)).toEqual(new Map([[senderKey(message), later(6_000)]]));
    });

    it('holds a closing up for an undecided message that was sent before', async () => {
      await store.record(inbound('1', { sentAt: later(-1_000) }), NOON);
      const group = ['web:demo:residents'];

      expect(await store.hasUndecidedBefore(group, NOON)).toBe(true);
      expect(await store.hasUndecidedBefore(group, later(-1_000))).toBe(false);
      expect(await store.hasUndecidedBefore(['web:demo:other'], NOON)).toBe(false);
      for (const row of await next()) await finish(row);
      expect(await store.hasUndecidedBefore(group, NOON)).toBe(false);
    });

    it('does not let somebody who talks too fast hold a closing up', async () => {
      await store.record(inbound('1', { sentAt: later(-1_000) }), NOON, later(60_000));

      expect(await store.hasUndecidedBefore(['web:demo:residents'], NOON)).toBe(false);
    });

    it('counts failed tries and keeps the row in front', async () => {
      await store.record(inbound('first'), NOON);
      await store.record(inbound('second'), NOON);
      const [first] = await next();
      await store.postpone(first?.id ?? '', later(200));

      const [again, second] = await next();
      expect(again).toMatchObject({ id: first?.id, tries: 1, retryAt: later(200) });
      expect(words(second ? [second] : [])).toEqual(['second']);
    });

    it.each(['1970-01-01', '2099-12-31'])(
      'judges a message said to be from %s by its arrival',
      async (day) => {
        await store.record(inbound('odd clock', { sentAt: new Date(day) }), NOON);

        expect((await next())[0]?.message.sentAt).toEqual(NOON);
      },
    );

    it('keeps the first 20,000 characters of a longer text', async () => {
      await store.record(inbound('😀'.repeat(20_001)), NOON);

      const [row] = await next();
      expect(row?.message.body).toEqual({ type: 'text', text: '😀'.repeat(20_000) });
    });
  });
}

import { describe, expect, it } from 'vitest';
import { partitionOf } from '#core/inbox';
import { conversationKey } from '#core/message';
import { createDice } from '../../bench/chance.ts';
import { atPace, inCrowd } from '../../bench/crowd.ts';
import { mixedMessages } from '../../bench/messages.ts';
import { TOWN } from '../../bench/town.ts';
import { lengthAt, letterWords } from '../../bench/words.ts';

describe('the crowd of a bench', () => {
  it('says the same in every run, under ids of its own', () => {
    const said = (run: string) => mixedMessages(50, run, 7).map(({ message }) => message);

    expect(said('a').map(({ body }) => body)).toEqual(said('b').map(({ body }) => body));
    expect(new Set([...said('a'), ...said('b')].map(({ messageId }) => messageId)).size).toBe(100);
  });

  it('lets nobody talk so fast that the inbox would put them off', () => {
    const counts = new Map<string, number>();
    for (const { message } of mixedMessages(3_000, 'a', 1)) {
      const { vendorId } = message.sender;
      counts.set(vendorId, (counts.get(vendorId) ?? 0) + 1);
    }

    expect(Math.max(...counts.values())).toBeLessThan(20);
  });

  it('mixes what residents say in the stated shares', () => {
    const mixed = mixedMessages(4_000, 'a', 3);
    const share = (said: string) => mixed.filter((one) => one.said === said).length / mixed.length;

    expect(share('concern')).toBeCloseTo(0.35, 1);
    expect(share('endorsement')).toBeCloseTo(0.25, 1);
    expect(share('talk')).toBeCloseTo(0.2, 1);
  });

  it('lives in groups of every partition', () => {
    expect(new Set(TOWN.map(({ ref }) => partitionOf(conversationKey(ref)))).size).toBeGreaterThan(12);
  });
});

describe('made-up letters', () => {
  it('are as long as real ones', () => {
    expect([0, 0.25, 0.5, 0.9, 1].map(lengthAt)).toEqual([9, 112, 202, 790, 4_714]);

    const dice = createDice(1);
    const lengths = Array.from({ length: 1_000 }, () => letterWords(dice).length).sort((a, b) => a - b);
    expect(lengths[500]).toBeGreaterThan(150);
    expect(lengths[500]).toBeLessThan(260);
  });
});

describe('how a bench hands messages in', () => {
  it('in a crowd: each once, never more at once than allowed', async () => {
    let under = 0;
    let most = 0;
    const seen: number[] = [];
    await inCrowd([...Array(50).keys()], 8, async (item) => {
      most = Math.max(most, (under += 1));
      await Promise.resolve();
      seen.push(item);
      under -= 1;
    });

    expect([...seen].sort((a, b) => a - b)).toEqual([...Array(50).keys()]);
    expect(most).toBe(8);
  });

  it('at a pace: by plan, whether or not the earlier ones have ended', async () => {
    const planned: number[] = [];
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await atPace([1, 2, 3], 1_000, async (item, plannedMs) => {
      planned.push(plannedMs);
      if (item === 3) release();
      await released;
    });

    expect(planned.slice(1).map((at, index) => Math.round(at - (planned[index] ?? 0)))).toEqual([1, 1]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPace, MESSAGES_A_MINUTE } from '#src/inbox/pace';
import { NOON } from '#test/support/inbound';

const at = (ms: number) => new Date(NOON.getTime() + ms);
const seconds = fc
  .array(fc.integer({ min: 0, max: 600_000 }), { maxLength: 200 })
  .map((list) => list.sort((a, b) => a - b));

describe('the pace of a sender', () => {
  it('never holds up anybody with at most twenty messages in any minute', () => {
    fc.assert(
      fc.property(seconds, (arrivals) => {
        const pace = createPace();
        arrivals.forEach((ms, index) => {
          const isCalm = arrivals.every(
            (start, first) => (arrivals[first + MESSAGES_A_MINUTE] ?? Infinity) - start >= 60_000,
          );
          const availableAt = pace.take('a', at(ms));
          if (isCalm) expect(availableAt).toEqual(at(ms));
          expect(index).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });

  it('lets at most forty through in any minute, in the order of arrival', () => {
    fc.assert(
      fc.property(seconds, (arrivals) => {
        const pace = createPace();
        const times = arrivals.map((ms) => pace.take('a', at(ms)).getTime());

        expect(times).toEqual([...times].sort((a, b) => a - b));
        times.forEach((time, first) =>
          expect((times[first + 2 * MESSAGES_A_MINUTE] ?? Infinity) - time).toBeGreaterThan(59_999),
        );
      }),
    );
  });

  it('spreads a burst over time, twenty a minute', () => {
    const pace = createPace();
    const times = Array.from({ length: 5_000 }, () => pace.take('a', NOON).getTime() - NOON.getTime());

    expect(times.filter((ms) => ms === 0)).toHaveLength(20);
    expect(times[20]).toBe(3_000);
    expect(times.at(-1)).toBe(4_980 * 3_000);
  });

  it('counts senders apart', () => {
    const pace = createPace();
    for (let count = 0; count < 20; count += 1) pace.take('a', NOON);

    expect(pace.take('b', NOON)).toEqual(NOON);
    expect(pace.take('a', NOON)).toEqual(at(3_000));
  });

  it('goes on behind the last message that was put off before', () => {
    const pace = createPace();
    pace.resume('a', at(30_000));
    pace.resume('a', at(9_000));

    expect(pace.take('a', NOON)).toEqual(at(33_000));
    expect(pace.take('b', NOON)).toEqual(NOON);
  });
});

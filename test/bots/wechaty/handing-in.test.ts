import { describe, expect, it } from 'vitest';
import { createHandingIn } from '#bots/wechaty/handing-in';
import { TransientError } from '#core/errors';
import { createFakeClock } from '#test/support/fake-clock';

function setUp() {
  const clock = createFakeClock();
  const faults: string[] = [];
  const handingIn = createHandingIn({ clock, onFault: (event) => void faults.push(event) });
  const stored: string[] = [];
  const add = (id: string, chat: string, hand: () => Promise<void> = async () => undefined) =>
    handingIn.add({ id, chat, hand: async () => hand().then(() => void stored.push(id)) });
  const failing = (times: number, error: Error) => async () => {
    times -= 1;
    if (times >= 0) throw error;
  };
  const allStored = (count: number) =>
    expect
      .poll(
        () => {
          clock.advance(10_000);
          return stored.length;
        },
        { interval: 1 },
      )
      .toBe(count);
  return { clock, faults, handingIn, stored, add, failing, allStored };
}

describe('handing messages in', () => {
  it('keeps the order of a chat behind one that cannot be stored, and holds up no other chat', async () => {
    const { add, failing, stored, handingIn, allStored } = setUp();
    add('1', 'a', failing(2, new TransientError('away')));
    add('2', 'a');
    add('3', 'b');
    await expect.poll(() => stored, { interval: 1 }).toEqual(['3']);
    expect(handingIn.waiting).toBe(2);
    await allStored(3);
    expect(stored).toEqual(['3', '1', '2']);
    await handingIn.drained();
    expect(handingIn.waiting).toBe(0);
  });

  it('tries as long as the inbox is away, and tells it once', async () => {
    const { add, failing, allStored, faults } = setUp();
    add('1', 'a', failing(40, new TransientError('away')));
    await allStored(1);
    expect(faults).toEqual(['wechaty.storing']);
  });

  it('gives up a message that is broken itself, and goes on with the next', async () => {
    const { add, failing, allStored, faults, stored } = setUp();
    add('1', 'a', failing(100, new Error('broken')));
    add('2', 'a');
    await allStored(1);
    expect(stored).toEqual(['2']);
    expect(faults).toEqual(['wechaty.storing', 'wechaty.dropped']);
  });

  it('takes a message again that it gave up', async () => {
    const { add, failing, allStored, handingIn, clock } = setUp();
    add('1', 'a', failing(5, new Error('broken')));
    await expect.poll(() => (clock.advance(10_000), handingIn.waiting), { interval: 1 }).toBe(0);
    add('1', 'a');
    await allStored(1);
  });

  it('holds 5,000 messages and tells of what is beyond', async () => {
    const { add, failing, faults, handingIn } = setUp();
    const away = failing(Infinity, new TransientError('away'));
    for (let count = 0; count < 5_001; count += 1) add(`${count}`, 'a', away);
    expect(handingIn.waiting).toBe(5_000);
    expect(faults).toEqual(['wechaty.dropped']);
    await handingIn.stop(0);
  });

  it('at its end lets go what cannot be stored, tells it, and leaves no timer', async () => {
    const { add, failing, faults, handingIn, clock } = setUp();
    add('1', 'a', failing(Infinity, new TransientError('away')));
    await expect.poll(() => clock.sleeping().length, { interval: 1 }).toBe(1);
    await handingIn.stop(1_000);
    expect(faults).toEqual(['wechaty.dropped']);
    expect(clock.sleeping()).toEqual([]);
    add('2', 'a');
    expect(handingIn.waiting).toBe(0);
  });
});

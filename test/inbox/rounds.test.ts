import { describe, expect, it } from 'vitest';
import type { Said } from '#core/command';
import type { InboxRow } from '#core/inbox';
import { conversationKey } from '#core/message';
import { NOTHING } from '#core/decision';
import type { Binding, Plan } from '#src/inbox/plan';
import { createRounds } from '#src/inbox/rounds';
import { inbound, NOON } from '#test/support/inbound';

const free: Binding = { kind: 'free' };
const alone: Binding = { kind: 'alone' };

/** Goes together with what is about something else. */
function about(matter: string): Binding {
  const said: Said = { command: 'test', rest: matter, original: matter, message: inbound(matter) };
  return { kind: 'apart', said, isApart: (mine, other) => mine.original !== other.original };
}

let order = 0;

function plan(binding: Binding, chat = 'residents', more: Partial<InboxRow> = {}): Plan {
  const message = inbound('', { chat });
  const conversation = conversationKey(message.from);
  order += 1;
  const times = { availableAt: NOON, receivedAt: NOON };
  const base = { id: `row-${order}`, conversation, partition: 0, order, message, tries: 0, numbers: {} };
  const row: InboxRow = { ...base, ...times, state: 'new', ...more };
  return { resolved: { row, knownMembers: new Map() }, binding, decide: async () => NOTHING };
}

describe('the rounds of a page', () => {
  it('takes everything in front that needs not wait for anything else', () => {
    const plans = [free, about('a'), about('b'), free, about('a'), free].map((one) => plan(one));
    const rounds = createRounds(plans, NOON);

    expect(rounds.next()).toEqual(plans.slice(0, 4));
    for (const one of plans.slice(0, 4)) rounds.settled(one);
    expect(rounds.next()).toEqual(plans.slice(4));
  });

  it('lets a row that must be alone go alone, and nothing past it', () => {
    const plans = [about('a'), alone, free].map((one) => plan(one));
    const rounds = createRounds(plans, NOON);

    for (const one of plans) {
      expect(rounds.next()).toEqual([one]);
      rounds.settled(one);
    }
    expect(rounds.next()).toEqual([]);
  });

  it('keeps rows that got no end where they are', () => {
    const plans = [plan(free), plan(free)];
    const rounds = createRounds(plans, NOON);

    rounds.next();

    expect(rounds.next()).toEqual(plans);
  });

  it('tries a row again alone', () => {
    const [again, other] = [plan(free, 'residents', { retryAt: NOON }), plan(free)];
    const rounds = createRounds([again, other], NOON);

    expect(rounds.next()).toEqual([again]);
  });

  it('lets every conversation come in its turn when there are more than fit into one commit', () => {
    const chats = Array.from({ length: 30 }, (_, index) => `chat-${index}`);
    const plans = chats.flatMap((chat) => Array.from({ length: 60 }, () => plan(free, chat)));
    const rounds = createRounds(plans, NOON);
    const served: string[] = [];

    for (let round = 0; round < 2; round += 1) {
      const next = rounds.next();
      expect(next.length).toBeLessThanOrEqual(850);
      served.push(...new Set(next.map(({ resolved }) => resolved.row.conversation)));
      next.forEach((one) => rounds.settled(one));
    }

    expect(new Set(served).size).toBe(30);
  });
});

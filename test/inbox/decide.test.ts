import { describe, expect, it } from 'vitest';
import type { Decision } from '#core/decision';
import { UserError } from '#core/errors';
import type { DecidedRow, InboxRow } from '#core/inbox';
import { conversationKey } from '#core/message';
import { decideTogether } from '#src/inbox/decide';
import type { Plan } from '#src/inbox/plan';
import { createFakeClock } from '#test/support/fake-clock';
import { inbound, NOON } from '#test/support/inbound';
import { quietTexts } from '#test/support/inbox-engine';

const done: Decision = { writes: [], dispatches: [] };

function plan(id: string, chat: string, decide: () => Decision): Plan {
  const message = inbound(id, { chat });
  const base = { id, message, conversation: conversationKey(message.from), partition: 0, order: 0 };
  const rest = { availableAt: NOON, receivedAt: NOON, numbers: {}, tries: 0, state: 'new' as const };
  const row: InboxRow = { ...base, ...rest };
  return {
    resolved: { row, knownMembers: new Map() },
    binding: { kind: 'free' },
    decide: async () => decide(),
  };
}

/** Decides with a commit that only notes what it was given. */
async function decided(plans: readonly Plan[]) {
  const committed: string[] = [];
  const endings = await decideTogether(plans, {
    commit: async (items: readonly DecidedRow[]) => {
      committed.push(...items.map(({ row }) => row.id));
      return items.map(() => ({ status: 'done' }));
    },
    store: { postpone: async () => undefined },
    clock: createFakeClock(NOON),
    texts: quietTexts,
    trusted: () => [0],
    events: { happened: () => undefined, failed: () => undefined },
  });
  return { committed, endings: [...endings].map(([{ resolved }, ending]) => `${resolved.row.id} ${ending}`) };
}

const fails = () => {
  throw new TypeError('boom');
};

describe('decisions made together', () => {
  it('commits nothing of a conversation behind a decision that failed', async () => {
    const { committed, endings } = await decided([
      plan('a1', 'a', () => done),
      plan('a2', 'a', fails),
      plan('a3', 'a', () => done),
      plan('b1', 'b', () => done),
    ]);

    expect(committed).toEqual(['a1', 'b1']);
    expect(endings.sort()).toEqual(['a1 settled', 'a2 held', 'b1 settled']);
  });

  it('takes a mistake for one only when nothing in front of it is uncommitted', async () => {
    const mistaken = () => {
      throw new UserError('number.unknown', '没有找到诉求#1。');
    };
    const { committed, endings } = await decided([
      plan('a1', 'a', () => done),
      plan('a2', 'a', mistaken),
      plan('a3', 'a', () => done),
      plan('b1', 'b', mistaken),
    ]);

    expect(committed).toEqual(['a1', 'b1']);
    expect(endings).toEqual(['a1 settled', 'b1 settled']);
  });

  it('commits nothing of a conversation behind a decision that is committed by itself', async () => {
    const { committed, endings } = await decided([
      plan('a1', 'a', () => done),
      plan('a2', 'a', () => ({ ...done, guarded: true })),
      plan('a3', 'a', () => done),
    ]);

    expect(committed).toEqual(['a1', 'a2']);
    expect(endings).toEqual(['a1 settled', 'a2 settled']);
  });
});

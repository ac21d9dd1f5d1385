import { beforeEach, describe, expect, it } from 'vitest';

import type { Write } from '#core/decision';
import type { CheckedRange, Counted, Difference, SelfCheckStore } from '#core/self-check';
import { createSelfCheck } from '#handlers/upkeep/self-check';

const NOW = new Date('2026-11-27T10:17:00+08:00');
const SLOT = { scheduleId: 'check.hourly', kind: 'check.hourly', slotAt: NOW } as const;

let concerns: Counted[];
let looks: CheckedRange[];
let standing: Difference[];
let settled: number;
let stoppedAt: string | undefined;

beforeEach(() => {
  [concerns, looks, standing, settled, stoppedAt] = [[], [], [], 0, undefined];
});

function concern(number: number, counted = '2'): Counted {
  const subjectId = `c${String(number).padStart(6, '0')}`;
  return { subjectId, name: `诉求#${number}`, placeId: 'p', stored: '2', counted };
}

const write = (what: string, id: string): Write => ({
  kind: 'update',
  collection: 'differences',
  filter: { _id: id },
  update: { what },
});

const checks: SelfCheckStore = {
  async endorsements(range) {
    looks.push(range);
    if ('ids' in range) return concerns.filter(({ subjectId }) => range.ids.includes(subjectId));
    const from = concerns.filter(({ subjectId }) => range.after === undefined || subjectId > range.after);
    return from.slice(0, range.limit);
  },
  closedPolls: async () => [],
  notices: async () => [],
  mailings: async () => [],
  stoppedAt: async (figure) => (figure === 'endorsements' ? stoppedAt : undefined),
  standing: async () => standing,
  found: ({ subjectId }) => write('found', subjectId),
  gone: ({ subjectId }) => write('gone', subjectId),
  stop: (figure, at) => write(`stopped at ${at ?? 'the end'}`, figure),
};

async function check(onSettle: () => void = () => undefined) {
  const polls = { tally: () => Promise.reject(new Error('there are no polls')) };
  const settle = async () => {
    settled += 1;
    onSettle();
  };
  const decision = await createSelfCheck({ checks, polls, settle })(SLOT, NOW);
  const told = decision.writes.map((one) => {
    if (one.kind !== 'update' || !('what' in one.update)) throw new Error('an unexpected write');
    return `${String(one.filter['_id'])} ${String(one.update.what)}`;
  });
  return { event: decision.event, told };
}

describe('the self-check', () => {
  it('waits for nothing when nothing differs', async () => {
    concerns = [concern(1), concern(2)];
    expect(await check()).toMatchObject({ event: 'check.clean' });
    expect(settled).toBe(0);
  });

  it('tells of what differs at a second look, not of what was between two writes', async () => {
    concerns = [concern(1, '3'), concern(2, '5'), concern(3)];
    const { event, told } = await check(() => (concerns[0] = concern(1)));
    expect(event).toBe('check.differs');
    expect(told).toContain('c000002 found');
    expect(told).not.toContain('c000001 found');
    expect(settled).toBe(1);
  });

  it('looks again at what it told of before, and says when it is gone', async () => {
    concerns = [concern(1)];
    stoppedAt = 'c000009';
    standing = [{ ...concern(1, '3'), figure: 'endorsements', foundAt: NOW }];
    expect((await check()).told).toContain('c000001 gone');
  });

  it('reads a bounded number of rows, and goes on from there the next time', async () => {
    concerns = Array.from({ length: 12_000 }, (_, index) => concern(index));
    expect((await check()).told).toContain('endorsements stopped at c009999');
    expect(looks).toHaveLength(20);
    stoppedAt = 'c009999';
    expect((await check()).told).toContain('endorsements stopped at the end');
    expect(looks.at(20)).toEqual({ after: 'c009999', limit: 500 });
  });
});

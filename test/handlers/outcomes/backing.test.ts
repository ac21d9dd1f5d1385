import { describe, expect, it } from 'vitest';
import type { PollMethod } from '#core/vote-method';
import { backingWords } from '#handlers/outcomes/outcome-text';
import { samplePoll } from '#test/models/vote-samples';

const counted = {
  counts: [79, 15, 4],
  voters: 98,
  rollSize: 120,
  checks: [],
  quorumMet: true,
  countedAt: new Date('2026-12-20T10:00:00Z'),
};

const backing = (method: PollMethod, leading?: number) =>
  backingWords({
    ...samplePoll(),
    unit: '户',
    method,
    result: { ...counted, ...(leading !== undefined && { leading }) },
  });

describe('what a poll says for an assignment', () => {
  it('names voters where the figures are voters', () => {
    expect(backing({ kind: 'forAgainst' }, 0)).toBe('79户赞成');
    expect(backing({ kind: 'several', min: 1, max: 2 }, 1)).toBe('15户反对');
  });

  it('takes no points for people', () => {
    expect(backing({ kind: 'points', points: 10 }, 0)).toBe('赞成排第一');
    expect(backing({ kind: 'ranking', rule: 'borda' }, 0)).toBe('赞成排第一');
    expect(backing({ kind: 'score' }, 0)).toBe('赞成排第一');
  });

  it('says nothing where no option came first', () => {
    expect(backing({ kind: 'single' })).toBeUndefined();
  });
});

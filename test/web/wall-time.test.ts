import { describe, expect, it } from 'vitest';

import { instantOf, nextMonday, wallTimeIn, wallTimeOf } from '../../web/src/console/data/wall-time.ts';

const friday = new Date('2026-12-18T02:30:00Z');

describe('wall times', () => {
  it('are read in the zone of the place, whatever the zone of the computer', () => {
    expect(instantOf('2026-12-20T18:00')).toBe('2026-12-20T10:00:00.000Z');
    expect(wallTimeOf('2026-12-20T10:00:00.000Z')).toBe('2026-12-20T18:00');
  });

  it('are absent for what is not a time', () => {
    expect(instantOf('')).toBeUndefined();
    expect(instantOf('soon')).toBeUndefined();
  });

  it('can be named by days from now', () => {
    expect(wallTimeIn(friday, 1, 9)).toBe('2026-12-19T09:00');
    expect(nextMonday(friday, 9)).toBe('2026-12-21T09:00');
  });
});

import { describe, expect, it } from 'vitest';

import { merged } from '../../web/src/console/data/merged-rows.ts';

const row = (id: string, title = id) => ({ id, title });

describe('steady rows', () => {
  it('keep their places when new rows come in above them', () => {
    const { rows, newCount } = merged([row('a'), row('b')], [row('new'), row('b'), row('a')]);
    expect(rows.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(newCount).toBe(1);
  });

  it('are renewed in place', () => {
    expect(merged([row('a', 'old')], [row('a', 'fresh')]).rows).toEqual([row('a', 'fresh')]);
  });

  it('stay until asked for when others took them away', () => {
    const { rows, goneCount } = merged([row('a'), row('b')], [row('b')]);
    expect(rows.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(goneCount).toBe(1);
  });

  it('grow at the end at once, where nothing is moved', () => {
    const { rows, newCount } = merged([row('a')], [row('a'), row('next page')]);
    expect(rows.map(({ id }) => id)).toEqual(['a', 'next page']);
    expect(newCount).toBe(0);
  });

  it('count every row as new when none of the shown ones is left', () => {
    expect(merged([row('a')], [row('b'), row('c')])).toMatchObject({ newCount: 2, goneCount: 1 });
  });
});

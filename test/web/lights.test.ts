import { describe, expect, it } from 'vitest';

import { lightWords } from '../../web/src/components/light-words.ts';

describe('lights', () => {
  it('differ in shape and in word, so that colour only repeats them', () => {
    const lights = [
      lightWords('red', true),
      lightWords('yellow', false),
      lightWords('green', false),
      lightWords('green', true),
    ];
    expect(new Set(lights.map(({ shape }) => shape)).size).toBe(4);
    expect(new Set(lights.map(({ word }) => word)).size).toBe(4);
  });

  it('are hollow once something overdue has caught up', () => {
    expect(lightWords('green', true)).toEqual({ shape: '□', word: '曾逾期' });
    expect(lightWords('red', true)).toEqual({ shape: '■', word: '逾期' });
  });
});

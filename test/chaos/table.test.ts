import { describe, expect, it } from 'vitest';

import { longestGapMs } from '../../chaos/load.ts';
import { none, notRun, row, tableOf } from '../../chaos/table.ts';
import { wordsOf } from '../../chaos/words.ts';

describe('a line of the table', () => {
  it('names the first few of what must not be', () => {
    expect(none('lost', [])).toMatchObject({ figure: '0', ok: true });
    expect(none('lost', ['a', 'b', 'c', 'd'])).toMatchObject({ figure: '4: a, b, c', ok: false });
  });

  it('that could not be tried does not hold', () => {
    expect(notRun('clocks', 'no library')).toMatchObject({ figure: 'not run: no library', ok: false });
  });

  it('shows what is broken', () => {
    expect(tableOf([row('lost', 0, '0', true), row('doubled', 2, '0', false)])).toBe(
      [
        '| test    | figure | bound | ok     |',
        '| ------- | ------ | ----- | ------ |',
        '| lost    | 0      | 0     | ok     |',
        '| doubled | 2      | 0     | BROKEN |',
      ].join('\n'),
    );
  });
});

describe('the longest gap', () => {
  it('is found between, before and after the answers', () => {
    expect(longestGapMs([10, 20, 50], 0, 60)).toBe(30);
    expect(longestGapMs([30], 0, 40)).toBe(30);
    expect(longestGapMs([], 0, 40)).toBe(40);
  });
});

describe('words', () => {
  it('are the same for the same message and no other', () => {
    const words = Array.from({ length: 500 }, (_, index) => wordsOf(`message-${index}`));
    expect(new Set(words).size).toBe(500);
    expect(wordsOf('message-7')).toBe(words[7]);
  });
});

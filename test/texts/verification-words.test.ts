import { describe, expect, it } from 'vitest';

import type { PollFault } from '#core/poll-fault';
import type { PollMethod } from '#core/vote-method';
import { countingWords, faultWords } from '#texts/verification-words';

const NAMED: readonly (readonly [PollFault, string])[] = [
  [{ part: 'ballots', kind: 'altered', row: 17, name: '7K2M9QXA' }, '选票第17行（回执 7K2M9QXA）被改过'],
  [{ part: 'roll', kind: 'altered', row: 2, name: 'ab'.repeat(16) }, '名册第2行（投票人 abababab…）被改过'],
  [{ part: 'choices', kind: 'repeated', row: 2 }, '选法汇总第2行和前面的重复，是多出来的'],
  [{ part: 'events', kind: 'unordered', row: 2 }, '投票记录第2行换过位置'],
  [{ part: 'events', kind: 'early', row: 2 }, '投票记录第2行是开投以前的'],
  [{ part: 'end', kind: 'late' }, '截止时间比开投时说的晚'],
  [{ part: 'end', kind: 'early' }, '截止时间比开投时说的早，又没有写提前截止的原因'],
  [{ part: 'ballots', kind: 'stranger', row: 2 }, '选票第2行不在名册上，是多出来的'],
  [{ part: 'ballots', kind: 'impossible', row: 2 }, '选票第2行选了没有的选项'],
  [{ part: 'ballots', kind: 'late', row: 2 }, '选票第2行是截止以后的'],
  [{ part: 'ballots', kind: 'unrecorded', row: 2 }, '选票第2行没有投票记录，是多出来的'],
  [{ part: 'ballots', kind: 'outdated', row: 2 }, '选票第2行和投票记录对不上'],
  [
    { part: 'ballots', kind: 'missing', name: 'cd'.repeat(16) },
    '少了一张选票：投票人 cdcdcdcd… 有投票记录，没有选票',
  ],
  [
    { part: 'events', kind: 'broken', row: 3 },
    '投票记录第3行接不上前一行：这里有记录被改、被删、被加或换过位置',
  ],
  [{ part: 'opening', kind: 'changed' }, '题目、规则或名册和开投时公布的指纹不一样，开投以后被改过'],
  [{ part: 'rules', kind: 'changed' }, '规则和封存的不一样，被改过'],
  [{ part: 'ballots', kind: 'count', found: 2, expected: 3 }, '选票有2行，封存的是3行：少了1行'],
  [{ part: 'choices', kind: 'count', found: 4, expected: 3 }, '选法汇总一共4票，选票有3张：多了1'],
  [
    { part: 'result', kind: 'miscounted', row: 1, found: 79, expected: 78 },
    '「赞成」的票数写的是79，按选票重数是78',
  ],
  [{ part: 'result', kind: 'miscounted', found: 79, expected: 78 }, '投票人数写的是79，按选票重数是78'],
  [{ part: 'result', kind: 'miscounted' }, '票数的明细和按选票重数的不一样'],
  [
    { part: 'seal', kind: 'otherCode', found: 'A', expected: 'B' },
    '这份文件的核验码是 A，公布的是 B：不是公布的那一份',
  ],
];

describe('faults', () => {
  it.each(NAMED)('are named: %o', (fault, words) => {
    expect(faultWords(fault, ['赞成', '反对'])).toBe(words);
  });
});

describe('rules of counting', () => {
  const METHODS: readonly PollMethod[] = [
    { kind: 'forAgainst' },
    { kind: 'single' },
    { kind: 'several', min: 1, max: 3 },
    { kind: 'ranking', rule: 'borda' },
    { kind: 'ranking', rule: 'instantRunoff' },
    { kind: 'points', points: 10 },
    { kind: 'score' },
    { kind: 'budget', limit: 30, costs: [10, 20], unit: '万元' },
  ];
  it('have words of their own', () => {
    expect(new Set(METHODS.map(countingWords)).size).toBe(METHODS.length);
    expect(countingWords({ kind: 'several', min: 1, max: 3 })).toBe('多选（1至3项），各项数票数');
  });
});

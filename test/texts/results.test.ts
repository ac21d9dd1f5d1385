import { describe, expect, it } from 'vitest';
import { definedFields } from '#core/decision';
import type { MethodCount, PollMethod } from '#core/vote-method';
import { judgePoll } from '#procedure/verdict';
import { countedPoll } from '#texts/counted-poll';
import { ballotExample, choiceWords, howToVote } from '#texts/method-words';
import { meanWords } from '#texts/poll-figures';
import { openedText } from '#texts/poll-texts';
import { checkLines, resultTexts, verdictWords } from '#texts/result-texts';
import { ruleLines } from '#texts/rule-words';
import { checkChoice } from '#procedure/choices';
import { givenOf, readBallot } from '#handlers/polls/read-ballot';
import { samplePoll } from '../models/vote-samples.ts';

const lines = (...parts: string[]): string => parts.join('\n');
const words = { topicNumber: 3, title: '3号楼加装电梯', nextStep: '街道党组织研究' };

describe('what is read about a poll by persons and area', () => {
  const byArea = (
    voted: number,
    votes: readonly number[],
    areas: readonly number[],
    article278: 'ordinary' | 'major',
  ) => {
    const tally = {
      counts: votes,
      voters: voted,
      joined: {
        rollArea: 1_000_000,
        votedArea: areas.reduce((sum, area) => sum + area, 0),
        areas,
        households: voted,
        rollHouseholds: 120,
        byBuilding: [],
      },
    };
    const poll = samplePoll({
      unit: '户',
      rollSize: 120,
      quorum: 80,
      rules: { ...samplePoll().rules, article278 },
    });
    return countedPoll(poll, judgePoll(tally, poll, new Date(0)));
  };

  it('says both shares, and that both are enough', () => {
    const adopted = byArea(98, [79, 15, 4], [700_000, 150_000, 10_000], 'major');
    expect(resultTexts.resultByArea({ ...adopted, ...words })).toBe(
      lines(
        '【结果】议题#3 3号楼加装电梯：通过',
        '120户投了98户（81.7%），面积86.0%，都够三分之二',
        '赞成79户80.6%、面积81.4%，都够四分之三。供决策参考',
        '下一步：街道党组织研究',
      ),
    );
    expect(checkLines(adopted)).toEqual([
      '投票98户（81.7%），要80户，够',
      '投票的面积8,600㎡（86.0%），要6,666.67㎡，够',
      '赞成79户（80.6%），要74户，够',
      '赞成的面积7,000㎡（81.4%），要6,450㎡，够',
    ]);
  });

  it('names what was too little: area, persons, or both', () => {
    const verdict = (voted: number, area: number) =>
      verdictWords(byArea(voted, [voted, 0, 0], [area, 0, 0], 'ordinary'));
    expect(verdict(98, 600_000)).toBe('面积不够，不算数');
    expect(verdict(71, 700_000)).toBe('人数不够，不算数');
    expect(verdict(71, 600_000)).toBe('人数和面积不够，不算数');
    expect(verdict(80, 666_667)).toBe('通过');
    expect(verdict(80, 666_666)).toBe('面积不够，不算数');
  });

  it('is not adopted by many small owners alone', () => {
    const many = byArea(98, [90, 8, 0], [400_000, 450_000, 0], 'ordinary');
    const text = resultTexts.resultByArea({ ...many, ...words });
    expect(text).toContain('：没通过');
    expect(text).toContain('要都够过半');
  });
});

const OPTIONS = ['修路', '路灯', '绿化'];
const METHODS: readonly PollMethod[] = [
  { kind: 'single' },
  { kind: 'several', min: 1, max: 2 },
  { kind: 'several', min: 2, max: 2 },
  { kind: 'ranking', rule: 'borda' },
  { kind: 'ranking', rule: 'instantRunoff' },
  { kind: 'points', points: 10 },
  { kind: 'points', points: 1 },
  { kind: 'score' },
  { kind: 'budget', limit: 1_000_000, costs: [400_000, 25_000, 800], unit: '元' },
];

describe('every method', () => {
  it.each(METHODS)('%j is opened with an example that counts when it is copied', (method) => {
    const poll = { method, options: OPTIONS };
    const { said } = readBallot(ballotExample(poll));
    const given = said && givenOf(said, OPTIONS);
    expect(given && checkChoice(poll, given)).toMatchObject({ ok: true });
    const opened = { ...words, electorate: '居民', closes: '1月2日', poll, secrecy: 'open' } as const;
    expect(openedText(opened)).toContain(howToVote(poll));
    for (const option of OPTIONS) expect(openedText(opened)).toContain(option);
  });

  it('does not cut the title where the options have lines of their own', () => {
    const title = '3号楼门口路灯怎么修';
    const poll = { method: { kind: 'ranking', rule: 'borda' }, options: OPTIONS } as const;
    const text = openedText({
      ...words,
      title,
      electorate: '幸福里居民，每人1票',
      closes: '1月2日',
      poll,
      secrecy: 'open',
    });
    expect(text.split('\n').slice(0, 2)).toEqual([
      expect.stringContaining(title),
      '幸福里居民，每人1票，1月2日截止',
    ]);
  });

  it.each(METHODS)('%j says its rules', (method) => {
    const rules = ruleLines(samplePoll({ method, options: OPTIONS }));
    expect(rules.map(([about]) => about)).toContain('投法');
    expect(rules.every(([, said]) => said !== '' && !said.includes('undefined'))).toBe(true);
  });

  it.each([
    [undefined, '以消息发出的时间为准'],
    [0, '以消息发出的时间为准；截止后马上计票'],
    [30, '以消息发出的时间为准；截止后再等30秒，收还在路上的票'],
  ])('a wait of %s s is said as it was frozen', (graceSeconds, said) => {
    const { rules } = samplePoll();
    const frozen = ruleLines(samplePoll({ rules: { ...rules, ...definedFields({ graceSeconds }) } }));
    expect(frozen).toContainEqual(['怎么算按时', said]);
    expect(new Set(frozen.map(([about]) => about)).size).toBe(frozen.length);
  });

  it.each<[PollMethod, MethodCount, string, string]>([
    [
      { kind: 'several', min: 1, max: 2 },
      { counts: [3, 5, 2], voters: 6 },
      '「路灯」最多',
      '修路3　路灯5　绿化2',
    ],
    [{ kind: 'ranking', rule: 'borda' }, { counts: [9, 5, 4], voters: 6 }, '「修路」第一', '修路 9分'],
    [{ kind: 'points', points: 3 }, { counts: [9, 9, 0], voters: 6 }, '并列第一', '修路 9分'],
    [{ kind: 'score' }, { counts: [26, 12, 6], voters: 6 }, '「修路」第一', '修路 4.3分'],
    [
      { kind: 'budget', limit: 1_000_000, costs: [400_000, 25_000, 800_000], unit: '元' },
      { counts: [5, 4, 3], voters: 6, detail: { kind: 'budget', chosen: [0, 1], spent: 425_000 } },
      '2项列入，共42.5万元',
      '修路 40万元 5人',
    ],
    [
      { kind: 'ranking', rule: 'instantRunoff' },
      {
        counts: [3, 2, 1],
        voters: 6,
        detail: { kind: 'instantRunoff', rounds: [{ votes: [3, 2, 1], out: 2 }, { votes: [2, 4, 0] }] },
      },
      '「路灯」第一',
      '路灯 4人',
    ],
  ])('%j says what came of it', (method, count, verdict, votes) => {
    const poll = samplePoll({ method, options: OPTIONS, rollSize: 10 });
    const counted = countedPoll(poll, judgePoll(count, poll, new Date(0)));
    expect(verdictWords(counted)).toBe(verdict);
    expect(resultTexts.result({ ...counted, ...words })).toContain(votes);
  });
});

it('a choice is repeated in words', () => {
  const said = (method: PollMethod, choice: readonly number[]) =>
    choiceWords({ method, options: OPTIONS }, choice);
  expect(said({ kind: 'several', min: 1, max: 2 }, [0, 2])).toBe('修路、绿化');
  expect(said({ kind: 'ranking', rule: 'borda' }, [2, 0, 1])).toBe('1 绿化、2 修路、3 路灯');
  expect(said({ kind: 'points', points: 10 }, [7, 0, 3])).toBe('修路7分、绿化3分');
});

it('a mean is rounded half up, exactly', () => {
  expect([meanWords(26, 6), meanWords(9, 4), meanWords(17, 4), meanWords(0, 0)]).toEqual([
    '4.3',
    '2.3',
    '4.3',
    '–',
  ]);
});

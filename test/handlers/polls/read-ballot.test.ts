import { describe, expect, it } from 'vitest';
import {
  givenOf,
  isBareVote,
  optionSaid,
  quotedTopic,
  readBallot,
  readTopicBallot,
} from '#handlers/polls/read-ballot';
import { readMethod } from '#handlers/polls/read-method';
import { readBallotFigures } from '#language/ballot-form';
import { checkChoice } from '#procedure/choices';
import { remindAt } from '#handlers/polls/open-poll';
import { parsePollWords } from '#handlers/polls/prepare-poll';
import { normalizeCommandText } from '#language/normalize';

const OPTIONS = ['赞成', '反对', '弃权'];
const context = {
  now: new Date('2026-12-13T02:00:00Z'),
  place: { timeZone: 'Asia/Shanghai' },
} as unknown as Parameters<typeof parsePollWords>[1];

/** What `投<rest>` chooses: the topic and the option. */
function chosen(rest: string, options = OPTIONS) {
  const { topicNumber, said } = readBallot(normalizeCommandText(rest));
  const given = said && givenOf(said, options);
  const checked = given && checkChoice({ method: { kind: 'single' }, options }, given);
  return [topicNumber, checked?.ok === true ? checked.choice[0] : undefined];
}

describe('a ballot in words', () => {
  it.each([
    ['1', [undefined, 0]],
    ['１', [undefined, 0]],
    ['①', [undefined, 0]],
    [' 2 ', [undefined, 1]],
    ['第三项', [undefined, 2]],
    ['三号', [undefined, 2]],
    ['赞成', [undefined, 0]],
    ['贊成', [undefined, 0]],
    ['赞成票。', [undefined, 0]],
    ['弃', [undefined, 2]],
    ['：反对！', [undefined, 1]],
    ['1 赞成', [undefined, 0]],
    ['1，谢谢', [undefined, 0]],
    ['1 谢谢大家', [undefined, 0]],
    ['赞成，谢谢社区', [undefined, 0]],
    ['反对！多谢', [undefined, 1]],
    ['1吧', [undefined, 0]],
    ['1.', [undefined, 0]],
    ['我赞成', [undefined, 0]],
    ['赞成！！！', [undefined, 0]],
    ['反对反对', [undefined, 1]],
    ['同意', [undefined, 0]],
    ['我支持', [undefined, 0]],
    ['不同意', [undefined, 1]],
    ['我不贊成', [undefined, 1]],
    ['议题3 2', [3, 1]],
    ['議題三 投２', [3, 1]],
    ['议题#3 赞成', [3, 0]],
    ['1 议题3', [3, 0]],
    ['5', [undefined, undefined]],
    ['0', [undefined, undefined]],
    ['随便', [undefined, undefined]],
    ['11', [undefined, undefined]],
    ['1 反对', [undefined, undefined]],
    ['1，不同意', [undefined, undefined]],
    ['1 但是太贵，还是2', [undefined, undefined]],
    ['1 2 谢谢', [undefined, undefined]],
    ['1和2吧', [undefined, undefined]],
    ['1部电梯', [undefined, undefined]],
    ['一票', [undefined, undefined]],
    ['两票', [undefined, undefined]],
    ['不反对', [undefined, undefined]],
    ['都不选', [undefined, undefined]],
    ['赞成才怪', [undefined, undefined]],
    ['赞成，但是价钱太高', [undefined, undefined]],
    ['赞成吗', [undefined, undefined]],
    ['赞成还是反对', [undefined, undefined]],
    ['赞成反对', [undefined, undefined]],
    ['-1', [undefined, undefined]],
    ['1.5', [undefined, undefined]],
    ['1 2', [undefined, undefined]],
  ])('投%s chooses %j', (rest, expected) => {
    expect(chosen(rest)).toEqual(expected);
  });

  it('counts a beginning only when one option has it', () => {
    const options = ['一单元先装', '一单元后装', '都装'];
    expect(chosen('都', options)).toEqual([undefined, 2]);
    expect(chosen('一单元', options)[1]).toBeUndefined();
    expect(chosen('一单元后', options)).toEqual([undefined, 1]);
  });

  it.each([
    ['1部电梯', 1],
    ['1部', 1],
    ['2部电梯', 0],
    ['2 1部电梯', 1],
    ['1 1部电梯', undefined],
    ['分期付款', 2],
    ['分期', 2],
    ['选分期付款', 2],
    ['1', 0],
    ['3', 2],
    ['赞成', undefined],
  ])('of options that begin like a number or a verb takes the one that is named: 投%s', (rest, option) => {
    expect(chosen(rest, ['2部电梯', '1部电梯', '分期付款'])[1]).toBe(option);
  });

  it('of several options takes all that are said, with thanks or without', () => {
    const { said } = readBallot('1 3，谢谢大家');
    expect(said).toEqual({ kind: 'list', values: [1, 3] });
  });

  it('takes 赞成 for 同意 where that is what the options say, and for neither where both are there', () => {
    expect(chosen('赞成', ['同意', '不同意'])[1]).toBe(0);
    expect(chosen('我反对', ['同意', '不同意'])[1]).toBe(1);
    expect(chosen('支持', ['赞成', '同意', '反对'])[1]).toBeUndefined();
  });

  it('behind the word 议题 begins with the topic', () => {
    expect(readTopicBallot('3 投1')).toEqual({ topicNumber: 3, said: { kind: 'list', values: [1] } });
    expect(readTopicBallot('3投1')).toEqual({ topicNumber: 3, said: { kind: 'list', values: [1] } });
    expect(readTopicBallot('#3 赞成')).toEqual({ topicNumber: 3, said: { kind: 'words', words: '赞成' } });
    expect(readTopicBallot('3')).toEqual({ topicNumber: 3 });
    expect(readTopicBallot('的事')).toEqual({});
  });
});

describe('figures without a word of voting', () => {
  const isBare = (said: string) => {
    const figures = readBallotFigures(said);
    return figures !== undefined && isBareVote(said, figures);
  };

  it.each(['1', '①', '１。', '第二项', '3号', '1 3 5', '①③', '2>1>3', '一、三', '1和3'])(
    '%s may be a vote',
    (said) => {
      expect(isBare(said)).toBe(true);
    },
  );

  it.each(['666', '3号楼', '12月20日', '1个人', '一直', '赞成', '', '10086', '1+1', '2026 12 20', '18:30'])(
    '%s is none',
    (said) => {
      expect(isBare(said)).toBe(false);
    },
  );
});

describe('a ballot in figures', () => {
  it.each<[string, object]>([
    ['投 1 3 5', { kind: 'list', values: [1, 3, 5] }],
    ['投１，３', { kind: 'list', values: [1, 3] }],
    ['排 2 1 3', { kind: 'list', values: [2, 1, 3], as: 'order' }],
    ['2＞1＞3', { kind: 'list', values: [2, 1, 3], as: 'order' }],
    ['排：二、一、三', { kind: 'list', values: [2, 1, 3], as: 'order' }],
    ['打分 5 4 3', { kind: 'list', values: [5, 4, 3], as: 'marks' }],
    ['5 4 4', { kind: 'list', values: [5, 4, 4] }],
    [
      '分 1:5 2:3 3:2',
      {
        kind: 'pairs',
        pairs: [
          [1, 5],
          [2, 3],
          [3, 2],
        ],
      },
    ],
    [
      '分1：５，2：3',
      {
        kind: 'pairs',
        pairs: [
          [1, 5],
          [2, 3],
        ],
      },
    ],
    [
      '1给5分 2给3分',
      {
        kind: 'pairs',
        pairs: [
          [1, 5],
          [2, 3],
        ],
      },
    ],
    ['第一项 5分', undefined as never],
    ['1 2 楼道灯坏了', undefined as never],
    ['2-4', undefined as never],
    ['50%', undefined as never],
  ])('%s is %j', (said, figures) => {
    expect(readBallotFigures(said)).toEqual(figures);
  });

  it('may be names of options, one after the other', () => {
    const options = ['修路', '路灯', '绿化'];
    const { said } = readBallot(normalizeCommandText('绿化、修路'));
    expect(said && givenOf(said, options)).toEqual({ kind: 'list', values: [3, 1] });
    const { said: strange } = readBallot(normalizeCommandText('绿化、游泳池'));
    expect(strange && givenOf(strange, options)).toBeUndefined();
  });
});

describe('words without a trigger', () => {
  it.each([
    ['赞成!', 'name'],
    ['我投赞成票', 'name'],
    ['1 赞成', 'name'],
    ['2、反对', 'name'],
    ['我投赞成，谢谢', 'name'],
    ['反对！反对！', 'name'],
    ['同意', 'stance'],
    ['我不赞成', 'stance'],
    ['1 反对', 'unclear'],
    ['不反对', 'unclear'],
    ['赞成反对', 'unclear'],
    ['赞成，但是太贵', 'unclear'],
    ['反对 理由见附件', 'unclear'],
    ['赞', undefined],
    ['赞成的扣1', undefined],
    ['谁赞成', undefined],
    ['谢谢', undefined],
    ['谢谢赞成的邻居', undefined],
    ['1 楼灯坏了', undefined],
  ])('%s is %s to a poll for and against', (text, expected) => {
    expect(optionSaid(normalizeCommandText(text), OPTIONS)).toBe(expected);
  });

  it('say nothing about options that are other things', () => {
    const options = ['修路', '路灯', '绿化'];
    for (const text of ['赞成', '同意', '不反对', '修', '修路的事'])
      expect(optionSaid(text, options)).toBeUndefined();
    expect(optionSaid('投修路', options)).toBe('name');
    expect(optionSaid('1 修路', options)).toBe('name');
    expect(optionSaid('2 修路', options)).toBe('unclear');
  });
});

describe('a quote of the bot', () => {
  it('names its topic', () => {
    expect(quotedTopic({ text: '【表决】议题#12 停车位，回复「议题12 投1」' })).toBe(12);
    expect(quotedTopic({ text: '明天停水' })).toBeUndefined();
    expect(quotedTopic(undefined)).toBeUndefined();
  });

  it('that names two topics names none', () => {
    expect(quotedTopic({ text: '现在有两个表决：回复「议题3 投1」，回复「议题4 投1」' })).toBeUndefined();
  });
});

describe('表决 in the secretaries’ group', () => {
  it('needs only the number', () => {
    expect(parsePollWords('3', context)).toEqual({ topicNumber: 3 });
  });

  it('takes how to choose for no option, wherever it is said', () => {
    const ranked = { topicNumber: 3, options: ['修路', '绿化'], method: { kind: 'ranking', rule: 'borda' } };
    expect(parsePollWords('3 排先后 选项：修路、绿化', context)).toEqual(ranked);
    expect(parsePollWords('3 选项：修路、绿化 排先后', context)).toEqual(ranked);
    expect(parsePollWords('3 选项：修路、绿化，每人１０分', context)).toMatchObject({
      options: ['修路', '绿化'],
      method: { kind: 'points', points: 10 },
    });
    expect(parsePollWords('3 选项：修路、多选停车位', context)).toMatchObject({
      options: ['修路', '多选停车位'],
    });
    expect(parsePollWords('电梯', context)).toBeUndefined();
  });

  it('takes deadline, quorum and options in any usual form', () => {
    expect(parsePollWords('3 至12月20日18:00 满80人', context)).toEqual({
      topicNumber: 3,
      closesAt: new Date('2026-12-20T10:00:00Z'),
      quorum: 80,
    });
    expect(parsePollWords('３ 至少２人 选项：先装一单元、都装', context)).toMatchObject({
      topicNumber: 3,
      quorum: 2,
      options: ['先装一单元', '都装'],
    });
  });
});

describe('the way to choose, as a secretary says it', () => {
  it.each<[string, object]>([
    ['最多选2项', { kind: 'several', min: 1, max: 2 }],
    ['选１至三项', { kind: 'several', min: 1, max: 3 }],
    ['排先后', { kind: 'ranking', rule: 'borda' }],
    ['逐轮淘汰', { kind: 'ranking', rule: 'instantRunoff' }],
    ['每人10分', { kind: 'points', points: 10 }],
    ['打分', { kind: 'score' }],
  ])('%s is %j', (words, method) => {
    expect(readMethod(normalizeCommandText(words), []).method).toEqual(method);
  });

  it('of a budget takes the costs off the options', () => {
    expect(readMethod('预算100万元', ['修路40万元', '路灯 25000元', '绿化'])).toMatchObject({
      options: ['修路', '路灯', '绿化'],
      method: { kind: 'budget', limit: 1_000_000, costs: [400_000, 25_000, 0], unit: '元' },
    });
  });

  it('is read beside deadline and quorum', () => {
    expect(parsePollWords('3 至12月20日18:00 满80人 最多选2项 选项：修路、路灯、绿化', context)).toEqual({
      topicNumber: 3,
      closesAt: new Date('2026-12-20T10:00:00Z'),
      quorum: 80,
      options: ['修路', '路灯', '绿化'],
      method: { kind: 'several', min: 1, max: 2 },
    });
  });
});

describe('the reminder of a poll', () => {
  const zone = 'Asia/Shanghai';
  const opened = new Date('2026-12-13T02:00:00Z');

  it('comes at 9:00 of the last day', () => {
    expect(remindAt(opened, new Date('2026-12-20T10:00:00Z'), zone)).toEqual(
      new Date('2026-12-20T01:00:00Z'),
    );
  });

  it('comes three hours before the end when 9:00 is past', () => {
    expect(remindAt(opened, new Date('2026-12-13T10:00:00Z'), zone)).toEqual(
      new Date('2026-12-13T07:00:00Z'),
    );
  });

  it('never comes at night, and not at all in a poll too short for it', () => {
    expect(remindAt(opened, new Date('2026-12-20T00:00:00Z'), zone)).toEqual(
      new Date('2026-12-19T23:00:00Z'),
    );
    expect(remindAt(opened, new Date('2026-12-13T03:00:00Z'), zone)).toBeUndefined();
  });
});

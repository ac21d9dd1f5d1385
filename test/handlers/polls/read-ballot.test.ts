import { describe, expect, it } from 'vitest';
import {
  isOptionName,
  optionOf,
  quotedTopic,
  readBallot,
  readBareNumber,
  readTopicBallot,
} from '#handlers/polls/read-ballot';
import { remindAt } from '#handlers/polls/open-poll';
import { parsePollWords } from '#handlers/polls/prepare-poll';
import { normalizeCommandText } from '#language/normalize';

const OPTIONS = ['赞成', '反对', '弃权'];

/** What `投<rest>` chooses: the topic and the option. */
function chosen(rest: string, options = OPTIONS) {
  const { topicNumber, choice } = readBallot(normalizeCommandText(rest));
  return [topicNumber, choice && optionOf(choice, options)];
}

describe('a ballot in words', () => {
  it.each([
    ['1', [undefined, 0]],
    ['１', [undefined, 0]],
    ['①', [undefined, 0]],
    [' 2 ', [undefined, 1]],
    ['第三项', [undefined, 2]],
    ['两票', [undefined, 1]],
    ['三号', [undefined, 2]],
    ['赞成', [undefined, 0]],
    ['贊成', [undefined, 0]],
    ['赞成票。', [undefined, 0]],
    ['弃', [undefined, 2]],
    ['：反对！', [undefined, 1]],
    ['1 赞成', [undefined, 0]],
    ['议题3 2', [3, 1]],
    ['議題三 投２', [3, 1]],
    ['议题#3 赞成', [3, 0]],
    ['1 议题3', [3, 0]],
    ['5', [undefined, undefined]],
    ['0', [undefined, undefined]],
    ['随便', [undefined, undefined]],
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

  it('behind the word 议题 begins with the topic', () => {
    expect(readTopicBallot('3 投1')).toEqual({ topicNumber: 3, choice: { kind: 'number', value: 1 } });
    expect(readTopicBallot('3投1')).toEqual({ topicNumber: 3, choice: { kind: 'number', value: 1 } });
    expect(readTopicBallot('#3 赞成')).toEqual({ topicNumber: 3, choice: { kind: 'words', words: '赞成' } });
    expect(readTopicBallot('3')).toEqual({ topicNumber: 3 });
    expect(readTopicBallot('的事')).toEqual({});
  });
});

describe('a bare number', () => {
  it.each([
    ['1', 1],
    ['①', 1],
    ['１。', 1],
    ['第二项', 2],
    ['3号', 3],
  ])('%s is %i', (said, value) => {
    expect(readBareNumber(normalizeCommandText(said))).toBe(value);
  });

  it.each(['666', '3号楼', '12月20日', '1个人', '一直', '赞成', '', '10086', '1+1'])('%s is none', (said) => {
    expect(readBareNumber(normalizeCommandText(said))).toBeUndefined();
  });
});

it('an option is named only by its whole name', () => {
  expect(isOptionName('赞成!', OPTIONS)).toBe(true);
  expect(isOptionName('赞', OPTIONS)).toBe(false);
});

it('a quote of the bot names its topic', () => {
  expect(quotedTopic({ text: '【表决】议题#12 停车位' })).toBe(12);
  expect(quotedTopic({ text: '明天停水' })).toBeUndefined();
  expect(quotedTopic(undefined)).toBeUndefined();
});

describe('表决 in the secretaries’ group', () => {
  const context = {
    now: new Date('2026-12-13T02:00:00Z'),
    place: { timeZone: 'Asia/Shanghai' },
  } as unknown as Parameters<typeof parsePollWords>[1];

  it('needs only the number', () => {
    expect(parsePollWords('3', context)).toEqual({ topicNumber: 3 });
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

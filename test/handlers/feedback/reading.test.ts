import { describe, expect, it } from 'vitest';
import { readAnswer } from '#handlers/feedback/given-answer';
import { readRating } from '#handlers/feedback/rate-commands';

describe('an answer as a secretary types it', () => {
  it.each([
    ['办好了：12月3日换了新灯', { kind: 'done', text: '12月3日换了新灯' }],
    ['已经修好了，12月3日换了新灯', { kind: 'done', text: '已经修好了，12月3日换了新灯' }],
    ['物业12月3日换了新灯', { kind: 'done', text: '物业12月3日换了新灯' }],
    ['办好了', { kind: 'done', text: '办好了' }],
    [
      '办一部分：先加一盏灯 原因：今年没有这笔钱',
      { kind: 'partly', text: '先加一盏灯', reason: '今年没有这笔钱' },
    ],
    ['办不了 原因 楼道太窄', { kind: 'refused', text: '', reason: '楼道太窄' }],
    ['辦不了，因為樓道太窄', { kind: 'refused', text: '', reason: '樓道太窄' }],
    [
      '暂时办不了：楼道太窄，可以用1层充电点',
      { kind: 'refused', text: '', reason: '楼道太窄', instead: '用1层充电点' },
    ],
  ])('%s', (words, read) => {
    expect(readAnswer(words)).toEqual(read);
  });

  it.each([
    '物业明天来看',
    '请等一等',
    '',
    '还没换好，等配件',
    '没有修好',
    '不能换了灯就算完',
    '明天换好了再告诉大家',
  ])('is asked back where it does not say how it ended: %s', (words) => {
    expect(readAnswer(words)).toBeUndefined();
  });
});

describe('a rating as residents type it', () => {
  it.each([
    ['满意', 'satisfied'],
    ['很滿意', 'satisfied'],
    ['不满意', 'dissatisfied'],
    ['不太满意', 'dissatisfied'],
    ['基本满意', 'basically'],
    ['还行吧', 'basically'],
    ['再说', undefined],
  ] as const)('%s', (words, value) => {
    expect(readRating(words)).toBe(value);
  });
});

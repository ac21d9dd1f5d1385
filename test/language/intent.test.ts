import { describe, expect, it } from 'vitest';
import { looksLikeQuestion } from '#language/intent';

describe('looksLikeQuestion', () => {
  it.each([
    '报修单在哪里',
    '報修單在哪裡？',
    '怎么反映',
    '怎么反映问题？',
    '路灯谁管？',
    '电梯归谁管',
    '反映了没有',
    '请问怎么投票',
    '投票什么时候截止',
    '报名了没',
    '物业电话多少',
    '进度怎么查',
    '能不能报修',
    '反映路灯问题找谁',
    '附议怎么弄',
    '议题3怎么投',
    '如何投诉物业',
  ])('takes %j for a question', (text) => {
    expect(looksLikeQuestion(text)).toBe(true);
  });

  it.each([
    '',
    '你好',
    '反映 路灯坏了',
    '反映路灯怎么还没修好',
    '路灯怎么还没修好？',
    '3号楼门口的路灯什么时候修？',
    '反映 谁家狗没拴',
    '反映路灯没有',
    '反映垃圾没有人收',
    '建议加装电梯',
    '建议装个路灯可以吗',
    '投诉3号楼谁在乱停车',
    '反映停车难',
    '报修电梯',
    '投诉没人管',
    '反映什么时候通暖气',
    '电梯坏了谁来管',
    '小区道路坑洼不平到底有没有人管？',
    '反映下水道堵了几天了，投诉了好几次都没有人来，请问到底归谁管？',
  ])('takes %j for no question', (text) => {
    expect(looksLikeQuestion(text)).toBe(false);
  });
});

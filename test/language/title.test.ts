import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { widthUnits } from '#language/clean-text';
import { titleOf } from '#language/title';

describe('titleOf', () => {
  it.each([
    ['3号楼门口路灯坏了', '3号楼门口路灯坏了'],
    ['反映 3号楼门口路灯坏了，晚上看不清', '3号楼门口路灯坏了'],
    ['您好，请问我是3号楼业主，路灯坏了', '路灯坏了'],
    ['各位领导好：垃圾没人清！急', '垃圾没人清'],
    ['胡书记：你好，我是幸福里的居民，电梯停了三天', '电梯停了三天'],
    ['3号楼，灯坏了', '3号楼灯坏了'],
    ['建议加装电梯', '建议加装电梯'],
    ['报修单在哪里', '报修单在哪里'],
    ['投诉电话没人接', '投诉电话没人接'],
    ['三号楼门口的路灯坏了三天老人晚上出门看不清', '三号楼门口的路灯坏了三…'],
    ['「3号楼」路灯', '『3号楼』路灯'],
    ['灯\u202e坏\u200b了', '灯坏了'],
    ['路灯坏了\n三天了', '路灯坏了'],
    ['您好', '您好'],
    ['反映', '反映'],
    ['', ''],
    ['。。。', ''],
  ])('calls %j %j', (text, title) => {
    expect(titleOf(text)).toBe(title);
  });

  it('fits on its line whatever it is made of', () => {
    const parts = fc.constantFrom(
      '您好，',
      '我是业主',
      '路灯',
      '👨‍👩‍👧',
      'é',
      'A',
      ' ',
      '\n',
      '「',
      '反映',
      '\u200d',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), fc.integer({ min: 4, max: 20 }), (words, maxUnits) => {
        const title = titleOf(words.join(''), maxUnits);
        expect(widthUnits(title)).toBeLessThanOrEqual(maxUnits);
        expect(title).not.toMatch(/[「」\n]/);
      }),
    );
  });
});

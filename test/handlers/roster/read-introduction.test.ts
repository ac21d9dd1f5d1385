import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roomLabel } from '#language/room-address';
import { readIntroduction } from '#handlers/roster/read-introduction';

describe('who somebody says they are', () => {
  it.each([
    ['3-2-501 王芳', '3号楼2单元501', '王芳', undefined],
    ['3号楼2单元501 王芳 尾号1234', '3号楼2单元501', '王芳', '1234'],
    ['3号楼2单元501室，王芳，手机尾号１２３４', '3号楼2单元501', '王芳', '1234'],
    ['3-2-501 王芳 1234', '3号楼2单元501', '王芳', '1234'],
    ['3-2-501业主王芳', '3号楼2单元501', '王芳', undefined],
    ['3-2-501的买买提·吐尔逊', '3号楼2单元501', '买买提·吐尔逊', undefined],
    ['3號樓2單元501 王芳 尾號1234', '3号楼2单元501', '王芳', '1234'],
  ])('%s', (text, label, name, phoneTail) => {
    const read = readIntroduction(text);
    expect(read && [roomLabel(read.address), read.name, read.phoneTail]).toEqual([label, name, phoneTail]);
  });

  it.each([
    '3号楼的，路灯坏了',
    '3号楼2单元501，楼上漏水了快来看看',
    '王芳',
    '来办事的',
    '3-2-501',
    '3-2-501 13800001234',
    '',
  ])('is not read out of %s', (text) => {
    expect(readIntroduction(text, true)).toBeUndefined();
  });

  it('never throws and never keeps more than four digits', () => {
    const piece = fc.constantFrom('3-2-501', ' ', '王芳', '尾号', '1234', '13800001234', '，', '业主', '号');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        expect(
          JSON.stringify(readIntroduction(pieces.join('')) ?? {}).replace(/"room":"\w+"/u, ''),
        ).not.toMatch(/\d{5}/);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLeadingNumber, readNumberList } from '#language/references';

describe('readLeadingNumber', () => {
  it.each([
    ['3', 3, ''],
    ['３　不满意', 3, '不满意'],
    ['③赞成', 3, '赞成'],
    ['1️⃣', 1, ''],
    ['三', 3, ''],
    ['十二 好', 12, '好'],
    ['第三', 3, ''],
    ['第三赞成', 3, '赞成'],
    ['第3个', 3, ''],
    ['三号', 3, ''],
    ['3號 謝謝', 3, '謝謝'],
    ['两票', 2, ''],
    ['#3', 3, ''],
    ['＃３：理由', 3, '理由'],
    ['「3」', 3, ''],
    ['12灯又坏了', 12, '灯又坏了'],
    ['12路灯又坏了', 12, '路灯又坏了'],
    ['1、反对', 1, '反对'],
    ['12 3号楼的', 12, '3号楼的'],
  ])('reads %j', (text, value, rest) => {
    expect(readLeadingNumber(text)).toEqual({ value, rest });
  });

  it.each([
    ['诉求3 灯', 3, '灯', 'concern'],
    ['诉求#12', 12, '', 'concern'],
    ['訴求十二：灯', 12, '灯', 'concern'],
    ['议题#3 投1', 3, '投1', 'topic'],
    ['議題 三 投1', 3, '投1', 'topic'],
    ['议题第3', 3, '', 'topic'],
    ['协商会#4', 4, '', 'meeting'],
    ['通知#8', 8, '', 'notice'],
    ['T5 至12月20日', 5, '至12月20日', 'assignment'],
    ['ｔ５说明', 5, '说明', 'assignment'],
  ])('knows what is numbered in %j', (text, value, rest, kind) => {
    expect(readLeadingNumber(text)).toEqual({ value, rest, kind });
  });

  it.each([
    '',
    '附议',
    '3号楼灯坏了',
    '诉求3号楼',
    '3栋',
    '3个人',
    '三天了',
    '12月20日',
    '18:00',
    '3.5',
    '2-3',
    '12/20',
    '3-2-101',
    '一直没修',
    '十分着急',
    '百姓',
    '第三次反映',
    '第二栋',
    '13812345678',
    '半',
  ])('takes %j for no reference', (text) => {
    expect(readLeadingNumber(text)).toBeUndefined();
  });

  it('gives back a whole number in range and an end of the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'第#诉求议题Tt123三十号票①「」 、:楼a'), { maxLength: 12 }),
        (chars) => {
          const text = chars.join('');
          const found = readLeadingNumber(text);
          if (!found) return;
          expect(Number.isInteger(found.value) && found.value >= 0 && found.value <= 9_999_999).toBe(true);
          expect(text.endsWith(found.rest)).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('readNumberList', () => {
  it.each([
    ['1、3、5', [1, 3, 5], ''],
    ['１，３', [1, 3], ''],
    ['1 3', [1, 3], ''],
    ['13', [13], ''],
    ['①③', [1, 3], ''],
    ['1和3 不行', [1, 3], '不行'],
    ['2-4 好', [2, 3, 4], '好'],
    ['二到四', [2, 3, 4], ''],
    ['1至3，5', [1, 2, 3, 5], ''],
    ['一、三', [1, 3], ''],
    ['3 1 3', [3, 1], ''],
    ['1 3号楼', [1], '3号楼'],
    ['4-2', [4, 2], ''],
    ['1-999999', [1, 999_999], ''],
  ])('reads %j', (text, values, rest) => {
    expect(readNumberList(text)).toEqual({ values, rest });
  });

  it.each(['', '好', '3号楼', '一直'])('finds no list in %j', (text) => {
    expect(readNumberList(text)).toBeUndefined();
  });

  it('reads back any list of different numbers', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(999), { minLength: 1, maxLength: 20 }),
        fc.constantFrom('、', '，', ' ', ',', '和', '；'),
        (values, separator) => {
          expect(readNumberList(values.join(separator))?.values).toEqual(values);
        },
      ),
    );
  });

  it('never reads more than 200', () => {
    expect(
      readNumberList(Array.from({ length: 500 }, (_, at) => at).join('、'))?.values.length,
    ).toBeLessThanOrEqual(200);
  });
});

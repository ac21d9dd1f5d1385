import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Household } from '#core/roster';
import { planImport, type Absent, type ImportPlan } from '#handlers/roster/plan-import';

const PLACE = 'place:xfl';
const HEADER = ['楼栋', '单元', '房号', '姓名', '手机尾号', '是否业主', '面积'];

function plan(
  rows: readonly (readonly string[])[],
  present: readonly Household[] = [],
  absent: Absent = 'keep',
): ImportPlan {
  const planned = planImport(PLACE, rows, present, absent);
  if (!planned) throw new Error('the columns are not understood');
  return planned;
}

/** The roster after the import. */
function after(present: readonly Household[], { save, remove }: ImportPlan): readonly Household[] {
  const gone = new Set(remove.map(({ id }) => id));
  const saved = new Map(save.map((household) => [household.id, household]));
  return [...present.filter(({ id }) => !saved.has(id) && !gone.has(id)), ...saved.values()];
}

describe('the columns of a roster', () => {
  it.each([
    [['楼栋', '单元', '房号', '姓名', '手机尾号', '面积']],
    [['栋', '门洞', '室号', '业主姓名', '联系电话', '建筑面积（㎡）']],
    [['*楼 号', '单元号', '房间号', '姓 名', '手机', '专有部分面积(平方米)']],
    [['樓棟', '單元', '房號', '姓名', '電話', '面積']],
  ])('are known as %j', (header) => {
    const { save } = plan([header, ['3', '2', '501', '王芳', '13800001234', '89.52']]);
    expect(save).toMatchObject([
      {
        building: '3',
        unit: '2',
        room: '501',
        areaCents: 8952,
        residents: [{ name: '王芳', phoneTail: '1234' }],
      },
    ]);
  });

  it('may stand below a title, with the address in one cell, and unknown ones are named', () => {
    const rows = [
      ['幸福里小区业主名册', '', ''],
      ['', '', ''],
      ['房屋', '产权人', '备注'],
      ['3-2-501', '王芳、李明', '租'],
    ];
    const planned = plan(rows);
    expect(planned.unread).toEqual(['备注']);
    expect(planned.save[0]?.residents.map(({ name, isOwner }) => [name, isOwner])).toEqual([
      ['李明', true],
      ['王芳', true],
    ]);
  });

  it('that name no room are not guessed', () => {
    expect(
      planImport(
        PLACE,
        [
          ['姓名', '电话'],
          ['王芳', '1234'],
        ],
        [],
        'keep',
      ),
    ).toBeUndefined();
  });
});

describe('an owner', () => {
  it.each([
    ['业主', true],
    ['户主', true],
    ['是', true],
    ['产权人', true],
    ['共有人（配偶）', true],
    ['非业主', false],
    ['不是业主', false],
    ['无产权', false],
    ['业主家属', false],
    ['业主父亲', false],
    ['户主之妻', false],
    ['非户主', false],
    ['租户（业主委托）', false],
    ['妻', false],
    ['', false],
  ])('by the word %s: %s', (word, isOwner) => {
    const { save } = plan([HEADER, ['3', '2', '501', '王芳', '', word, '']]);
    expect(save[0]?.residents[0]?.isOwner).toBe(isOwner);
  });
});

describe('a building or unit that one row leaves out', () => {
  it('is no door of its own where the others say it', () => {
    const { save, problems } = plan([
      HEADER,
      ['3', '1', '101', '王芳', '', '', ''],
      ['', '', '102', '李明', '', '', ''],
      ['4', '1', '101', '赵强', '', '', ''],
      ['', '', '102', '钱枫', '', '', ''],
      ['4', '', '103', '孙丽', '', '', ''],
    ]);
    expect(save.map(({ building, unit, room }) => [building, unit, room])).toEqual([
      ['3', '1', '101'],
      ['4', '1', '101'],
    ]);
    expect(problems.map(({ line, problem }) => [line, problem])).toEqual([
      [3, expect.stringContaining('没写楼栋')],
      [5, expect.stringContaining('没写楼栋')],
      [6, expect.stringContaining('没写单元')],
    ]);
  });

  it('is none in a place that has none', () => {
    const rows = [HEADER, ['', '', '101', '王芳', '', '', ''], ['', '', '102', '李明', '', '', '']];
    expect(plan(rows)).toMatchObject({ problems: [], save: [{ room: '101' }, { room: '102' }] });
    const mixed = [HEADER, ['3', '1', '101', '王芳', '', '', ''], ['5', '', '101', '李明', '', '', '']];
    expect(plan(mixed)).toMatchObject({ problems: [], save: [{ building: '3' }, { building: '5' }] });
  });
});

describe('a row', () => {
  it.each([
    [['3', '2', '', '王芳', '', '', ''], /没看出是哪一户/],
    [['3', '2', '501', '13800001234', '', '', ''], /不像姓名/],
    [['3', '2', '501', '522701199001011234', '', '', ''], /不像姓名/],
    [['3', '2', '501', '<b>王芳</b>', '', '', ''], /不像姓名/],
    [['3', '2', '501', '=HYPERLINK("http://x")', '', '', ''], /不像姓名/],
    [['3', '2', '501', '王芳', '123', '', ''], /尾号要4位/],
    [['3', '2', '501', '王芳', '一二三四', '', ''], /尾号要4位/],
    [['3', '2', '501', '', '1234', '', ''], /没有姓名/],
    [['3', '2', '501', '王芳、李明', '1234', '', ''], /配不上/],
    [['3', '2', '501', '王芳、王芳', '', '', ''], /写了两遍/],
    [['3', '2', '501', '王芳', '', '', '八十平'], /面积要写数字/],
    [['3', '2', '501', '王芳', '', '', '0'], /面积要写数字/],
    [['3', '2', '501', '王芳', '', '', '-89'], /面积要写数字/],
    [['3', '2', '5 | 01', '王芳', '', '', ''], /没看出是哪一户/],
    [['合计', '', '', '', '', '', ''], /没看出是哪一户/],
  ])('%j is a problem of its own', (row, problem) => {
    const planned = plan([HEADER, row, ['3', '2', '502', '李明', '', '', '']]);
    expect(planned.problems).toMatchObject([{ line: 2, problem: expect.stringMatching(problem) as string }]);
    expect(planned.save.map(({ room }) => room)).toEqual(['502']);
  });

  it('that repeats or contradicts an earlier one is a problem, the earlier one is kept', () => {
    const planned = plan([
      HEADER,
      ['3', '2', '501', '王芳', '1234', '是', '89.52'],
      ['03', '2单元', '0501', '王 芳', '9999', '否', ''],
      ['3', '2', '501', '李明', '', '否', '90'],
      ['3', '2', '501', '', '', '', ''],
      ['', '', '', '', '', '', ''],
    ]);
    expect(planned.problems.map(({ line, problem }) => `${line} ${problem}`)).toEqual([
      expect.stringMatching(/^3 .*王芳前面有一行了/),
      expect.stringMatching(/^4 .*面积和前面一行不一样/),
      expect.stringMatching(/^5 .*前面有一行了/),
    ]);
    expect(planned.save).toMatchObject([
      { areaCents: 8952, residents: [{ name: '王芳', phoneTail: '1234' }] },
    ]);
    expect(planned.rows).toBe(4);
  });

  it('keeps no phone number, not even for the file of bad rows', () => {
    const planned = plan([
      [...HEADER, '身份证号'],
      ['3', '2', '501', '王芳', '138-0000-1234', '', '', '522701199001011234'],
      ['3', '2', '501', '王芳', '13800001234', '', '', '522701199001011234'],
    ]);
    expect(planned.unread).toEqual(['身份证号']);
    expect(planned.problems).toHaveLength(1);
    expect(JSON.stringify([planned.save, planned.problems, planned.changes])).not.toMatch(/\d{5}/);
  });

  it('lets one person have two flats', () => {
    const planned = plan([
      HEADER,
      ['3', '2', '501', '王芳', '1234', '', ''],
      ['3', '2', '502', '王芳', '1234', '', ''],
    ]);
    expect(planned.problems).toEqual([]);
    expect(planned.save).toHaveLength(2);
  });
});

describe('an import over a roster', () => {
  const first = after(
    [],
    plan([
      HEADER,
      ['3', '2', '501', '王芳', '1234', '是', '89.52'],
      ['3', '2', '501', '王大', '', '否', ''],
      ['3', '2', '502', '李明', '', '是', ''],
      ['4', '1', '101', '赵强', '', '是', ''],
    ]),
  );
  const linked = first.map((household) => ({
    ...household,
    residents: household.residents.map((one) => (one.name === '王芳' ? { ...one, personIds: ['p1'] } : one)),
  }));
  const areas = (some: readonly Household[]) => some.map((household) => ({ ...household, areaCents: 7_777 }));
  const second = [
    HEADER,
    ['3', '2', '501', '王芳', '5678', '', '90.1'],
    ['3', '2', '503', '孙丽', '', '', ''],
  ];

  it('names what is new and what changes, and keeps whoever is linked in chat', () => {
    const planned = plan(second, linked);
    expect(planned.changes).toEqual([
      { kind: 'changed', label: '3号楼2单元501', what: '改王芳的尾号或身份；面积89.52→90.10' },
      { kind: 'new', label: '3号楼2单元503', what: '孙丽' },
    ]);
    const wang = planned.save[0]?.residents.find(({ name }) => name === '王芳');
    expect(wang).toMatchObject({ personIds: ['p1'], phoneTail: '5678' });
  });

  it('takes away only in the buildings of the file, and only when asked', () => {
    const planned = plan(second, linked, 'remove');
    expect(planned.changes).toContainEqual({ kind: 'gone', label: '3号楼2单元502', what: '李明' });
    expect(planned.changes[0]?.what).toContain('去掉王大');
    expect(planned.remove.map(({ building }) => building)).toEqual(['3']);
  });

  it('has another basis as soon as the file or a household that it changes is another', () => {
    const bases = [
      plan(second, linked).basis,
      plan(second, areas(first)).basis,
      plan(second, linked, 'remove').basis,
      plan(second.slice(0, 2), linked).basis,
    ];
    expect(new Set(bases).size).toBe(bases.length);
    expect(plan(second, [...linked].reverse()).basis).toBe(bases[0]);
  });

  it('has the same basis when somebody says who they are meanwhile, but not when that would be lost', () => {
    expect(plan(second, linked).basis).toBe(plan(second, first).basis);
    const elsewhere = first.map((household) =>
      household.building === '4' ? { ...household, areaCents: 1 } : household,
    );
    expect(plan(second, elsewhere).basis).toBe(plan(second, first).basis);
    for (const name of ['王大', '李明']) {
      const known = first.map((household) => ({
        ...household,
        residents: household.residents.map((one) =>
          one.name === name ? { ...one, personIds: ['p2'] } : one,
        ),
      }));
      expect(plan(second, known, 'remove').basis).not.toBe(plan(second, first, 'remove').basis);
    }
  });
});

const part = (...values: string[]) => fc.constantFrom('', ...values);
const anyRow = fc.tuple(
  part('3', '03栋', '三号楼', 'A座', '|', '9'.repeat(60)),
  part('1', '2单元', '二', '<i>'),
  part('501', '0502', '503室', 'x', '3-2-504', '=1'),
  part('王芳', '李 明', '王芳、李明', '=cmd()', '13800001234', '王'.repeat(30), '买买提·吐尔逊'),
  part('1234', '13800001234', '12', '138 0000 5678', '1234、5678', "'"),
  part('是', '否', '租户', '?'),
  part('89.52', '89.5200000001', '1e9', '-1', '0.004', '100㎡'),
);

describe('any table', () => {
  it('parts into rows that are taken and rows that are told, and keeps nothing it should not', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 30 }), (rows) => {
        const planned = plan([HEADER, ...rows]);
        const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ''));
        expect(planned.rows).toBe(filled.length);
        expect(planned.problems.length).toBeLessThanOrEqual(planned.rows);
        expect(new Set(planned.save.map(({ id }) => id)).size).toBe(planned.save.length);
        for (const household of planned.save) {
          expect(household.room).not.toBe('');
          expect(new Set(household.residents.map(({ name }) => name)).size).toBe(household.residents.length);
          expect(Number.isInteger(household.areaCents ?? 0)).toBe(true);
          for (const { name, phoneTail = '0000' } of household.residents) {
            expect(phoneTail).toMatch(/^\d{4}$/);
            expect(name).not.toMatch(/\d{4}|[<>=|]/);
          }
        }
      }),
    );
  });

  it('changes nothing when it is imported a second time', () => {
    fc.assert(
      fc.property(
        fc.array(anyRow, { maxLength: 30 }),
        fc.constantFrom<Absent>('keep', 'remove'),
        (rows, absent) => {
          const roster = after([], plan([HEADER, ...rows], [], absent));
          expect(plan([HEADER, ...rows], roster, absent).changes).toEqual([]);
        },
      ),
    );
  });
});

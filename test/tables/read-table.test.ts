import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { TABLE_LIMITS } from '#core/table';
import { readTable } from '#src/tables/read-table';
import { writeTable } from '#src/tables/write-table';

const rowsOf = async (bytes: Uint8Array) => {
  const read = await readTable(bytes);
  return 'table' in read ? read.table.rows : read.fault;
};
const bytesOf = (text: string) => new TextEncoder().encode(text);
/** 楼栋,姓名 and 3,王芳 as an office's Excel saves them: GBK. */
const GBK = Uint8Array.from(Buffer.from('c2a5b6b02cd0d5c3fb0d0a332ccdf5b7bc0d0a', 'hex'));

describe('a file as a table', () => {
  it('is read from .xlsx, numbers and all, as text', async () => {
    const book = await writeXlsx({
      sheets: [
        {
          name: '名册',
          rows: [
            ['房号', '面积'],
            [501, 89.52],
            ['0502', null],
            [true, '=1+1'],
          ],
        },
        { name: '别的', rows: [['不读']] },
      ],
    });
    expect(await rowsOf(book)).toEqual([
      ['房号', '面积'],
      ['501', '89.52'],
      ['0502', ''],
      ['是', '=1+1'],
    ]);
  });

  it('takes what stands in merged cells for every row of them, and for no other column', async () => {
    const book = await writeXlsx({
      sheets: [
        {
          name: '名册',
          rows: [
            ['幸福里业主名册', null, null],
            ['楼栋', '房号', '姓名'],
            ['3', '101', '王芳'],
            [null, null, '李明'],
            [null, '102', '赵强'],
            ['4', '101', '钱枫'],
          ],
          merges: [
            { startRow: 0, startCol: 0, endRow: 0, endCol: 2 },
            { startRow: 2, startCol: 0, endRow: 4, endCol: 0 },
            { startRow: 2, startCol: 1, endRow: 3, endCol: 1 },
          ],
        },
      ],
    });
    expect(await rowsOf(book)).toEqual([
      ['幸福里业主名册', '', ''],
      ['楼栋', '房号', '姓名'],
      ['3', '101', '王芳'],
      ['3', '101', '李明'],
      ['3', '102', '赵强'],
      ['4', '101', '钱枫'],
    ]);
  });

  it.each([
    ['UTF-8', bytesOf('楼栋,姓名\r\n3,王芳\r\n')],
    ['UTF-8 with a mark', bytesOf('\ufeff楼栋,姓名\r\n3,王芳\r\n')],
    ['GBK', GBK],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, ...Buffer.from('楼栋\t姓名\r\n3\t王芳\r\n', 'utf16le')])],
    ['semicolons', bytesOf('楼栋;姓名\r\n3;王芳\r\n')],
  ])('is read from .csv in %s', async (_name, bytes) => {
    expect(await rowsOf(bytes)).toEqual([
      ['楼栋', '姓名'],
      ['3', '王芳'],
    ]);
  });

  it('keeps a leading zero, a line break in quotes and a formula as the text they are', async () => {
    expect(await rowsOf(bytesOf('尾号,备注\n0123,"一\n二"\n=HYPERLINK("x"),<b>'))).toEqual([
      ['尾号', '备注'],
      ['0123', '一\n二'],
      ['=HYPERLINK("x")', '<b>'],
    ]);
  });

  it.each([
    ['nothing', new Uint8Array(), 'empty'],
    ['only blanks', bytesOf(' , ,\n , '), 'empty'],
    ['an old or locked Excel file', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'oldExcel'],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0xff, 0xfe, 0x80]), 'notATable'],
    ['a zip of something else', zipOf('a.txt', Buffer.from('hello')), 'notATable'],
    ['too many bytes', new Uint8Array(TABLE_LIMITS.bytes + 1), 'tooLarge'],
  ])('%s is refused with its reason', async (_name, bytes, fault) => {
    expect(await rowsOf(bytes)).toBe(fault);
  });

  it('unpacks no bomb, whatever the headers claim', async () => {
    const bomb = zipOf('xl/worksheets/sheet1.xml', Buffer.alloc(60_000_000), 10);
    expect(bomb.length).toBeLessThan(TABLE_LIMITS.bytes);
    expect(await rowsOf(bomb)).toBe('tooLarge');
  });

  it('says that there were more rows than are read', async () => {
    const read = await readTable(bytesOf('1\n'.repeat(TABLE_LIMITS.rows + 5)));
    expect('table' in read && [read.table.isCut, read.table.rows.length]).toEqual([true, TABLE_LIMITS.rows]);
  });

  it('does not fill the memory for a lone far cell', async () => {
    const cells = new Map([['1048575,16383', { value: 'x' }]]);
    const book = await writeXlsx({ sheets: [{ name: 'a', rows: [['房号']], cells }] });
    expect(await rowsOf(book)).toEqual([['房号']]);
  });
});

describe('malformed files', () => {
  it('are answered, never thrown over', async () => {
    const book = await writeTable([
      {
        name: 'a',
        rows: [
          ['房号', '姓名'],
          ['501', '王芳'],
        ],
        widths: [8, 8],
      },
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          fc
            .tuple(fc.nat(book.length - 1), fc.uint8Array({ minLength: 1, maxLength: 40 }))
            .map(([at, noise]) => {
              const broken = Uint8Array.from(book);
              broken.set(noise.slice(0, broken.length - at), at);
              return broken;
            }),
          fc.nat(book.length).map((length) => book.slice(0, length)),
        ),
        async (bytes) => {
          const read = await readTable(bytes);
          if ('table' in read) {
            expect(read.table.rows.length).toBeLessThanOrEqual(TABLE_LIMITS.rows);
            expect(read.table.rows.every((row) => row.every((cell) => typeof cell === 'string'))).toBe(true);
          } else {
            expect(['tooLarge', 'oldExcel', 'notATable', 'empty']).toContain(read.fault);
          }
        },
      ),
    );
  });
});

describe('a written file', () => {
  it('holds formulas as words and is read back as it was', async () => {
    const rows = [['姓名'], ['=1+1'], ['@SUM(A1)'], ['0123'], ['+86']];
    const bytes = await writeTable([{ name: 'a', rows, widths: [9] }]);
    expect(await rowsOf(bytes)).toEqual(rows);
    expect(Buffer.from(bytes).includes('<f>')).toBe(false);
  });
});

/** A zip file with one entry whose headers claim `claimed` bytes. */
function zipOf(name: string, content: Buffer, claimed = content.length): Uint8Array {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(claimed, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(claimed, 24);
  entry.writeUInt16LE(name.length, 28);
  const body = Buffer.concat([local, Buffer.from(name), packed]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, entry, Buffer.from(name), end]);
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, readRoomAddress, roomLabel } from '#language/room-address';

describe('an address at the front of a text', () => {
  it.each([
    ['3-2-501 王芳', '3号楼2单元501', ' 王芳'],
    ['3号楼2单元501 王芳 尾号1234', '3号楼2单元501', ' 王芳 尾号1234'],
    ['3栋501室 王芳', '3号楼501', ' 王芳'],
    ['三号楼二单元501王芳', '3号楼2单元501', '王芳'],
    ['3#2-501', '3号楼2单元501', ''],
    ['A座1203', 'A座1203', ''],
    ['０３号楼２单元０５０１房', '3号楼2单元501', ''],
    ['12幢1单元1101', '12号楼1单元1101', ''],
    ['3号樓2單元501', '3号楼2单元501', ''],
    ['501 王芳', '501', ' 王芳'],
    ['3—2—501', '3号楼2单元501', ''],
  ])('%s', (text, label, rest) => {
    const read = readRoomAddress(text);
    expect(read && [roomLabel(read), read.rest]).toEqual([label, rest]);
  });

  it.each(['王芳', '路灯坏了三天', '', '3号楼', '2单元', '138 0013 8000', '3-2-501999999'])(
    'finds none in %s',
    (text) => {
      expect(readRoomAddress(text)).toBeUndefined();
    },
  );

  it('reads back what it labels', () => {
    const number = fc.integer({ min: 1, max: 199 }).map(String);
    fc.assert(
      fc.property(
        number,
        number,
        fc.integer({ min: 101, max: 33_999 }).map(String),
        (building, unit, room) => {
          const address = addressOf(building, unit, room);
          expect(readRoomAddress(`${roomLabel(address)} 王芳`)).toMatchObject(address);
          expect(readRoomAddress(`${building}-${unit}-${room}`)).toMatchObject(address);
        },
      ),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => void readRoomAddress(text)),
    );
  });
});

describe('the parts of an address in columns', () => {
  it.each([
    ['03栋', '二单元', '0501室', '3-2-501'],
    ['A', '', '12', 'A--12'],
    ['东楼', '甲', '3', '东-甲-3'],
    ['3#', '1门', 'b102', '3-1-B102'],
  ])('%s %s %s', (building, unit, room, key) => {
    const address = addressOf(building, unit, room);
    expect(`${address.building}-${address.unit}-${address.room}`).toBe(key);
  });
});

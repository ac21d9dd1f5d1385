import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractSlots } from '#language/concern-slots';
import { facilityKind, findFacilities, mayBeSameFacility } from '#language/facilities';

function slots(text: string): Record<string, readonly string[]> {
  const all: readonly [string, readonly string[]][] = Object.entries(extractSlots(text));
  return Object.fromEntries(all.filter(([, values]) => values.length > 0));
}

describe('extractSlots', () => {
  it.each([
    ['3号楼门口的路灯坏了', { buildings: ['3'], facilities: ['streetLight'] }],
    ['三號樓電梯壞了', { buildings: ['3'], facilities: ['elevator'] }],
    ['三栋2单元电梯又停了', { buildings: ['3'], units: ['2'], facilities: ['elevator'] }],
    ['G2栋320漏水', { buildings: ['g2'], rooms: ['320'], facilities: ['leak'] }],
    ['Ａ座停电', { buildings: ['a'], facilities: ['powerSupply'] }],
    ['3#楼301室', { buildings: ['3'], rooms: ['301'] }],
    ['3-2-101漏水', { buildings: ['3'], units: ['2'], rooms: ['101'], facilities: ['leak'] }],
    ['1-3栋停水', { buildings: ['1', '2', '3'], facilities: ['waterSupply'] }],
    ['1、2、5号楼停水', { buildings: ['1', '2', '5'], facilities: ['waterSupply'] }],
    ['六栋七栋的垃圾', { buildings: ['6', '7'], facilities: ['garbage'] }],
    ['我家5楼', { floors: ['5'] }],
    ['芙蓉路路灯不亮', { roads: ['芙蓉路'], facilities: ['streetLight'] }],
    ['投诉丽发新城小区旁的搅拌站', { estates: ['丽发新城'], facilities: ['mixingPlant'] }],
    ['北门门禁坏了', { gates: ['北'], facilities: ['barrier'] }],
    ['湘Ａ·12345 乱停车', { facilities: ['parking'], plates: ['湘A12345'] }],
    ['京AD12345占车位', { facilities: ['parking'], plates: ['京AD12345'] }],
    ['谢谢大家', {}],
  ])('reads %s', (text, expected) => {
    expect(slots(text)).toEqual(expected);
  });

  it('gives any spelling of a building the same name', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), (number) => {
        const wide = String(number).replace(/\d/g, (digit) =>
          String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
        );
        for (const written of [`${number}号楼`, `${wide}棟`, `${number}#楼`, `${number} 幢`]) {
          expect(extractSlots(`住${written}的人`).buildings).toEqual([String(number)]);
        }
      }),
    );
  });
});

describe('findFacilities', () => {
  it.each([
    ['没电梯老人上不去', ['elevatorInstallation']],
    ['要求加装电梯', ['elevatorInstallation']],
    ['停水', ['waterSupply']],
    ['停电', ['powerSupply']],
    ['停车', ['parking']],
    ['楼道灯不亮', ['hallLight']],
    ['红绿灯坏了', ['trafficLight']],
    ['麻将馆噪音扰民', ['mahjong', 'noise']],
  ])('finds in %s only what is meant', (text, facilities) => {
    expect(findFacilities(text)).toEqual(facilities);
  });
});

describe('mayBeSameFacility', () => {
  it('lets a general word stand for its kinds and keeps the kinds apart', () => {
    expect(mayBeSameFacility('light', 'streetLight')).toBe(true);
    expect(mayBeSameFacility('hallLight', 'light')).toBe(true);
    expect(mayBeSameFacility('hallLight', 'streetLight')).toBe(false);
    expect(mayBeSameFacility('waterSupply', 'powerSupply')).toBe(false);
  });
});

describe('facilityKind', () => {
  it('tells things from what they do to people', () => {
    expect([facilityKind('mahjong'), facilityKind('noise')]).toEqual(['object', 'effect']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RollEntry } from '#core/roll';
import { householdIdOf, residentIdOf, type Household, type Resident } from '#core/roster';
import { householdRoll, householdsWithin, residentRoll } from '#procedure/electorate';

const label = ({ building, unit, room }: Household) => `${building}-${unit}-${room}`;
type Someone = readonly [name: string, isOwner: boolean, tail?: string, ...personIds: string[]];

function flat(room: string, areaCents: number | undefined, ...residents: readonly Someone[]): Household {
  const address = { building: '3', unit: '2', room };
  const id = householdIdOf('place:xfl', address);
  return {
    id,
    placeId: 'place:xfl',
    ...address,
    ...(areaCents !== undefined && { areaCents }),
    residents: residents.map(([name, isOwner, phoneTail = '', ...personIds]): Resident => ({
      id: residentIdOf(id, name),
      name,
      isOwner,
      personIds,
      ...(phoneTail !== '' && { phoneTail }),
    })),
  };
}

const voterOf = (roll: readonly RollEntry[], personId: string) =>
  roll.filter(({ personIds }) => personIds.includes(personId)).map((entry) => entry.label);

describe('one vote a household', () => {
  it('is shared by its members, and is there for paper when nobody is known', () => {
    const roll = householdRoll(
      [flat('501', 8952, ['王芳', true, '', 'p1'], ['王大', false, '', 'p2']), flat('502', 9000)],
      label,
    );
    expect(roll).toMatchObject([
      { label: '3-2-501', personIds: ['p1', 'p2'], areaCents: 8952 },
      { label: '3-2-502', personIds: [], areaCents: 9000 },
    ]);
  });

  it.each([
    [
      'the same person in chat',
      flat('501', 8000, ['王芳', true, '', 'p1']),
      flat('502', 9000, ['王 芳', true, '', 'p1']),
    ],
    [
      'the same name and tail',
      flat('501', 8000, ['王芳', true, '1234']),
      flat('502', 9000, ['王芳', true, '1234']),
    ],
    [
      'a link through both',
      flat('501', 8000, ['王芳', true, '1234']),
      flat('502', 9000, ['王芳', true, '1234', 'p1']),
    ],
  ])('counts two flats of one owner once, with both areas: %s', (_why, first, second) => {
    const roll = householdRoll([second, first], label);
    expect(roll).toMatchObject([{ voterId: first.id, label: '3-2-501等2套', areaCents: 17_000 }]);
    expect(roll[0]?.sourceIds).toEqual([first.id, second.id]);
  });

  it('keeps flats apart whose owners only share a name, or are not all the same', () => {
    const twoPeople = [flat('501', 1, ['王芳', true, '1234']), flat('502', 1, ['王芳', true, '5678'])];
    expect(householdRoll(twoPeople, label)).toHaveLength(2);
    expect(
      householdRoll([flat('501', 1, ['王芳', true]), flat('502', 1, ['王芳', true])], label),
    ).toHaveLength(2);
    const joint = [
      flat('501', 1, ['王芳', true, '1234'], ['李明', true, '5678']),
      flat('502', 1, ['王芳', true, '1234']),
    ];
    expect(householdRoll(joint, label)).toHaveLength(2);
  });

  it('lets an owner speak for what they own, a member for where they live', () => {
    const roll = householdRoll(
      [
        flat('501', 1, ['老王', true, '', 'father'], ['小王', false, '', 'son']),
        flat('502', 1, ['小王', true, '', 'son']),
        flat('503', 1, ['老李', true, '', 'li'], ['租客', false, '', 'tenant']),
      ],
      label,
    );
    expect(voterOf(roll, 'son')).toEqual(['3-2-502']);
    expect(voterOf(roll, 'father')).toEqual(['3-2-501']);
    expect(voterOf(roll, 'tenant')).toEqual(['3-2-503']);
  });

  it('has no area where one of the flats has none', () => {
    const [entry] = householdRoll(
      [flat('501', 1, ['王芳', true, '1234']), flat('502', undefined, ['王芳', true, '1234'])],
      label,
    );
    expect(entry?.areaCents).toBeUndefined();
  });
});

describe('one vote a resident', () => {
  it('counts somebody with two flats and two identities once', () => {
    const roll = residentRoll(
      [
        flat('501', 1, ['王芳', true, '1234', 'p1']),
        flat('502', 1, ['王芳', false, '1234', 'p2'], ['李明', false]),
      ],
      label,
    );
    expect(roll.map((entry) => [entry.label, entry.personIds])).toEqual([
      ['3-2-501 王芳', ['p1', 'p2']],
      ['3-2-502 李明', []],
    ]);
  });
});

const someone = fc.tuple(
  fc.constantFrom('王芳', '李明', '赵强', '孙丽'),
  fc.boolean(),
  fc.constantFrom('', '1234', '5678'),
  fc.subarray(['p1', 'p2', 'p3', 'p4', 'p5'], { maxLength: 2 }),
);
const anyHouseholds = fc
  .uniqueArray(
    fc.tuple(
      fc.integer({ min: 101, max: 120 }),
      fc.uniqueArray(someone, { maxLength: 4, selector: ([name]) => name }),
    ),
    { maxLength: 12, selector: ([room]) => room },
  )
  .map((flats) =>
    flats.map(([room, people]) =>
      flat(
        String(room),
        room,
        ...people.map(([name, owns, tail, ids]): Someone => [name, owns, tail, ...ids]),
      ),
    ),
  );

describe('any roll', () => {
  it('has every household in exactly one vote, no area lost, and the same roll in whatever order', () => {
    fc.assert(
      fc.property(anyHouseholds, (households) => {
        const roll = householdRoll(households, label);
        expect(roll.flatMap(({ sourceIds = [] }) => sourceIds).sort()).toEqual(
          households.map(({ id }) => id).sort(),
        );
        expect(new Set(roll.map(({ voterId }) => voterId)).size).toBe(roll.length);
        const area = (of: readonly { areaCents?: number }[]) =>
          of.reduce((sum, one) => sum + (one.areaCents ?? 0), 0);
        expect(area(roll)).toBe(area(households));
        expect(householdRoll([...households].reverse(), label)).toEqual(roll);
      }),
    );
  });

  it('lets nobody speak for a household that they do not belong to', () => {
    fc.assert(
      fc.property(anyHouseholds, (households) => {
        const byId = new Map(households.map((household) => [household.id, household]));
        for (const { personIds, sourceIds = [] } of householdRoll(households, label)) {
          const members = sourceIds.flatMap(
            (id) => byId.get(id)?.residents.flatMap((one) => one.personIds) ?? [],
          );
          expect(personIds.every((id) => members.includes(id))).toBe(true);
        }
      }),
    );
  });

  it('gives a resident one vote, and every known person exactly one', () => {
    fc.assert(
      fc.property(anyHouseholds, (households) => {
        const roll = residentRoll(households, label);
        const residents = households.flatMap((household) => household.residents);
        expect(roll.flatMap(({ sourceIds = [] }) => sourceIds).sort()).toEqual(
          residents.map(({ id }) => id).sort(),
        );
        const persons = [...new Set(residents.flatMap(({ personIds }) => personIds))].sort();
        expect(roll.flatMap(({ personIds }) => personIds).sort()).toEqual(persons);
      }),
    );
  });
});

describe('a part of the roster', () => {
  const door = (building: string, unit: string, room: string): Household => {
    const address = { building, unit, room };
    return { id: householdIdOf('place:xfl', address), placeId: 'place:xfl', ...address, residents: [] };
  };
  const roster = [door('3', '1', '101'), door('3', '2', '101'), door('12', '', '101'), door('A', '1', '101')];
  const within = (buildings: string[], units?: string[]) => householdsWithin(roster, { buildings, units });

  it('has the households of its buildings, or of its units alone', () => {
    expect(within(['3', 'A'])).toEqual([roster[0], roster[1], roster[3]]);
    expect(within(['3'], ['2'])).toEqual([roster[1]]);
    expect(within(['3'], ['1', '2'])).toEqual([roster[0], roster[1]]);
  });

  it('names the first building or unit that the roster does not have, so that nobody is left out unseen', () => {
    expect(within(['3', '4', '5'])).toEqual({ building: '4' });
    expect(within(['3'], ['1', '3'])).toEqual({ building: '3', unit: '3' });
    expect(within(['12'], ['1'])).toEqual({ building: '12', unit: '1' });
  });

  it('of every building is the whole roster, and parts of it share nobody', () => {
    const anyDoor = fc.record({
      building: fc.constantFrom('1', '2', '3'),
      unit: fc.constantFrom('1', '2'),
      room: fc.constantFrom('101', '102', '201'),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(anyDoor, { selector: (one) => JSON.stringify(one), minLength: 1 }),
        (doors) => {
          const all = doors.map(({ building, unit, room }) => door(building, unit, room));
          const buildings = [...new Set(doors.map(({ building }) => building))];
          expect(householdsWithin(all, { buildings })).toEqual(all);
          const parts = buildings.flatMap((building) => {
            const units = [
              ...new Set(doors.filter((one) => one.building === building).map(({ unit }) => unit)),
            ];
            return units.flatMap((unit) => householdsWithin(all, { buildings: [building], units: [unit] }));
          });
          expect(parts).toHaveLength(all.length);
          expect(new Set(parts)).toEqual(new Set(all));
        },
      ),
    );
  });
});

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DEFAULT_RULES } from '#procedure/rules';
import { checkedPassword } from '../../scripts/community/ask-password.ts';
import { parseCommunityFile, type CommunityFile } from '../../scripts/community/file.ts';
import { auditOf, planCommunity, type CommunityPlan, type Existing } from '../../scripts/community/plan.ts';
import { CommunityError } from '../../scripts/community/problems.ts';
import { ancestorsOf } from '../../scripts/community/tree.ts';

const EXAMPLE = join(resolve(import.meta.dirname, '../..'), 'docs/examples/community.json');
const NOTHING: Existing = { places: [], groups: [], people: [], identities: [], logins: [] };

interface Raw {
  places: Record<string, unknown>[];
  groups: Record<string, unknown>[];
  officers: Record<string, unknown>[];
}

/** The example, changed by hand. */
function raw(change: (file: Raw) => void = () => undefined): Raw {
  const file = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as Raw;
  change(file);
  return file;
}

const example = (change?: (file: Raw) => void): CommunityFile => parseCommunityFile(raw(change));

function problemsOf(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof CommunityError) return error.problems;
    throw error;
  }
  return [];
}

const problems = (change: (file: Raw) => void) => problemsOf(() => parseCommunityFile(raw(change)));

/** The database after a plan was saved into it. */
function after(plan: CommunityPlan, before: Existing = NOTHING): Existing {
  const merged = <Item extends { id: string }>(old: readonly Item[], fresh: readonly Item[]) => [
    ...new Map([...old, ...fresh].map((item) => [item.id, item])).values(),
  ];
  return {
    places: merged(before.places, plan.places),
    groups: merged(before.groups, plan.groups),
    people: merged(before.people, plan.people),
    identities: merged(before.identities, plan.identities),
    logins: before.logins,
  };
}

/** Places `p0`, `p1` … each below an earlier one or a root, in any order. */
const forests = fc
  .array(fc.option(fc.nat(), { nil: undefined }), { minLength: 1, maxLength: 30 })
  .map((choices) =>
    choices.map((choice, index) => ({
      id: `p${index}`,
      ...(index > 0 && choice !== undefined && { parent: `p${choice % index}` }),
    })),
  );

describe('the tree of places', () => {
  it('gives every place its parent’s ancestors and the parent', () => {
    const shuffled = forests.chain((places) => fc.shuffledSubarray(places, { minLength: places.length }));
    fc.assert(
      fc.property(shuffled, (places) => {
        const ancestors = ancestorsOf(places);
        for (const place of places) {
          const { parent } = place as { parent?: string };
          const expected = parent === undefined ? [] : [...(ancestors.get(parent) ?? ['?']), parent];
          expect(ancestors.get(place.id)).toEqual(expected);
        }
      }),
    );
  });

  it('finds every place of a ring, and no other', () => {
    fc.assert(
      fc.property(forests, fc.integer({ min: 1, max: 8 }), fc.nat(), (places, size, seed) => {
        const ring = Array.from({ length: size }, (_, index) => ({
          id: `r${index}`,
          parent: `r${(index + 1) % size}`,
        }));
        const hung = places.map((place, index) =>
          index === 0 ? { ...place, parent: `r${seed % size}` } : place,
        );
        const inRing = [...ancestorsOf([...hung, ...ring])].filter(([, path]) => path === undefined);
        expect(inRing.map(([id]) => id).sort()).toEqual(ring.map(({ id }) => id).sort());
      }),
    );
  });
});

describe('a community’s file', () => {
  it('may leave out rules and time zone', () => {
    const { places } = planCommunity(example(), NOTHING);
    expect(places[0]).toMatchObject({ ancestorIds: [], timeZone: 'Asia/Shanghai', rules: DEFAULT_RULES });
    expect(places[1]).toMatchObject({
      ancestorIds: ['place:qingshi'],
      rules: { ...DEFAULT_RULES, answerWithinDays: 5, publicityDays: 7 },
    });
  });

  it('is refused with every problem at once, each with its path', () => {
    const found = problems(({ places, groups, officers }) => {
      Object.assign(places[0] ?? {}, { id: 'Not A Slug', timeZone: 'Mars/Olympus' });
      Object.assign(places[1] ?? {}, { parent: 'nowhere', colour: 'red' });
      Object.assign(groups[0] ?? {}, { place: 'nowhere' });
      Object.assign(officers[1] ?? {}, { login: 'mengxiao', offices: [{ role: 'mayor', place: 'heping' }] });
      Object.assign(officers[2] ?? {}, { homePlace: 'nowhere' });
    });
    const paths = found.map((problem) => problem.split(':')[0]);
    expect(paths).toEqual([
      'places.0.id',
      'places.0.timeZone',
      'places.1',
      'officers.1.offices.0.role',
      'groups.0.place',
      'officers.2.homePlace',
      'officers.2.offices.0.place',
    ]);
  });

  it.each<[string, string, (file: Raw) => void]>([
    [
      'a ring of places',
      'places.0.parent',
      ({ places }) => Object.assign(places[0] ?? {}, { parent: 'heping' }),
    ],
    [
      'a place twice',
      'places.1.id',
      ({ places }) => Object.assign(places[1] ?? {}, { id: 'qingshi', parent: undefined }),
    ],
    [
      'one conversation in two groups',
      'groups.1.conversation',
      ({ groups }) => Object.assign(groups[1] ?? {}, { conversation: groups[0]?.['conversation'] }),
    ],
    [
      'one login twice',
      'officers.1.login',
      ({ officers }) => Object.assign(officers[1] ?? {}, { login: 'mengxiao' }),
    ],
    [
      'one identity twice',
      'officers.1.identity',
      ({ officers }) => Object.assign(officers[1] ?? {}, { identity: officers[0]?.['identity'] }),
    ],
    ['a department’s group without unit', 'groups.2.unit', ({ groups }) => delete groups[2]?.['unit']],
    [
      'a one-to-one chat as a group',
      'groups.0.conversation.conversationId',
      ({ groups }) =>
        Object.assign(groups[0] ?? {}, {
          conversation: { channel: 'wechaty', account: 'wechaty', conversationId: 'direct-wxid' },
        }),
    ],
    [
      'a wrong account of the web channel',
      'groups.0.conversation.account',
      ({ groups }) =>
        Object.assign(groups[0] ?? {}, {
          conversation: { channel: 'web', account: 'other', conversationId: 'a' },
        }),
    ],
  ])('is refused for %s', (_, path, change) => {
    expect(problems(change).some((problem) => problem.startsWith(`${path}:`))).toBe(true);
  });

  it('is refused politely whatever it holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        expect(problemsOf(() => parseCommunityFile(input)).length).toBeGreaterThan(0);
        expect(
          problemsOf(() => parseCommunityFile({ places: [input], groups: [input], officers: [input] }))
            .length,
        ).toBeGreaterThan(2);
      }),
    );
  });
});

describe('a plan', () => {
  it('saves everything once, and nothing the second time', () => {
    const first = planCommunity(example(), NOTHING);
    expect([first.places.length, first.groups.length, first.people.length, first.identities.length]).toEqual([
      2, 3, 3, 1,
    ]);
    const second = planCommunity(example(), after(first));
    expect([second.places, second.groups, second.people, second.identities, second.untouched]).toEqual([
      [],
      [],
      [],
      [],
      [],
    ]);
    expect(auditOf(second, new Date(0))).toEqual([]);
  });

  it('saves what has changed, and notes it by ids alone', () => {
    const before = after(planCommunity(example(), NOTHING));
    const file = example(({ groups, officers }) => {
      Object.assign(groups[0] ?? {}, { name: '新名字' });
      Object.assign(officers[1] ?? {}, { offices: [] });
    });
    const plan = planCommunity(file, before);
    const entries = auditOf(plan, new Date(0));
    expect(entries.map(({ action, subjectId, placeId }) => [action, subjectId, placeId])).toEqual([
      ['group.saved', 'group:heping-residents', 'place:heping'],
      ['person.saved', 'person:tang-bo', 'place:heping'],
    ]);
    expect(JSON.stringify(auditOf(planCommunity(example(), NOTHING), new Date(0)))).not.toMatch(
      /\p{Script=Han}|wxid/u,
    );
  });

  it('leaves what the file does not name, and says so', () => {
    const before = after(planCommunity(example(), NOTHING));
    const plan = planCommunity(
      example(({ officers }) => void officers.pop()),
      before,
    );
    expect(plan.untouched).toEqual(['person:gu-yue']);
  });

  it('gives offices to the person who has spoken before', () => {
    const spoken = { id: 'wechaty:wechaty:wxid_example_mengxiao', personId: 'p123', displayName: '小孟' };
    const person = { id: 'p123', name: '小孟', homePlaceId: 'place:heping', offices: [] };
    const plan = planCommunity(example(), { ...NOTHING, identities: [spoken], people: [person] });
    expect(plan.people[0]).toMatchObject({ id: 'p123', name: '孟晓', offices: [{ role: 'secretary' }] });
    expect(plan.identities).toEqual([]);
  });

  it.each<[string, string, (saved: Existing) => Existing]>([
    [
      'an identity of somebody else',
      'officers.0.identity',
      (saved) => ({ ...saved, identities: saved.identities.map((one) => ({ ...one, personId: 'p123' })) }),
    ],
    [
      'a conversation of another group',
      'groups.0.conversation',
      (saved) => ({ ...saved, groups: saved.groups.map((one) => ({ ...one, id: `${one.id}-old` })) }),
    ],
    [
      'a login name of somebody else',
      'officers.0.login',
      (saved) => ({ ...saved, logins: [{ login: 'mengxiao', personId: 'person:tang-bo' }] }),
    ],
    [
      'another login name than the one with a password',
      'officers.0.login',
      (saved) => ({ ...saved, logins: [{ login: 'meng', personId: 'person:meng-xiao' }] }),
    ],
    [
      'a moved place with others below it',
      'places.1.parent',
      (saved) => ({
        ...saved,
        places: saved.places.flatMap((one) =>
          one.ancestorIds.length === 0
            ? [one]
            : [
                { ...one, ancestorIds: [] },
                { ...one, id: 'place:building', ancestorIds: [one.id] },
              ],
        ),
      }),
    ],
    [
      'the demo community',
      'the database holds the demo community',
      (saved) => ({ ...saved, places: saved.places.map((one) => ({ ...one, id: 'place:xingfuli' })) }),
    ],
  ])('is refused for %s in the database', (_, path, change) => {
    const found = problemsOf(() =>
      planCommunity(example(), change(after(planCommunity(example(), NOTHING)))),
    );
    expect(found.some((problem) => problem.startsWith(`${path}:`))).toBe(true);
  });

  it('takes nobody of the demo, whose links are given away', () => {
    const file = example(({ officers }) => Object.assign(officers[0] ?? {}, { id: 'secretary' }));
    expect(problemsOf(() => planCommunity(file, NOTHING))[0]).toMatch(/^officers\.0\.id:/);
  });
});

describe('a password', () => {
  it('has ten characters or more', () => {
    expect(problemsOf(() => checkedPassword('123456789'))).toHaveLength(1);
    expect(checkedPassword('1234567890')).toBe('1234567890');
  });
});

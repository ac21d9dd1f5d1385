import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { householdIdOf, residentIdOf, type Household } from '#core/roster';
import { createRosterStore } from '#models/roster-store';
import { connectVoteDatabase, type VoteDatabase } from './vote-database.ts';

let vote: VoteDatabase;
let roster: ReturnType<typeof createRosterStore>;
beforeAll(async () => {
  vote = await connectVoteDatabase();
  roster = createRosterStore(vote.connection);
});
afterAll(() => vote.close());

function flat(room: string, ...names: string[]): Household {
  const address = { building: '3', unit: '2', room };
  const id = householdIdOf('xfl', address);
  const residents = names.map((name) => ({
    id: residentIdOf(id, name),
    name,
    phoneTail: '1234',
    isOwner: true,
    personIds: [],
  }));
  return { id, placeId: 'xfl', ...address, residents };
}

async function read(room: string): Promise<Household> {
  const [household] = await roster.byIds([flat(room).id]);
  if (!household) throw new Error(`no household ${room}`);
  return household;
}
const linked = (household: Household, personId: string): Household => ({
  ...household,
  residents: household.residents.map((one) => ({ ...one, personIds: [personId] })),
});

describe('changes of a roster that were planned from the same look', () => {
  it('all happen where they touch different households', async () => {
    const rooms = ['501', '502', '503', '504'];
    await vote.guarded(rooms.map((room) => roster.save(flat(room, '王芳'))));
    const planned = await Promise.all(rooms.map(read));
    const done = await Promise.allSettled(
      planned.map((household, n) => vote.guarded([roster.save(linked(household, `p${n}`))])),
    );
    expect(done.map(({ status }) => status)).toEqual(rooms.map(() => 'fulfilled'));
    const persons = (await Promise.all(rooms.map(read))).map(({ residents }) => residents[0]?.personIds);
    expect(persons).toEqual([['p0'], ['p1'], ['p2'], ['p3']]);
  });

  it('are one of them only where they touch the same one, whatever they are', async () => {
    await vote.guarded([roster.save(flat('601', '李明', '李强'))]);
    const before = await read('601');
    const [first] = before.residents;
    if (!first) throw new Error('nobody there');
    await vote.guarded(roster.recognise(before, first, 'p1'));
    for (const write of [roster.save(linked(before, 'p2')), roster.remove(before)])
      await expect(vote.guarded([roster.save(flat('602', '周岚')), write])).rejects.toThrow(/race/u);
    expect((await read('601')).residents[0]?.personIds).toEqual(['p1']);
    // Whole or not at all: the other household of the same decision is not there either.
    expect(await roster.byIds([flat('602').id])).toEqual([]);
  });

  it('make a new household once, and one that was taken off comes back', async () => {
    const made = await Promise.allSettled(
      ['甲', '乙', '丙'].map((name) => vote.guarded([roster.save(flat('701', name))])),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of made) if (one.status === 'rejected') expect(String(one.reason)).toMatch(/race/u);
    await vote.guarded([roster.remove(await read('701'))]);
    expect(await roster.byIds([flat('701').id])).toEqual([]);
    await vote.guarded([roster.save(flat('701', '丁'))]);
    expect((await read('701')).residents.map(({ name }) => name)).toEqual(['丁']);
  });

  it('of thousands go in one transaction', async () => {
    const many = Array.from({ length: 3_000 }, (_, n) => flat(String(10_000 + n), '王芳'));
    await vote.guarded(many.map((household) => roster.save(household)));
    expect((await roster.ofPlace('xfl')).length).toBeGreaterThanOrEqual(3_000);
  }, 60_000);
});

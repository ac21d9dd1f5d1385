import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ballot } from '#core/poll';
import type { RollEntry } from '#core/roll';
import { createPollStore } from '#models/polls';
import { judgePoll } from '#procedure/verdict';
import { connectVoteDatabase } from './vote-database.ts';
import { at, sampleBallot, samplePoll } from './vote-samples.ts';

const votes = await connectVoteDatabase();
const store = createPollStore(votes.connection);
afterAll(() => votes.close());
beforeEach(() => votes.database.empty());

const poll = samplePoll();
const PEOPLE = 60;
const CHANGES = 20;
const AT_ONCE = 8;

const order = (a: Ballot, b: Ballot) =>
  a.sentAt.getTime() - b.sentAt.getTime() || (a.messageId < b.messageId ? -1 : 1);

/** Everybody changes their mind again and again, in the group and one-to-one, often within the same millisecond. */
function everyChange(): Ballot[] {
  return Array.from({ length: PEOPLE * CHANGES }, (_, n) => {
    const voterId = `p${String(n % PEOPLE).padStart(3, '0')}`;
    const isOpen = n % 2 === 0;
    const { groupId, ...ballot } = sampleBallot({
      voterId,
      choice: [(n * 7) % 3],
      messageId: `${isOpen ? 'g' : 'd'}${(n * 7919) % 10_007}`,
      sentAt: at(Math.floor(n / PEOPLE / 3)),
      path: isOpen ? 'group' : 'direct',
    });
    return isOpen && groupId !== undefined ? { ...ballot, groupId } : ballot;
  });
}

it(`${PEOPLE} people × ${CHANGES} changes from two sides at once, each delivered twice, leave one ballot each: the last`, async () => {
  const sent = everyChange();
  const last = new Map<string, Ballot>();
  for (const ballot of sent.toSorted(order)) last.set(ballot.voterId, ballot);
  const deliveries = [...sent, ...sent.toReversed()].sort(
    (a, b) =>
      (Number.parseInt(a.messageId.slice(1), 10) % 101) - (Number.parseInt(b.messageId.slice(1), 10) % 101),
  );
  const batches = Array.from({ length: Math.ceil(deliveries.length / 100) }, (_, n) =>
    deliveries.slice(n * 100, (n + 1) * 100),
  );
  let next = 0;
  const side = async () => {
    while (next < batches.length) {
      const batch = batches[next] ?? [];
      next += 1;
      await votes.together(batch.map((ballot) => store.cast(ballot)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, side));

  const stored = await Promise.all([...last.keys()].map((id) => store.ballotOf(poll.id, id)));
  expect(stored).toEqual([...last.values()]);
  expect(await votes.connection.collection('ballots').countDocuments()).toBe(PEOPLE);
  const counts = [0, 1, 2].map(
    (option) => [...last.values()].filter(({ choice }) => choice[0] === option).length,
  );
  expect(await store.tally(poll)).toMatchObject({ counts, voters: PEOPLE });
});

describe('ballots around the deadline', () => {
  it('count when they were sent in time and not otherwise, in whatever order they arrive around the recount', async () => {
    const offsets = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(offsets, async (all) => {
        await votes.database.empty();
        const ballots = all.map((offset, n) =>
          sampleBallot({
            voterId: `p${n}`,
            messageId: `m${n}`,
            sentAt: new Date(poll.closesAt.getTime() + offset),
          }),
        );
        const [early, ...rest] = ballots;
        await votes.together(
          ballots.filter(({ sentAt }) => sentAt <= poll.closesAt).map((one) => store.cast(one)),
        );
        // Whatever slips in beside the recount was sent too late, or is there already.
        const [tally] = await Promise.all([
          store.tally(poll),
          votes.together([...rest, ...(early ? [early] : [])].map((one) => store.cast(one))),
        ]);
        const inTime = all.filter((offset) => offset <= 0).length;
        expect(tally.voters).toBe(inTime);
        expect(await store.tally(poll)).toEqual(tally);
      }),
      { numRuns: 25 },
    );
  });
});

describe('the recount beside the roll', () => {
  const building = fc.constantFrom('1号楼', '2号楼', undefined);
  const voters = fc.array(
    fc.record({
      area: fc.integer({ min: 1, max: 20_000 }),
      building,
      room: fc.constantFrom('101', '102', undefined),
      choice: fc.constantFrom(0, 1, 2, undefined),
    }),
    { minLength: 1, maxLength: 15 },
  );

  it('agrees with an oracle that looks everybody up', async () => {
    const byArea = samplePoll({ rules: { ...poll.rules, article278: 'ordinary', minCell: 3 } });
    await fc.assert(
      fc.asyncProperty(voters, async (all) => {
        await votes.database.empty();
        const roll = all.map(({ area, building: where, room }, n): RollEntry => ({
          voterId: `p${n}`,
          personIds: [`p${n}`],
          areaCents: area,
          ...(where !== undefined && { building: where }),
          ...(room !== undefined && { room }),
        }));
        await votes.guarded(store.insert(byArea, roll));
        const cast = all.flatMap(({ choice }, n) =>
          choice === undefined ? [] : [store.cast(sampleBallot({ voterId: `p${n}`, choice: [choice] }))],
        );
        await votes.together(cast);
        const { joined } = await store.tally(byArea);
        const sum = (some: typeof all) => some.reduce((total, { area }) => total + area, 0);
        const voted = all.filter(({ choice }) => choice !== undefined);
        const homes = (some: typeof all) =>
          new Set(
            some.map((one) =>
              one.room === undefined ? `alone ${all.indexOf(one)}` : `${one.building ?? ''} ${one.room}`,
            ),
          ).size;
        expect(joined).toMatchObject({
          rollArea: sum(all),
          votedArea: sum(voted),
          areas: [0, 1, 2].map((option) => sum(all.filter(({ choice }) => choice === option))),
          households: homes(voted),
          rollHouseholds: homes(all),
        });
        for (const row of joined?.byBuilding ?? []) {
          const here = voted.filter((one) => (one.building ?? '') === row.building);
          expect(row.voters).toBe(here.length);
          expect(row.counts).toEqual([0, 1, 2].map((o) => here.filter(({ choice }) => choice === o).length));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is not made where no rule asks for it', async () => {
    await votes.together([store.cast(sampleBallot())]);
    const tally = await store.tally(poll);
    expect(tally).not.toHaveProperty('joined');
    expect(judgePoll(tally, poll, at(1))).not.toHaveProperty('byBuilding');
  });
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { standsOver } from '#core/ballot-order';
import type { Ballot, BallotPath } from '#core/poll';
import { createPollStore } from '#models/polls';
import { connectVoteDatabase, type VoteDatabase } from './vote-database.ts';
import { at, sampleBallot, samplePoll } from './vote-samples.ts';

let vote: VoteDatabase;
let polls: ReturnType<typeof createPollStore>;
beforeAll(async () => {
  vote = await connectVoteDatabase();
  polls = createPollStore(vote.connection);
});
afterAll(() => vote.close());

const PATHS: readonly BallotPath[] = ['group', 'direct', 'page', 'paper', 'phone', 'visit', 'proxy'];
const anyBallot = fc
  .tuple(
    fc.constantFrom(...PATHS),
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom('a', 'b', '$c'),
    fc.nat(2),
  )
  .map(([path, minute, messageId, option]) => ({ path, sentAt: at(minute), messageId, choice: [option] }));

/** The ballot that stands, by the rule alone. */
function standing(ballots: readonly Ballot[]): Ballot | undefined {
  return ballots.reduce<Ballot | undefined>(
    (best, one) => (best && !standsOver(one, best) ? best : one),
    undefined,
  );
}

describe('the ballot that is kept', () => {
  it('is the one that stands by the rule, in whatever order and however often they arrive', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyBallot, {
          minLength: 1,
          maxLength: 6,
          selector: ({ path, sentAt, messageId }) => `${path} ${sentAt.getTime()} ${messageId}`,
        }),
        fc.infiniteStream(fc.nat()),
        async (drafts, chance) => {
          round += 1;
          const pollId = `poll:${round}`;
          // Two paths with the same time and message are one message of one path in truth.
          const ballots = drafts.map((draft, index) =>
            sampleBallot({ ...draft, pollId, messageId: `${draft.messageId}${index}` }),
          );
          const arriving = [...ballots, ...ballots].sort(() => ((chance.next().value as number) % 3) - 1);
          for (const ballot of arriving) await vote.together([polls.cast(ballot)]);
          expect(await polls.ballotOf(pollId, 'p1')).toEqual(standing(ballots));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is the one cast in person, whatever the times; of two papers the later', () => {
    const paper = sampleBallot({ path: 'paper', sentAt: at(50) });
    const chat = sampleBallot({ path: 'group', sentAt: at(10) });
    expect([standsOver(chat, paper), standsOver(paper, chat)]).toEqual([true, false]);
    expect(standsOver(paper, sampleBallot({ path: 'visit', sentAt: at(40) }))).toBe(true);
  });

  it('is never the one of an authorised voter where there is another, whatever the times', () => {
    const proxy = sampleBallot({ path: 'proxy', sentAt: at(90) });
    for (const path of PATHS.filter((one) => one !== 'proxy')) {
      const own = sampleBallot({ path, sentAt: at(1) });
      expect([path, standsOver(own, proxy), standsOver(proxy, own)]).toEqual([path, true, false]);
    }
    expect(standsOver(proxy, sampleBallot({ path: 'proxy', sentAt: at(80) }))).toBe(true);
  });
});

describe('a large roll', () => {
  const roll = (size: number, from = 0) =>
    Array.from({ length: size }, (_, index) => ({
      voterId: `household:${from + index}`,
      personIds: [`p${index}`],
      sourceIds: [`household:${from + index}`],
    }));

  it('is written down before the poll opens, lets nobody vote until then, and is replaced by another try', async () => {
    const poll = samplePoll({ id: 'poll:large' });
    const first = await polls.keepRoll(poll.id, roll(3), at(0));
    expect(await polls.openFor('p1')).toEqual([]);
    const second = await polls.keepRoll(poll.id, roll(2, 1), at(1));
    await expect(vote.guarded([first, ...polls.insert(poll)])).rejects.toThrow(/race/);
    expect(await polls.byId(poll.id)).toBeUndefined();
    await vote.guarded([second, ...polls.insert(poll)]);
    expect((await polls.rollOf(poll.id)).map(({ voterId }) => voterId)).toEqual([
      'household:1',
      'household:2',
    ]);
    await polls.keepRoll(poll.id, roll(5), at(2));
    expect(await polls.rollOf(poll.id)).toHaveLength(2);
  });

  it('whose poll never opened is swept away later, one that is open stays', async () => {
    await polls.keepRoll('poll:abandoned', roll(3), at(0));
    await polls.keepRoll('poll:other', roll(1), at(59));
    expect(await polls.rollOf('poll:abandoned')).toHaveLength(3);
    await polls.keepRoll('poll:other', roll(1), at(62));
    expect(await polls.rollOf('poll:abandoned')).toEqual([]);
    expect(await polls.rollOf('poll:large')).toHaveLength(2);
  });

  it('of 10,000 opens in a transaction of two writes', async () => {
    const poll = samplePoll({ id: 'poll:tenthousand' });
    const kept = await polls.keepRoll(poll.id, roll(10_000), at(70));
    const writes = [kept, ...polls.insert(poll)];
    expect(writes).toHaveLength(2);
    await vote.guarded(writes);
    expect(await polls.entriesOf(poll.id, 'p9999')).toMatchObject([{ voterId: 'household:9999' }]);
  }, 60_000);
});

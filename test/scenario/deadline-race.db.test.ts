import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Ballot, Poll } from '#core/poll';
import { webConversation } from '#core/web-chat';
import { startApp, type TestApp } from '#test/support/app';
import { propertyRuns } from '#test/support/property-runs';
import { openPollOf, saidIn, settleVoters, votersNamed, type ManyVoter } from '#test/support/vote-town';

/** 200 at night. */
const ROUNDS = propertyRuns(5);
const CLIENTS = 50;
/** Fewer than anybody would be put off for. */
const MOST_SAID = 15;
const [BEFORE_MS, AFTER_MS] = [250, 250];
const WEB = { id: 'group:xingfuli-residents', conversation: webConversation('xingfuli-residents') };

let first: TestApp;
let second: TestApp;
beforeAll(async () => {
  first = await startApp();
  second = await startApp({ database: first.database });
});
afterAll(async () => {
  await second.stop();
  await first.stop();
});

interface Said {
  readonly voter: ManyVoter;
  readonly option: number;
  readonly messageId: string;
  readonly sentAt: Date;
  /** When the program had it for good. */
  readonly keptAt: Date;
}

/** Everybody votes without a pause from before the end until after it, at both programs. */
async function hammered(poll: Poll, voters: readonly ManyVoter[]): Promise<readonly Said[]> {
  const said: Said[] = [];
  const until = poll.closesAt.getTime() + AFTER_MS;
  const client = async (voter: ManyVoter, index: number) => {
    const { engine, clock } = (index % 2 === 0 ? first : second).app;
    for (let n = 0; n < MOST_SAID && clock.now().getTime() < until; n += 1) {
      const [option, sentAt] = [(index + n) % 3, clock.now()];
      const messageId = `${poll.id}-${voter.vendorId}-${String(n).padStart(2, '0')}`;
      const text = `议题${poll.topicNumber} 投${option + 1}`;
      await engine.sink(saidIn(WEB.conversation, voter, { text, messageId, sentAt }));
      said.push({ voter, option, messageId, sentAt, keptAt: clock.now() });
    }
  };
  await Promise.all(voters.map(client));
  return said;
}

const ballotsOf = (poll: Poll) =>
  first.database.db.collection<Ballot>('ballots').find({ pollId: poll.id }).toArray();

async function closed(poll: Poll): Promise<Poll> {
  const now = async () => first.app.stores.polls.byId(poll.id);
  await expect.poll(async () => (await now())?.state, { timeout: 30_000, interval: 50 }).toBe('closed');
  return (await now()) ?? poll;
}

it(
  `takes nothing late and loses nothing early in ${ROUNDS} races of ${CLIENTS} people to the end`,
  async () => {
    const { db } = first.database;
    const seen = { late: 0, early: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      const voters = votersNamed(`r${round}-`, CLIENTS);
      await settleVoters(first.database, voters, [WEB]);
      const now = first.app.clock.now().getTime();
      const poll = await openPollOf(first.database, voters, {
        id: `poll:race-${round}`,
        topicNumber: 100 + round,
        groupIds: [WEB.id],
        openedAt: new Date(now - 60_000),
        closesAt: new Date(now + BEFORE_MS),
      });
      const said = await hammered(poll, voters);
      const { result } = await closed(poll);

      const isLate = (one: Said) => one.sentAt > poll.closesAt;
      const isKept = (one: Said) => result !== undefined && one.keptAt < result.countedAt;
      const stored = await ballotsOf(poll);
      const events = await db.collection('ballotEvents').find({ pollId: poll.id }).toArray();
      const inTime = new Set(events.map(({ messageId }) => messageId as string));
      expect(said.filter((one) => isLate(one) && inTime.has(one.messageId))).toEqual([]);
      expect(said.filter((one) => !isLate(one) && isKept(one) && !inTime.has(one.messageId))).toEqual([]);
      seen.late += said.filter(isLate).length;
      seen.early += said.filter((one) => !isLate(one)).length;

      const standing = voters.flatMap(({ personId }) => {
        const mine = said.filter((one) => one.voter.personId === personId && inTime.has(one.messageId));
        const last = mine
          .toSorted((a, b) => a.sentAt.getTime() - b.sentAt.getTime() || (a.messageId < b.messageId ? -1 : 1))
          .at(-1);
        return last ? [{ voterId: personId, choice: [last.option] }] : [];
      });
      expect(
        stored
          .map(({ voterId, choice }) => ({ voterId, choice }))
          .sort((a, b) => (a.voterId < b.voterId ? -1 : 1)),
      ).toEqual(standing);
      const counts = [0, 1, 2].map((option) => standing.filter(({ choice }) => choice[0] === option).length);
      expect(result).toMatchObject({ counts, voters: standing.length });
      expect(await second.app.stores.polls.tally(poll)).toMatchObject({ counts, voters: standing.length });
      expect(await db.collection('audit').countDocuments({ action: 'poll.closed', subjectId: poll.id })).toBe(
        1,
      );
      expect(
        await db.collection('outbox').countDocuments({ subjectId: poll.id, _id: /^poll-result:/u as never }),
      ).toBe(1);
    }
    // Both sides of the end were tried.
    expect(Math.min(seen.late, seen.early)).toBeGreaterThan(ROUNDS);
  },
  ROUNDS * 40_000,
);

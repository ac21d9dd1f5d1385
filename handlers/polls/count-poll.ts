import type { BallotEventStore, PollSecrets } from '#core/ballot-event';
import type { CountedBallot, Poll, PollResult, PollStore, RollCount } from '#core/poll';
import type { RollEntry } from '#core/roll';
import { createCounter } from '#procedure/counting';
import { asksTheRoll, createRollCounter } from '#procedure/roll-count';
import { judgePoll } from '#procedure/verdict';
import { createSealer, openingOf, type PollOpening } from '#src/proof/seal-poll';
import { frozenPollOf, pollEndOf, votersOf } from './frozen-poll.ts';

export interface CountDeps {
  readonly polls: Pick<PollStore, 'ballotsInTime' | 'rollOf'>;
  readonly ballotEvents: Pick<BallotEventStore, 'inOrder'>;
  readonly pollSecrets: PollSecrets;
}

/** Counts a poll and seals it. The same read of each ballot goes into the counts and the seal, so they agree. */
export async function countPoll(deps: CountDeps, poll: Poll, now: Date): Promise<PollResult> {
  const counter = createCounter(poll.method, poll.options.length);
  const secret = await deps.pollSecrets.secretOf(poll.id);
  const sealer = createSealer({
    poll: frozenPollOf(poll),
    secret,
    published: await publishedOf(deps, poll, secret),
    rollSize: poll.rollSize,
    end: pollEndOf(poll),
  });
  const beside = asksTheRoll(poll.rules) ? rollBeside(poll, await deps.polls.rollOf(poll.id)) : undefined;
  // Side by side: one is worked on while the database reads the other.
  await Promise.all([
    forEach(deps.polls.ballotsInTime(poll), (ballot) => {
      counter.add(ballot.choice);
      beside?.add(ballot);
      sealer.addBallot(ballot);
    }),
    forEach(deps.ballotEvents.inOrder(poll.id, poll.closesAt), sealer.addEvent),
  ]);
  const joined = beside?.result();
  const result = judgePoll({ ...counter.result(), ...(joined && { joined }) }, poll, now);
  return { ...result, seal: sealer.seal({ ...result }) };
}

async function forEach<Row>(rows: AsyncIterable<Row>, take: (row: Row) => void): Promise<void> {
  for await (const row of rows) take(row);
}

/** Area, households and buildings of the whole roll, with the choices of those who voted. */
function rollBeside(poll: Poll, roll: readonly RollEntry[]) {
  const counter = createRollCounter(poll.method, poll.options.length);
  const silent = new Map(roll.map((entry) => [entry.voterId, entry]));
  return {
    add({ voterId, choice }: Pick<CountedBallot, 'voterId' | 'choice'>): void {
      const entry = silent.get(voterId);
      if (!entry) return;
      silent.delete(voterId);
      counter.add(entry, choice);
    },
    result(): RollCount {
      for (const entry of silent.values()) counter.add(entry);
      return counter.result();
    },
  };
}

/** What was published when it opened. Polls of before that have only what is there now. */
async function publishedOf({ polls }: CountDeps, poll: Poll, secret: string): Promise<PollOpening> {
  const { rollFingerprint: roll, fingerprint: opening } = poll;
  if (roll !== undefined) return { roll, opening };
  return openingOf(frozenPollOf(poll), secret, votersOf(poll, await polls.rollOf(poll.id)));
}

import { definedFields } from '#core/decision';
import type { Poll, PollResult } from '#core/poll';
import type { RollEntry } from '#core/roll';
import type { VoterFacts } from '#src/proof/rows';
import type { EndFacts, FrozenPoll } from '#src/proof/seal-poll';

type Frozen = Omit<Poll, 'fingerprint' | 'rollFingerprint' | 'rollSize'>;

/** What a poll's fingerprint covers: everything that decides who may vote on what, and when it counts. */
export function frozenPollOf(poll: Frozen): FrozenPoll {
  const { id, placeId: place, topicNumber, title, options, method } = poll;
  return { id, place, topicNumber, title, options, method, rules: frozenRulesOf(poll) };
}

function frozenRulesOf(poll: Frozen) {
  const { electorate, unit, quorum, nextStep, openedAt } = poll;
  const closesAt = poll.plannedClosesAt ?? poll.closesAt;
  const common = { electorate, unit, nextStep, openedAt, closesAt };
  // Polls opened before the order of ballots was kept had only the number of voters in the place of the quorum.
  if (poll.rules.ballotOrder === undefined) return { ...poll.rules, ...common, quorum };
  return { ...poll.rules, ...common, votersNeeded: quorum };
}

/** The voters as the roll's fingerprint covers them: their names only where the poll shows them. */
export function votersOf({ rules }: Pick<Poll, 'rules'>, roll: readonly RollEntry[]): readonly VoterFacts[] {
  return roll.map(({ voterId, areaCents, label }) => ({
    voterId,
    ...definedFields({ areaCents, label: rules.showsNames === true ? label : undefined }),
  }));
}

/** How it ended. */
export function pollEndOf({ closesAt, closedEarlyReason, strikes }: Poll): EndFacts {
  return { closesAt: closesAt.toISOString(), ...definedFields({ closedEarlyReason, strikes }) };
}

/** What was counted, as the seal covers it. */
export function sealedResultOf({ seal: _, ...result }: PollResult): Omit<PollResult, 'seal'> {
  return result;
}

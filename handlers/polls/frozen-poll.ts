import type { Poll, PollResult } from '#core/poll';
import { definedFields } from '#core/decision';
import type { FrozenPoll, PollEnd } from '#src/proof/seal-poll';

type Frozen = Omit<Poll, 'fingerprint' | 'rollFingerprint' | 'rollSize'>;

/** What a poll's fingerprint covers: everything that decides who may vote on what, and when it counts. */
export function frozenPollOf(poll: Frozen): FrozenPoll {
  const { id, placeId: place, topicNumber, title, options, method } = poll;
  const { electorate, unit, quorum, nextStep, openedAt } = poll;
  const closesAt = poll.plannedClosesAt ?? poll.closesAt;
  const rules = { ...poll.rules, electorate, unit, quorum, nextStep, openedAt, closesAt };
  return { id, place, topicNumber, title, options, method, rules };
}

/** How it ended. */
export function pollEndOf({ closesAt, closedEarlyReason }: Poll): PollEnd {
  return { closesAt: closesAt.toISOString(), ...definedFields({ closedEarlyReason }) };
}

/** What was counted, as the seal covers it. */
export function sealedResultOf({ seal: _, ...result }: PollResult): Omit<PollResult, 'seal'> {
  return result;
}

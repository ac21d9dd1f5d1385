import type { BallotEvent, BallotEventStore, PollSecrets } from '#core/ballot-event';
import { definedFields, type Write } from '#core/decision';
import type { Ballot, PollStore } from '#core/poll';
import { createRows } from '#src/proof/rows';

export interface RecordDeps {
  readonly polls: Pick<PollStore, 'cast'>;
  readonly ballotEvents: BallotEventStore;
  readonly pollSecrets: PollSecrets;
}

/**
 * A vote and what has to be written of it, from whatever path: the ballot, and the event that it was cast. The receipt
 * is the head of what the poll's seal will hold of this ballot, so a ballot that was altered no longer has it.
 */
export async function recordBallot(
  { polls, ballotEvents, pollSecrets }: RecordDeps,
  vote: Omit<Ballot, 'receipt'>,
): Promise<{ readonly ballot: Ballot; readonly writes: readonly Write[] }> {
  const rows = createRows(vote.pollId, await pollSecrets.secretOf(vote.pollId));
  const ballot = { ...vote, receipt: rows.ballot(vote).code };
  return { ballot, writes: [polls.cast(ballot), ballotEvents.append(eventOf(ballot))] };
}

function eventOf(ballot: Ballot): BallotEvent {
  const { pollId, voterId, choice, path, sentAt, messageId, enteredById } = ballot;
  return { pollId, voterId, choice, path, sentAt, messageId, ...definedFields({ enteredById }) };
}

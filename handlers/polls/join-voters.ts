import { standsOver } from '#core/ballot-order';
import type { Write } from '#core/decision';
import type { DelegationStore } from '#core/delegation';
import { ballotId, type Poll, type PollStore, type VoterStrike } from '#core/poll';
import { isStanding } from '#procedure/delegation';
import { recordBallot, type RecordDeps } from './record-ballot.ts';

export interface JoinVotersDeps extends RecordDeps {
  readonly polls: RecordDeps['polls'] & Pick<PollStore, 'ballotOf' | 'update'>;
  readonly delegations: Pick<DelegationStore, 'touching'>;
}

/**
 * Two voters of an open poll are one person: one is struck, and of both ballots the one stands that would stand if they
 * had been one voter's. The roll stays as it was published; the strike is published with the result. `delegated` where
 * somebody may vote for one of them, or one of them for somebody: that has to end first. `cast` where that was done: then
 * they are joined when the poll is over.
 */
export function createJoinVoters(deps: JoinVotersDeps) {
  return async (poll: Poll, strike: VoterStrike): Promise<readonly Write[] | 'delegated' | 'cast'> => {
    const known = await deps.delegations.touching(poll.id, [strike.voterId, strike.intoId]);
    if (known.some(({ usedAt }) => usedAt !== undefined)) return 'cast';
    if (known.some(isStanding)) return 'delegated';
    const strikes = [...(poll.strikes ?? []), strike];
    return [
      deps.polls.update(poll.id, { strikes }, poll.revision),
      ...(await inheritedBallot(deps, poll.id, strike)),
    ];
  };
}

type InheritDeps = Pick<JoinVotersDeps, 'ballotEvents' | 'pollSecrets'> & {
  readonly polls: Pick<PollStore, 'ballotOf' | 'cast'>;
};

/** What was cast under the struck voter's name, as the other's ballot; nothing where that one's own stands over it. */
async function inheritedBallot(
  deps: InheritDeps,
  pollId: string,
  { voterId, intoId }: VoterStrike,
): Promise<readonly Write[]> {
  const [gone, kept] = await Promise.all([voterId, intoId].map((id) => deps.polls.ballotOf(pollId, id)));
  if (!gone || (kept && !standsOver(gone, kept))) return [];
  const { receipt: _, ...vote } = gone;
  const inherited = { ...vote, id: ballotId(pollId, intoId), voterId: intoId };
  return (await recordBallot(deps, inherited)).writes;
}

/** This person's own vote went to another voter who is the same person; whoever was taken apart again has no second one. */
export function isStruck({ strikes = [] }: Pick<Poll, 'strikes'>, personId: string): boolean {
  return strikes.some(({ voterId }) => voterId === personId);
}

/** Votes that were on their way when their voter was struck; nothing when all of them have arrived. */
export async function inheritedBallots(
  deps: InheritDeps,
  { id, strikes = [] }: Poll,
): Promise<readonly Write[]> {
  const found = await Promise.all(strikes.map((strike) => inheritedBallot(deps, id, strike)));
  return found.flat();
}

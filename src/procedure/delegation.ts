import type { Delegation, DelegationProblem } from '#core/delegation';

type Known = Pick<Delegation, 'voterId' | 'holderId' | 'usedAt' | 'withdrawnAt' | 'endedBy'>;

/** Who would authorise whom, and on what: said in chat, or written and brought to staff. */
export type WantedDelegation = Pick<Delegation, 'voterId' | 'holderId' | 'by'>;

export function isStanding({ withdrawnAt }: Pick<Delegation, 'withdrawnAt'>): boolean {
  return withdrawnAt === undefined;
}

/** The holder said no. */
export function isDeclined({ endedBy }: Pick<Delegation, 'endedBy'>): boolean {
  return endedBy === 'holder';
}

/**
 * The first reason against a delegation; undefined when there is none. `known` are those in which one of both voters
 * stands. Nobody authorises two, whoever was authorised authorises nobody, and whoever authorised somebody is not
 * authorised: so there are no chains and no circles. A holder's places are `most`; one that was used stays taken after
 * it was withdrawn, for the vote that was cast with it may still count. A holder who declined a voter is not asked again
 * in chat; whoever changed their mind says so to staff, who enter the paper.
 */
export function delegationProblem(
  known: readonly Known[],
  { voterId, holderId, by }: WantedDelegation,
  most = 0,
): DelegationProblem | undefined {
  if (most === 0) return 'notAllowed';
  if (voterId === holderId) return 'self';
  const standing = known.filter(isStanding);
  if (standing.some((one) => one.voterId === voterId)) return 'given';
  if (standing.some((one) => one.holderId === voterId)) return 'isHolder';
  if (standing.some((one) => one.voterId === holderId)) return 'holderGave';
  if (
    by === 'chat' &&
    known.some((one) => isDeclined(one) && one.voterId === voterId && one.holderId === holderId)
  )
    return 'declined';
  const taken = known.filter(
    (one) =>
      one.holderId === holderId && one.voterId !== voterId && (isStanding(one) || one.usedAt !== undefined),
  );
  return new Set(taken.map((one) => one.voterId)).size >= most ? 'full' : undefined;
}

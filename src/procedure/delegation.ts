import type { Delegation, DelegationProblem } from '#core/delegation';

type Known = Pick<Delegation, 'voterId' | 'holderId' | 'usedAt' | 'withdrawnAt'>;

export function isStanding({ withdrawnAt }: Pick<Delegation, 'withdrawnAt'>): boolean {
  return withdrawnAt === undefined;
}

/**
 * The first reason against a delegation; undefined when there is none. `known` are those in which one of both voters
 * stands. Nobody authorises two, whoever was authorised authorises nobody, and whoever authorised somebody is not
 * authorised: so there are no chains and no circles. A holder's places are `most`; one that was used stays taken after
 * it was withdrawn, for the vote that was cast with it may still count.
 */
export function delegationProblem(
  known: readonly Known[],
  { voterId, holderId }: Pick<Delegation, 'voterId' | 'holderId'>,
  most = 0,
): DelegationProblem | undefined {
  if (most === 0) return 'notAllowed';
  if (voterId === holderId) return 'self';
  const standing = known.filter(isStanding);
  if (standing.some((one) => one.voterId === voterId)) return 'given';
  if (standing.some((one) => one.holderId === voterId)) return 'isHolder';
  if (standing.some((one) => one.voterId === holderId)) return 'holderGave';
  const taken = known.filter(
    (one) =>
      one.holderId === holderId && one.voterId !== voterId && (isStanding(one) || one.usedAt !== undefined),
  );
  return new Set(taken.map((one) => one.voterId)).size >= most ? 'full' : undefined;
}

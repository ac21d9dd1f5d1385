import type { Delegation } from '#core/delegation';
import type { Poll } from '#core/poll';
import { isDeclined, isStanding } from '#procedure/delegation';

import type { DelegationView } from '../contract-polls.ts';
import type { ConsoleStores } from './stores.ts';

const MOST_SHOWN = 500;

/** Who authorised whom in a poll; nothing is asked where its rules allow none. */
export async function delegationViews(
  { polls, delegations }: Pick<ConsoleStores, 'polls' | 'delegations'>,
  { id, rules }: Poll,
): Promise<readonly DelegationView[]> {
  if (rules.proxiesPerHolder === undefined) return [];
  const labelOf = async (voterId: string) => (await polls.entryOf(id, voterId))?.label ?? '';
  const found = await delegations.ofPoll(id, MOST_SHOWN);
  return Promise.all(
    found.map(async (delegation) => ({
      voterId: delegation.voterId,
      voter: await labelOf(delegation.voterId),
      holder: await labelOf(delegation.holderId),
      givenAt: delegation.givenAt.toISOString(),
      by: delegation.by,
      state: stateOf(delegation),
      wasUsed: delegation.usedAt !== undefined,
    })),
  );
}

function stateOf(delegation: Delegation): DelegationView['state'] {
  if (!isStanding(delegation)) return isDeclined(delegation) ? 'declined' : 'withdrawn';
  return delegation.usedAt ? 'used' : 'standing';
}

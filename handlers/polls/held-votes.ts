import type { Delegation } from '#core/delegation';
import type { Ballot, Poll } from '#core/poll';
import { householdIdOf } from '#core/roster';
import type { RollEntry } from '#core/roll';
import { isStanding } from '#procedure/delegation';
import type { StandingVote } from '#texts/delegation-texts';
import { nameIn } from './delegation-words.ts';
import type { PollDeps } from './poll-deps.ts';
import { behindName, readDoor } from './read-proxy.ts';

/** A voter who authorised somebody, with the delegation. */
export interface Held {
  readonly delegation: Delegation;
  readonly voter: RollEntry;
}

/** Whose votes this person may cast besides their own, as it stands now. */
export async function heldBy(
  deps: { readonly polls: Pick<PollDeps['polls'], 'entriesOf' | 'entryOf'> } & Pick<PollDeps, 'delegations'>,
  { id, rules }: Pick<Poll, 'id' | 'rules'>,
  personId: string,
): Promise<readonly Held[]> {
  if (rules.proxiesPerHolder === undefined) return [];
  const own = (await deps.polls.entriesOf(id, personId)).map(({ voterId }) => voterId);
  const known = await deps.delegations.touching(id, own);
  const standing = known.filter((one) => isStanding(one) && own.includes(one.holderId));
  const held = standing.map(async (delegation) => {
    const voter = await deps.polls.entryOf(id, delegation.voterId);
    return voter ? [{ delegation, voter }] : [];
  });
  return (await Promise.all(held)).flat();
}

/** What stands for a voter: nothing, what somebody authorised cast, or their own, in person or on paper. */
export function standingVote(ballot: Pick<Ballot, 'path'> | undefined): StandingVote {
  if (!ballot) return 'none';
  return ballot.path === 'proxy' ? 'proxy' : 'own';
}

interface Meant {
  /** Absent where it could be several. */
  readonly held?: Held;
  /** What is said behind door and name. */
  readonly rest: string;
}

/** Whose vote is meant, by door or name; without either the only one there is. Undefined: nobody who authorised them. */
export async function meantOf(
  { polls }: Pick<PollDeps, 'polls'>,
  poll: Poll,
  held: readonly Held[],
  text: string,
): Promise<Meant | undefined> {
  const door = readDoor(text);
  const there = door ? await polls.entriesOfHousehold(poll.id, householdIdOf(poll.placeId, door)) : [];
  const ids = new Set(there.map(({ voterId }) => voterId));
  const atDoor = held.filter(({ voter }) => ids.has(voter.voterId));
  if (door && atDoor.length > 0) return namedOf(atDoor, door.rest);
  // A whole door is no choice: it is somebody's who did not authorise the speaker.
  return door && door.building !== '' ? undefined : namedOf(held, text);
}

function namedOf(held: readonly Held[], text: string): Meant | undefined {
  for (const one of held) {
    const { label = '' } = one.voter;
    const rest = behindName(text, nameIn(label) ?? label);
    if (rest !== undefined) return { held: one, rest };
  }
  const [only, ...others] = held;
  if (!only) return undefined;
  return others.length === 0 ? { held: only, rest: text } : { rest: text };
}

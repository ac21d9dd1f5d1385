import type { Write } from '#core/decision';
import type { Household } from '#core/roster';
import type { RosterDeps } from './roster-deps.ts';

const MOST_OPEN_POLLS = 50;

/** A person and the resident they are, or are no longer. */
export interface Recognition {
  readonly household: Household;
  readonly residentId: string;
  readonly personId: string;
}

/**
 * Who is recognised while a poll is open may vote for their household at once, and who is taken off may not any more:
 * the voters of the roll stay as they were frozen, only who speaks for them changes. Somebody who has a vote of their
 * own already gets no second one.
 */
export async function openVotes(
  { polls }: RosterDeps,
  recognition: Recognition,
  may: boolean,
): Promise<Write[]> {
  const { placeId } = recognition.household;
  const { items } = await polls.list({ placeIds: [placeId], states: ['open'], limit: MOST_OPEN_POLLS });
  const writes = await Promise.all(items.map(({ id }) => votesIn(polls, id, recognition, may)));
  return writes.flat();
}

async function votesIn(
  polls: RosterDeps['polls'],
  pollId: string,
  { household, residentId, personId }: Recognition,
  may: boolean,
): Promise<Write[]> {
  const [there, own] = await Promise.all([
    polls.entriesOfHousehold(pollId, household.id),
    polls.entriesOf(pollId, personId),
  ]);
  const meant = there.filter(
    ({ sourceIds = [] }) => sourceIds.includes(household.id) || sourceIds.includes(residentId),
  );
  const gained = meant.filter(({ sourceIds = [] }) => sourceIds.includes(household.id) || own.length === 0);
  return (may ? gained : meant).map(({ voterId }) => polls.mayCast(pollId, voterId, personId, may));
}

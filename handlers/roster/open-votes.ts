import type { Write } from '#core/decision';
import type { RollEntry } from '#core/roll';
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
 * Who is recognised while a poll is open may vote for their household at once: the voters of the roll stay as they were
 * frozen, only who speaks for them changes. Somebody who has a vote of their own already gets no second one, and who owns
 * a flat speaks for no household as a mere member of it.
 */
export async function openVotes(deps: RosterDeps, recognition: Recognition): Promise<Write[]> {
  const { household, residentId, personId } = recognition;
  const { placeId } = household;
  const known = await deps.roster.ofPersons([personId]);
  const isOwner = household.residents.find(({ id }) => id === residentId)?.isOwner === true;
  const owns = known.some(
    ({ id, placeId: there, residents }) =>
      there === placeId &&
      id !== household.id &&
      residents.some((one) => one.isOwner && one.personIds.includes(personId)),
  );
  const speaks = isOwner || !owns;
  const writes = (await openPollIds(deps, placeId)).map(async (pollId) => {
    const own = await deps.polls.entriesOf(pollId, personId);
    const gained = (await entriesBehind(deps, pollId, recognition)).filter(({ sourceIds = [] }) =>
      sourceIds.includes(household.id) ? speaks : own.length === 0,
    );
    return gained.map(({ voterId }) => deps.polls.mayCast(pollId, voterId, personId, true));
  });
  return (await Promise.all(writes)).flat();
}

/**
 * Who is taken off the roster while a poll is open may not vote any more; all who go together are given. Whoever stays as
 * somebody else behind the same vote, in another flat that is one voter with it, goes on speaking for it.
 */
export async function closedVotes(
  deps: RosterDeps,
  placeId: string,
  gone: readonly Recognition[],
): Promise<Write[]> {
  if (gone.length === 0) return [];
  const pollIds = await openPollIds(deps, placeId);
  const writes = gone.map(async (one) => {
    const staying = await stayingOf(deps, one.personId, gone);
    return Promise.all(pollIds.map((pollId) => silenced(deps, pollId, one, staying)));
  });
  return (await Promise.all(writes)).flat(2);
}

async function silenced(
  deps: RosterDeps,
  pollId: string,
  gone: Recognition,
  staying: readonly string[],
): Promise<Write[]> {
  const lost = (await entriesBehind(deps, pollId, gone)).filter(
    ({ sourceIds = [] }) => !sourceIds.some((id) => staying.includes(id)),
  );
  return lost.map(({ voterId }) => deps.polls.mayCast(pollId, voterId, gone.personId, false));
}

async function openPollIds({ polls }: RosterDeps, placeId: string): Promise<readonly string[]> {
  const { items } = await polls.list({ placeIds: [placeId], states: ['open'], limit: MOST_OPEN_POLLS });
  return items.map(({ id }) => id);
}

/** The voters of a roll that this household or this resident is. */
async function entriesBehind(
  { polls }: RosterDeps,
  pollId: string,
  { household, residentId }: Recognition,
): Promise<readonly RollEntry[]> {
  const there = await polls.entriesOfHousehold(pollId, household.id);
  return there.filter(
    ({ sourceIds = [] }) => sourceIds.includes(household.id) || sourceIds.includes(residentId),
  );
}

/** Households and residents that this person still is after all of those are gone. */
async function stayingOf(
  { roster }: RosterDeps,
  personId: string,
  gone: readonly Recognition[],
): Promise<readonly string[]> {
  const left = new Set(gone.filter((one) => one.personId === personId).map(({ residentId }) => residentId));
  return (await roster.ofPersons([personId])).flatMap(({ id, residents }) => {
    const own = residents.filter((one) => one.personIds.includes(personId) && !left.has(one.id));
    return own.length === 0 ? [] : [id, ...own.map((resident) => resident.id)];
  });
}

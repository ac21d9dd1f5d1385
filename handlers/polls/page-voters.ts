import type { PeopleList, PlaceStore } from '#core/people';
import type { Poll, PollStore } from '#core/poll';
import { householdIdOf } from '#core/roster';
import { readRoomAddress } from '#language/room-address';

export interface PageVoterDeps {
  readonly polls: Pick<PollStore, 'entriesOf' | 'entriesOfHousehold'>;
  readonly places: Pick<PlaceStore, 'subtreeIds'>;
  readonly peopleList: PeopleList;
}

/** More people than share a door or a name; whoever asks for more asks for everybody. */
const MOST_MEANT = 8;
const SAME_NAME_LOOKED_AT = 50;

/**
 * The persons on a poll's roll whom somebody means who says a door (3-2-501) or the name they have in the group. Empty
 * for strangers; what the page then says is the same as for voters.
 */
export async function votersCalled(deps: PageVoterDeps, poll: Poll, who: string): Promise<readonly string[]> {
  const door = readRoomAddress(who);
  const found = door
    ? (await deps.polls.entriesOfHousehold(poll.id, householdIdOf(poll.placeId, door))).flatMap(
        ({ personIds }) => personIds,
      )
    : await named(deps, poll, who);
  const distinct = [...new Set(found)];
  return distinct.length > MOST_MEANT ? [] : distinct;
}

async function named(deps: PageVoterDeps, poll: Poll, who: string): Promise<readonly string[]> {
  const name = plain(who);
  if (name === '') return [];
  const placeIds = await deps.places.subtreeIds(poll.placeId);
  const { items } = await deps.peopleList.page({ placeIds, search: name, limit: SAME_NAME_LOOKED_AT });
  const people = items.map(({ person }) => person).filter((person) => plain(person.name) === name);
  const entries = await Promise.all(people.map(({ id }) => deps.polls.entriesOf(poll.id, id)));
  return people.flatMap(({ id }, index) => (entries[index]?.length ? [id] : []));
}

function plain(name: string): string {
  return name.normalize('NFKC').trim();
}

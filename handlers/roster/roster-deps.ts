import type { PeopleList, PeopleStore, PlaceStore } from '#core/people';
import type { RosterStore } from '#core/roster';
import type { PollStore } from '#core/poll';
import type { RosterListStore } from '#core/roster-list';
import type { VerificationStore } from '#core/verification';

/** What the roster needs from outside. */
export interface RosterDeps {
  readonly roster: RosterStore;
  readonly verifications: VerificationStore;
  readonly rosterLists: RosterListStore;
  readonly polls: Pick<PollStore, 'list' | 'entriesOf' | 'entriesOfHousehold' | 'mayCast'>;
  readonly people: PeopleStore;
  readonly peopleList: PeopleList;
  readonly places: PlaceStore;
}

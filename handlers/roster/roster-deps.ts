import type { Chance } from '#core/clock';
import type { IdentityLinkStore } from '#core/identity-link';
import type { GroupStore, PeopleList, PeopleStore, PlaceStore } from '#core/people';
import type { RosterStore } from '#core/roster';
import type { Write } from '#core/decision';
import type { Poll, PollStore, VoterStrike } from '#core/poll';
import type { RosterListStore } from '#core/roster-list';
import type { VerificationStore } from '#core/verification';

/** What the roster needs from outside. */
export interface RosterDeps {
  readonly roster: RosterStore;
  readonly verifications: VerificationStore;
  readonly identityLinks: IdentityLinkStore;
  readonly chance: Pick<Chance, 'fraction'>;
  readonly rosterLists: RosterListStore;
  readonly polls: Pick<PollStore, 'list' | 'openFor' | 'entriesOf' | 'entriesOfHousehold' | 'mayCast'>;
  /**
   * Makes two voters of an open poll one: one is struck, what stands of both ballots is the other's. `delegated` where a
   * delegation of one of them has to end first, `cast` where somebody has voted by one.
   */
  readonly joinVoters: (poll: Poll, strike: VoterStrike) => Promise<readonly Write[] | 'delegated' | 'cast'>;
  readonly groups: Pick<GroupStore, 'inPlace'>;
  readonly people: PeopleStore;
  readonly peopleList: PeopleList;
  readonly places: PlaceStore;
}

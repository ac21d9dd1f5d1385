import type { ConcernStore } from '#core/concern';
import type { DelegationStore } from '#core/delegation';
import type { MeetingStore } from '#core/meeting';
import type { DeliveryProof, NoticeStore } from '#core/notice';
import type { AssignmentStore, OutcomeStore } from '#core/outcome';
import type { PaperStore } from '#core/paper';
import type { GroupStore, PeopleList, PeopleStore, PlaceStore } from '#core/people';
import type { PollStore } from '#core/poll';
import type { RosterStore } from '#core/roster';
import type { TopicStore } from '#core/topic';
import type { IdentityLinkStore } from '#core/identity-link';
import type { RosterListStore } from '#core/roster-list';
import type { VerificationStore } from '#core/verification';

/** What the console reads. */
export interface ConsoleStores {
  readonly places: PlaceStore;
  readonly groups: GroupStore;
  readonly people: PeopleStore;
  readonly peopleList: PeopleList;
  readonly concerns: ConcernStore;
  readonly topics: TopicStore;
  readonly polls: PollStore;
  readonly delegations: DelegationStore;
  readonly papers: PaperStore;
  readonly roster: RosterStore;
  readonly identityLinks: IdentityLinkStore;
  readonly rosterLists: RosterListStore;
  readonly verifications: VerificationStore;
  readonly meetings: MeetingStore;
  readonly outcomes: OutcomeStore;
  readonly assignments: AssignmentStore;
  readonly notices: NoticeStore;
  readonly delivery: DeliveryProof;
}

import type { ConcernStore } from '#core/concern';
import type { GroupStore, PeopleStore, PlaceStore } from '#core/people';

/** What answers and ratings need. */
export interface FeedbackDeps {
  readonly concerns: ConcernStore;
  readonly people: PeopleStore;
  readonly groups: GroupStore;
  readonly places: PlaceStore;
}

import type { ConcernStore } from '#core/concern';
import type { DeadlineWrites } from '#core/deadline';
import type { AssignmentStore } from '#core/outcome';
import type { GroupStore, PeopleStore, PlaceStore } from '#core/people';
import type { TopicStore } from '#core/topic';

/** What the concern commands and use cases need. */
export interface ConcernDeps {
  readonly concerns: ConcernStore;
  readonly deadlines: DeadlineWrites;
  readonly groups: GroupStore;
  readonly people: PeopleStore;
  readonly places: PlaceStore;
  readonly topics: TopicStore;
  readonly assignments: AssignmentStore;
}

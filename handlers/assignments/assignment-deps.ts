import type { DeadlineWrites } from '#core/deadline';
import type { AssignmentStore } from '#core/outcome';
import type { GroupStore, PlaceStore } from '#core/people';
import type { AnswerTopic, TopicStore } from '#core/topic';

/** What the assignment steps need from outside. */
export interface AssignmentDeps {
  readonly assignments: AssignmentStore;
  readonly topics: Pick<TopicStore, 'byId' | 'update'>;
  readonly groups: GroupStore;
  readonly places: PlaceStore;
  readonly deadlines: DeadlineWrites;
  readonly answerTopic: AnswerTopic;
}

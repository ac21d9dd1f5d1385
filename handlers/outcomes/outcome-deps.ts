import type { DeadlineWrites } from '#core/deadline';
import type { AssignmentStore, OutcomeStore } from '#core/outcome';
import type { GroupStore, PeopleStore, PlaceStore } from '#core/people';
import type { DecisionBarrier, PollStore } from '#core/poll';
import type { TopicStore } from '#core/topic';
import type { ChannelFacts } from '#procedure/broadcast';

/** What the outcome steps need from outside. */
export interface OutcomeDeps {
  readonly outcomes: OutcomeStore;
  readonly assignments: Pick<AssignmentStore, 'insert'>;
  readonly topics: Pick<TopicStore, 'byId' | 'byNumber' | 'update'>;
  readonly polls: Pick<PollStore, 'ofTopic'>;
  readonly groups: GroupStore;
  readonly places: PlaceStore;
  readonly people: Pick<PeopleStore, 'directOf' | 'conversationsOf'>;
  readonly deadlines: DeadlineWrites;
  readonly barrier: DecisionBarrier;
  readonly channelFacts: ChannelFacts;
  /** How long after its end a publicity waits for messages that a vendor delivers late; 0 in the playground. */
  readonly graceMs: number;
}

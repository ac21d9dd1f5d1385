import type { ConcernStore } from '#core/concern';
import type { PeopleStore } from '#core/people';
import type { PollStore } from '#core/poll';
import type { TopicStore } from '#core/topic';

/** What topics need from outside. */
export interface TopicDeps {
  readonly topics: TopicStore;
  readonly concerns: Pick<ConcernStore, 'byIds' | 'byNumber' | 'mergedInto' | 'update'>;
  readonly polls: Pick<PollStore, 'ofTopic'>;
  readonly people: Pick<PeopleStore, 'directOf'>;
}

import type { DeadlineWrites } from '#core/deadline';
import type { MeetingStore } from '#core/meeting';
import type { GroupStore, PlaceStore } from '#core/people';
import type { TopicStore } from '#core/topic';
import type { ChannelFacts } from '#procedure/broadcast';

/** What meetings need from outside. */
export interface MeetingDeps {
  readonly meetings: MeetingStore;
  readonly topics: Pick<TopicStore, 'byId' | 'byNumber' | 'update'>;
  readonly groups: GroupStore;
  readonly places: PlaceStore;
  readonly deadlines: DeadlineWrites;
  readonly channelFacts: ChannelFacts;
}

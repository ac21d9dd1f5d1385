import type { BallotEventStore, PollSecrets } from '#core/ballot-event';
import type { DeadlineWrites } from '#core/deadline';
import type { DelegationStore } from '#core/delegation';
import type { PaperStore } from '#core/paper';
import type { GroupStore, PeopleStore, PlaceStore } from '#core/people';
import type { DecisionBarrier, PollStore } from '#core/poll';
import type { RosterListStore } from '#core/roster-list';
import type { RosterStore } from '#core/roster';
import type { TopicStore } from '#core/topic';
import type { ChannelFacts } from '#procedure/broadcast';

/** What polls need from outside. */
export interface PollDeps {
  readonly polls: PollStore;
  readonly topics: Pick<TopicStore, 'byId' | 'byNumber' | 'update'>;
  readonly groups: GroupStore;
  readonly places: PlaceStore;
  readonly people: Pick<PeopleStore, 'directOf' | 'conversationsOf' | 'byIds'>;
  readonly roster: Pick<RosterStore, 'ofPlace' | 'byIds'>;
  readonly rosterLists: Pick<RosterListStore, 'byId'>;
  readonly deadlines: DeadlineWrites;
  readonly barrier: DecisionBarrier;
  readonly channelFacts: ChannelFacts;
  /** The whole address of one of our pages. */
  readonly pageUrl: (path: string) => string;
  /**
   * Polls have a page of their own: the key that signs its addresses, and the whole address of a path as people reach
   * it, undefined where nobody could. Absent: no poll has a page.
   */
  readonly votePages?: {
    readonly key: string;
    readonly url: (path: string) => string | undefined;
  };
  readonly delegations: DelegationStore;
  readonly papers: Pick<PaperStore, 'insert'>;
  readonly ballotEvents: BallotEventStore;
  readonly pollSecrets: PollSecrets;
  /**
   * How long after its deadline a poll waits for messages that a vendor delivers late: 0 where every message arrives
   * at once (the playground), 30,000 with real channels (WeChat family: three tries of five seconds).
   */
  readonly graceMs: number;
}

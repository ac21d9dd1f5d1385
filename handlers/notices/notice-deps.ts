import type { Chance } from '#core/clock';
import type { DeadlineWrites } from '#core/deadline';
import type { DeliveryProof, NoticeStore } from '#core/notice';
import type { GroupStore, PlaceStore } from '#core/people';
import type { ChannelFacts } from '#procedure/broadcast';

/** What the notice steps need from outside. */
export interface NoticeDeps {
  readonly notices: NoticeStore;
  readonly groups: GroupStore;
  readonly places: PlaceStore;
  readonly deadlines: DeadlineWrites;
  readonly proof: DeliveryProof;
  readonly chance: Chance;
  readonly channelFacts: ChannelFacts;
  /** The address of a console page, for secretaries' messages; `path` begins with a slash. */
  readonly consoleUrl: (path: string) => string;
}

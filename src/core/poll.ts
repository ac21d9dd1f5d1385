import type { Write } from './decision.ts';
import type { ConversationRef } from './message.ts';

export type PollState = 'open' | 'closed' | 'annulled';

/** A question with options; rules are frozen when it opens. */
export interface Poll {
  readonly id: string;
  readonly placeId: string;
  readonly topicId: string;
  /** Polls are named by their topic's number in chat: 议题#3. At most one open poll a topic. */
  readonly topicNumber: number;
  readonly title: string;
  readonly options: readonly string[];
  readonly groupIds: readonly string[];
  readonly openedAt: Date;
  readonly openedById: string;
  readonly closesAt: Date;
  /** Least number of voters for the poll to count; 0 = no quorum. */
  readonly quorum: number;
  /** Who votes, in words for the card: 幸福里居民，每人1票. */
  readonly electorate: string;
  /** Number of persons on the roll, frozen at opening. */
  readonly rollSize: number;
  /** sha256 over question, options, rules and the roll's person ids in order. */
  readonly fingerprint: string;
  /** What happens with the result: 街道党组织研究. A vote advises, it never decides (seed S2:7). */
  readonly nextStep: string;
  /** Counts are shown before the deadline, or only who has voted. */
  readonly showsCountsWhileOpen: boolean;
  readonly state: PollState;
  readonly result?: PollResult;
  readonly closedEarlyReason?: string;
  readonly annulledReason?: string;
  readonly revision: number;
}

/** Counted anew from the ballots at closing; written once. */
export interface PollResult {
  readonly counts: readonly number[];
  readonly voters: number;
  readonly rollSize: number;
  readonly quorumMet: boolean;
  /** The option with most votes, when it is the only one with so many and the quorum is met. */
  readonly leading?: number;
  readonly countedAt: Date;
  /** sha256 over the ballots in order, for the verification code on the picture. */
  readonly digest: string;
}

/** One person's current choice in one poll. */
export interface Ballot {
  /** `<pollId>|<personId>`: one current ballot a person, whatever the path. */
  readonly id: string;
  readonly pollId: string;
  readonly placeId: string;
  readonly personId: string;
  readonly voterName: string;
  /** Index into the poll's options. */
  readonly choice: number;
  /** The last valid message by (sentAt, messageId) wins, in whatever order messages arrive. */
  readonly sentAt: Date;
  readonly messageId: string;
  readonly groupId?: string;
  readonly castAt: Date;
  /** Eight characters that the voter can ask for; says nothing about the choice. */
  readonly receipt: string;
}

export interface PollStore {
  byId(id: string): Promise<Poll | undefined>;
  openInGroup(groupId: string): Promise<readonly Poll[]>;
  /** Open polls whose roll holds this person. */
  openFor(placeId: string, personId: string): Promise<readonly Poll[]>;
  /** The latest poll of a topic, whatever its state. */
  ofTopic(topicId: string): Promise<readonly Poll[]>;
  byTopicNumber(placeId: string, topicNumber: number): Promise<Poll | undefined>;
  list(query: { placeIds: readonly string[]; states?: readonly PollState[]; limit: number; after?: string }): Promise<{
    readonly items: readonly Poll[];
    readonly next?: string;
  }>;
  isOnRoll(pollId: string, personId: string): Promise<boolean>;
  ballotOf(pollId: string, personId: string): Promise<Ballot | undefined>;
  /** Recount: votes per option, and voters. */
  tally(poll: Pick<Poll, 'id' | 'options'>): Promise<{ counts: readonly number[]; voters: number; digest: string }>;
  /** Names of those who voted in this group since, oldest first. */
  votersSince(pollId: string, groupId: string | undefined, since: Date): Promise<readonly { name: string; castAt: Date }[]>;
  insert(poll: Poll, rollPersonIds: readonly string[]): readonly Write[];
  update(id: string, fields: Partial<Poll>, revision: number): Write;
  /** Keeps the ballot if it is later than the stored one by (sentAt, messageId); repeating it changes nothing. */
  cast(ballot: Ballot): Write;
}

/** No inbound message that was sent before the moment is still undecided in these conversations. */
export interface DecisionBarrier {
  passed(conversations: readonly ConversationRef[], before: Date): Promise<boolean>;
}

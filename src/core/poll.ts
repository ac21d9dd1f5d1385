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
  /** What each group was told last by a gathered line; by group id. */
  readonly gathered?: Readonly<Record<string, GatheredLine>>;
  readonly revision: number;
}

/** The last look at a group's ballots: how many had voted in it by then, and how often was looked. */
export interface GatheredLine {
  readonly voters: number;
  readonly at: Date;
  readonly looks: number;
}

/** One person on a roll, with the group they count under in the turnout. */
export interface RollEntry {
  readonly personId: string;
  readonly groupId: string;
}

/** Who has voted, without choices; a person who is in several groups counts under the first one. */
export interface Turnout {
  readonly voters: number;
  readonly byGroup: readonly {
    readonly groupId: string;
    readonly voters: number;
    readonly members: number;
  }[];
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
  /** Where it was cast in the open; absent when it was cast one-to-one. */
  readonly groupId?: string;
  /** When the choice that stands was decided on. */
  readonly castAt: Date;
  /** Eight characters that the voter can ask for; says nothing about the choice. */
  readonly receipt: string;
}

export interface Tally {
  /** Votes per option, in the order of the options. */
  readonly counts: readonly number[];
  readonly voters: number;
  readonly digest: string;
}

export interface PollStore {
  byId(id: string): Promise<Poll | undefined>;
  openInGroup(groupId: string): Promise<readonly Poll[]>;
  /** Open polls whose roll holds this person, in whatever place. */
  openFor(personId: string): Promise<readonly Poll[]>;
  /** All polls of a topic, the latest first. */
  ofTopic(topicId: string): Promise<readonly Poll[]>;
  /** The latest poll of a topic, whatever its state. */
  byTopicNumber(placeId: string, topicNumber: number): Promise<Poll | undefined>;
  /** Latest first. */
  list(query: {
    placeIds: readonly string[];
    states?: readonly PollState[];
    limit: number;
    after?: string;
  }): Promise<{
    readonly items: readonly Poll[];
    readonly next?: string;
  }>;
  isOnRoll(pollId: string, personId: string): Promise<boolean>;
  /** Everybody on the roll, by id. */
  rollOf(pollId: string): Promise<readonly string[]>;
  ballotOf(pollId: string, personId: string): Promise<Ballot | undefined>;
  /** Recount of the ballots sent up to and including `closesAt`. The digest covers every one of them. */
  tally(poll: Pick<Poll, 'id' | 'options' | 'closesAt'>): Promise<Tally>;
  turnout(pollId: string): Promise<Turnout>;
  /** How many voted in this group's chat, and the names of the newest `names` of them, the newest first. */
  votersIn(
    pollId: string,
    groupId: string,
    names: number,
  ): Promise<{ count: number; names: readonly string[] }>;
  /** Who has voted, for the secretary: names and times, never choices; the newest first. */
  votersOf(
    pollId: string,
    limit: number,
  ): Promise<readonly { personId: string; name: string; castAt: Date }[]>;
  /** Opens a poll: the poll and its roll. */
  insert(poll: Poll, roll: readonly RollEntry[]): readonly Write[];
  update(id: string, fields: Partial<Poll>, revision: number): Write;
  /** Keeps the ballot if it is later than the stored one by (sentAt, messageId); repeating it changes nothing. */
  cast(ballot: Ballot): Write;
}

/** No inbound message that was sent before the moment is still undecided in these conversations. */
export interface DecisionBarrier {
  passed(conversations: readonly ConversationRef[], before: Date): Promise<boolean>;
}

/** The id of one person's ballot, and of their row on the roll. */
export function ballotId(pollId: string, personId: string): string {
  return `${pollId}|${personId}`;
}

import type { Write } from './decision.ts';
import type { ConversationRef } from './message.ts';
import type { PollSeal } from './poll-seal.ts';
import type { Electorate, RollEntry } from './roll.ts';
import type { Choice, MethodCount, PollMethod } from './vote-method.ts';

export type PollState = 'open' | 'closed' | 'annulled';

/** What a poll counts in: persons or households. */
export type VotingUnit = '人' | '户';

/** A part of a whole number, exact: at least so much of it, or with `isMore` more than that. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
  readonly isMore: boolean;
}

/** Who must take part for a poll to count. */
export type Quorum =
  | { readonly kind: 'none' }
  | { readonly kind: 'voters'; readonly least: number }
  /** Households with at least one voter, in a poll of persons. */
  | { readonly kind: 'households'; readonly least: number }
  | { readonly kind: 'share'; readonly share: Share };

/** What the option that comes first needs to be adopted: nothing more, or so much of the votes or of the roll. */
export type Threshold = 'plurality' | 'majority' | 'twoThirds' | 'threeQuarters' | 'majorityOfRoll';

/** What makes a poll count and what may be seen of it; frozen at opening. */
export interface PollRules {
  readonly quorum: Quorum;
  readonly threshold: Threshold;
  /** Owners by the Civil Code's article 278: both persons and area decide, for an ordinary or a major matter. */
  readonly article278?: 'ordinary' | 'major';
  /** Whether 弃权 belongs to the votes that a threshold is a part of. Whoever abstains has taken part either way. */
  readonly abstentions: 'count' | 'ignore';
  /** A secret choice is taken one-to-one or on the page only. */
  readonly secrecy: 'open' | 'secret';
  /** Counts are shown before the deadline, or only who has voted. */
  readonly showsCountsWhileOpen: boolean;
  /** Fewest voters of a building whose choices are shown apart; 0: no such table is made. */
  readonly minCell: number;
  /** After the end everybody may see who chose what; only in an open poll, and said when it opens. */
  readonly showsNames?: boolean;
  /**
   * Which of two ballots of one voter counts: what the voter cast in person over what staff entered, else the later.
   * Polls opened before the rule was kept have none; it was the same.
   */
  readonly ballotOrder?: 'ownThenLatest';
  /** For how many others one voter may vote who was authorised by them; absent: nobody can be authorised. */
  readonly proxiesPerHolder?: number;
  /**
   * How long after its end the poll waits for messages that are still on their way. Polls opened before it was kept
   * have none: they wait as the program is set.
   */
  readonly graceSeconds?: number;
}

/** A question with options; rules are frozen when it opens. */
export interface Poll {
  readonly id: string;
  readonly placeId: string;
  readonly topicId: string;
  /** Polls are named by their topic's number in chat: 议题#3. At most one open poll a topic. */
  readonly topicNumber: number;
  readonly title: string;
  readonly options: readonly string[];
  readonly method: PollMethod;
  readonly rules: PollRules;
  readonly groupIds: readonly string[];
  readonly openedAt: Date;
  readonly openedById: string;
  readonly closesAt: Date;
  /** When it was to close, where somebody ended it early. */
  readonly plannedClosesAt?: Date;
  /** Least number of voters for the poll to count, on this roll; 0 = none. */
  readonly quorum: number;
  /** Who votes, in words for the card: 幸福里居民，每人1票. */
  readonly electorate: string;
  readonly unit: VotingUnit;
  /** What its roll was made of; polls opened before it was kept have none. */
  readonly rollKind?: Electorate['kind'];
  /** Number of voters on the roll, frozen at opening. */
  readonly rollSize: number;
  /** Root of the hash tree over the roll; polls opened before it was kept apart have none. */
  readonly rollFingerprint?: string;
  /** Hash over question, options, method, rules and the roll's fingerprint. */
  readonly fingerprint: string;
  /** Where the poll's page is: cannot be guessed. Polls opened before there were pages have none. */
  readonly pageCode?: string;
  /** What happens with the result: 街道党组织研究. A vote advises, it never decides (seed S2:7). */
  readonly nextStep: string;
  readonly state: PollState;
  readonly result?: PollResult;
  readonly closedEarlyReason?: string;
  readonly annulledReason?: string;
  /** Voters of the roll who turned out to be one person with another one while it was open. */
  readonly strikes?: readonly VoterStrike[];
  /** What each group was told last by a gathered line; by group id. */
  readonly gathered?: Readonly<Record<string, GatheredLine>>;
  readonly revision: number;
}

/**
 * Two voters of a frozen roll are one person: the roll stays as it was, one of them is struck and has no vote of their
 * own any more. Seen by whoever checks the poll.
 */
export interface VoterStrike {
  readonly voterId: string;
  /** The voter who has the one vote. */
  readonly intoId: string;
}

/** The last look at a group's ballots: how many had voted in it by then, and how often was looked. */
export interface GatheredLine {
  readonly voters: number;
  readonly at: Date;
  readonly looks: number;
}

/** Who has voted, without choices; a voter who is in several groups counts under the first one. */
export interface Turnout {
  readonly voters: number;
  readonly byGroup: readonly {
    readonly groupId: string;
    readonly voters: number;
    readonly members: number;
  }[];
  /** Where the roll knows buildings, in their order. */
  readonly byBuilding: readonly {
    readonly building: string;
    readonly voters: number;
    readonly members: number;
  }[];
  /** The same by unit (单元) of each building, where the roll knows units. */
  readonly byUnit: readonly {
    readonly building: string;
    readonly unit: string;
    readonly voters: number;
    readonly members: number;
  }[];
}

/** One condition of a poll's rules: what there is and the least that is needed; areas in 0.01 m². */
export interface RuleCheck {
  readonly kind: 'voters' | 'households' | 'area' | 'forVoters' | 'forArea';
  readonly have: number;
  readonly need: number;
  /** What both are a part of. */
  readonly of: number;
}

/** Choices of one building; without counts where so few voted that they would give a voter away. */
export interface BuildingCount {
  readonly building: string;
  readonly voters: number;
  readonly counts?: readonly number[];
}

/** Counted anew from the ballots at closing; written once. */
export interface PollResult extends MethodCount {
  readonly rollSize: number;
  /** Each condition of the rules; those of turnout decide `quorumMet`. */
  readonly checks: readonly RuleCheck[];
  /** Whether the first option is adopted, where the rules ask for more than most votes and the poll counts. */
  readonly adopted?: boolean;
  readonly byBuilding?: readonly BuildingCount[];
  readonly quorumMet: boolean;
  /** The option that comes first by the method, when it is the only one and the quorum is met. */
  readonly leading?: number;
  readonly countedAt: Date;
  /** What was counted, provable afterwards; polls counted before there were seals have none. */
  readonly seal?: PollSeal;
}

/** Where a ballot came from: cast in person, entered by staff, or cast by another voter who was authorised. */
export type BallotPath = 'group' | 'direct' | 'page' | 'paper' | 'phone' | 'visit' | 'proxy';

/** One voter's current choice in one poll. */
export interface Ballot {
  /** `<pollId>|<voterId>`: one current ballot a voter, whatever the path. */
  readonly id: string;
  readonly pollId: string;
  readonly placeId: string;
  /** Key of the roll entry. */
  readonly voterId: string;
  /** Who cast it; absent for paper of somebody the program does not know. */
  readonly personId?: string;
  readonly voterName: string;
  readonly choice: Choice;
  /** The last valid message by (sentAt, messageId) wins, in whatever order; for paper the time on it. */
  readonly sentAt: Date;
  readonly messageId: string;
  readonly path: BallotPath;
  /** Who entered it for the voter: a person of staff, or the authorised voter's key on the roll. */
  readonly enteredById?: string;
  /** Where it was cast in the open; absent when it was cast one-to-one. */
  readonly groupId?: string;
  /** When the choice that stands was decided on. */
  readonly castAt: Date;
  /** Eight characters that the voter can ask for; says nothing about the choice. */
  readonly receipt: string;
}

/** What a count reads of a ballot. */
export type CountedBallot = Pick<
  Ballot,
  'voterId' | 'choice' | 'sentAt' | 'messageId' | 'path' | 'enteredById'
>;

export interface Tally extends MethodCount {
  /** What the roll adds to it; made only where the rules ask for area, households or buildings. */
  readonly joined?: RollCount;
}

/** Ballots beside the roll; areas in 0.01 m². */
export interface RollCount {
  readonly rollArea: number;
  readonly votedArea: number;
  /** Area behind each option. */
  readonly areas: readonly number[];
  readonly households: number;
  readonly rollHouseholds: number;
  readonly byBuilding: readonly (BuildingCount & { readonly counts: readonly number[] })[];
}

export interface PollStore {
  byId(id: string): Promise<Poll | undefined>;
  /** The poll of a page. */
  byPageCode(code: string): Promise<Poll | undefined>;
  /** The poll whose fingerprint begins so: sixteen digits and more are one poll's. */
  byFingerprint(head: string): Promise<Poll | undefined>;
  openInGroup(groupId: string): Promise<readonly Poll[]>;
  /** Open polls in which this person may cast a vote, in whatever place. */
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
  /** What this person may cast: one entry for most, none for outsiders, one a household for who has several. */
  entriesOf(pollId: string, personId: string): Promise<readonly RollEntry[]>;
  entryOf(pollId: string, voterId: string): Promise<RollEntry | undefined>;
  /** Entries that a household or one of its residents is part of. */
  entriesOfHousehold(pollId: string, householdId: string): Promise<readonly RollEntry[]>;
  /** The whole roll, by voter id. */
  rollOf(pollId: string): Promise<readonly RollEntry[]>;
  ballotOf(pollId: string, voterId: string): Promise<Ballot | undefined>;
  /** Recount of the ballots sent up to and including `closesAt`. */
  tally(poll: Pick<Poll, 'id' | 'options' | 'method' | 'rules' | 'closesAt' | 'strikes'>): Promise<Tally>;
  /** The ballots that count, by voter id, as a majority of the database has them. */
  ballotsInTime(poll: Pick<Poll, 'id' | 'closesAt' | 'strikes'>): AsyncIterable<CountedBallot>;
  turnout(poll: Pick<Poll, 'id' | 'strikes'>): Promise<Turnout>;
  /** How many voted in this group's chat, and the names of the newest `names` of them, the newest first. */
  votersIn(
    poll: Pick<Poll, 'id' | 'strikes'>,
    groupId: string,
    names: number,
  ): Promise<{ count: number; names: readonly string[] }>;
  /** Who has voted, for the secretary: names and times, never choices; the newest first. */
  votersOf(
    pollId: string,
    limit: number,
  ): Promise<readonly { voterId: string; name: string; castAt: Date }[]>;
  /** Opens a poll; a small roll may go along that was not kept before. */
  insert(poll: Poll, roll?: readonly RollEntry[]): readonly Write[];
  /**
   * Writes the roll down before the poll opens and returns what the opening must write too. The only write that happens
   * at once: it lets nobody vote while there is no poll, and doing it again replaces it.
   */
  keepRoll(pollId: string, roll: readonly RollEntry[], now: Date): Promise<Write>;
  update(id: string, fields: Partial<Poll>, revision: number): Write;
  /** Lets a step on an open poll and its closing never overtake each other. */
  touchOpen(id: string): Write;
  /** From now on this person may cast that vote, or not any more; the voters of the roll stay the same. */
  mayCast(pollId: string, voterId: string, personId: string, may: boolean): Write;
  /** Keeps the ballot if it stands over the stored one (src/core/ballot-order.ts); repeating it changes nothing. */
  cast(ballot: Ballot): Write;
}

/**
 * No inbound message that was sent before the moment is still undecided in these conversations, which are asked for
 * only when something is undecided somewhere: they may be thousands.
 */
export interface DecisionBarrier {
  passed(conversations: () => Promise<readonly ConversationRef[]>, before: Date): Promise<boolean>;
}

/** The id of one voter's ballot, and of their row on the roll. */
export function ballotId(pollId: string, voterId: string): string {
  return `${pollId}|${voterId}`;
}

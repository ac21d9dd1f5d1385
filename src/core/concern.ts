import type { Decision, Write } from './decision.ts';
import type { Attachment, ConversationRef } from './message.ts';

/**
 * Where a concern stands. `waiting`: it looks like an older one and its author has not said which it is; it has no
 * number yet and is registered by itself when they keep silent. `unsure`: it may be no concern at all, its author
 * was asked; it has no number and is registered only when they say so. `merged`: handled with another one, its
 * author keeps the number and is answered. `inTopic`: part of a topic. `answered`: everybody concerned got an
 * answer. `reopened`: somebody was not satisfied.
 */
export type ConcernState =
  'waiting' | 'unsure' | 'endorsedInstead' | 'open' | 'merged' | 'inTopic' | 'answered' | 'reopened';

/** States in which a concern has a number and nobody has answered it yet, in the queue of its own place. */
export const UNANSWERED: readonly ConcernState[] = ['open', 'reopened'];

/** What a resident raised, in their own words. */
export interface Concern {
  readonly id: string;
  readonly placeId: string;
  /** Absent while `waiting` or `unsure`. */
  readonly number?: number;
  readonly title: string;
  /** At most 2,000 characters, cleaned of control characters; shown as text everywhere. */
  readonly text: string;
  /** The whole message when `text` was cut; at most 20,000 characters. */
  readonly original?: string;
  readonly attachments: readonly Attachment[];
  readonly authorId: string;
  /** As spoken in the conversation. */
  readonly authorName: string;
  readonly raisedIn: ConversationRef;
  readonly groupId?: string;
  readonly raisedAt: Date;
  /** Entered by staff for somebody who called or came by. */
  readonly enteredById?: string;
  /** Of that caller, so that staff can ring back; shown to staff of the place only. */
  readonly callerPhone?: string;
  readonly state: ConcernState;
  readonly similarTo?: { readonly concernId: string; readonly number: number };
  readonly mergedIntoId?: string;
  readonly topicId?: string;
  /** Cache, recounted after each commit; the truth is the endorsements. */
  readonly endorsements: number;
  readonly answerDueAt: Date;
  readonly snoozedUntil?: Date;
  /** How often it was reopened; the round of answers that comes next is this plus one. */
  readonly reopenings: number;
  /** Handed up to the level above: somebody was not satisfied with the second answer either. */
  readonly escalatedAt?: Date;
  readonly answer?: ConcernAnswer;
  readonly revision: number;
}

/** The three honest endings, and a hand-over to whoever is in charge. */
export type AnswerKind = 'done' | 'partly' | 'refused' | 'redirected';

export interface ConcernAnswer {
  readonly kind: AnswerKind;
  readonly text: string;
  /** `refused` and `partly`: why. */
  readonly reason?: string;
  /** `refused`: what can be done instead; `redirected`: who is in charge and how to reach them. */
  readonly instead?: string;
  readonly answeredAt: Date;
  readonly answeredById: string;
}

export interface Endorsement {
  /** `<concernId>|<personId>`: one person counts once. */
  readonly id: string;
  readonly concernId: string;
  readonly placeId: string;
  readonly personId: string;
  readonly personName: string;
  readonly conversation: ConversationRef;
  /** The group it was said in; absent one-to-one. */
  readonly groupId?: string;
  readonly at: Date;
}

/** More facts or photos to a concern, or a word for the meeting about a topic: one of the two is set. */
export interface Supplement {
  readonly id: string;
  readonly concernId?: string;
  readonly topicId?: string;
  readonly placeId: string;
  readonly personId: string;
  readonly personName: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly at: Date;
}

/**
 * The personal answer to one person in one round: 事事有回音. Somebody who stands behind several concerns that are
 * answered together gets one, for the concern they raised before one they endorsed.
 */
export interface Feedback {
  /** `<concernId>|<personId>|<round>`. */
  readonly id: string;
  readonly concernId: string;
  readonly placeId: string;
  readonly personId: string;
  readonly role: 'author' | 'endorser';
  readonly round: number;
  readonly at: Date;
  /** `direct`, or the group when the person cannot be written to one-to-one, or `unreachable`: a secretary calls. */
  readonly way: 'direct' | 'group' | 'unreachable';
  /** Taken back by the secretary before it went out; counts as never given. */
  readonly withdrawn?: boolean;
}

export type RatingValue = 'satisfied' | 'basically' | 'dissatisfied';

export interface Rating {
  /** `<concernId>|<personId>|<round>`. */
  readonly id: string;
  readonly concernId: string;
  readonly placeId: string;
  readonly personId: string;
  readonly round: number;
  readonly value: RatingValue;
  readonly at: Date;
}

export interface ConcernQuery {
  readonly placeIds: readonly string[];
  readonly states: readonly ConcernState[];
  readonly search?: string;
  /** `urgent`: oldest promise first, then most endorsed; `newest`: latest first. */
  readonly order: 'urgent' | 'newest';
  readonly includeSnoozed?: boolean;
  /** Those snoozed until after this moment are left out, unless `includeSnoozed`. Absent: none is left out. */
  readonly asOf?: Date;
  readonly limit: number;
  readonly after?: string;
}

export interface ConcernStore {
  byId(id: string): Promise<Concern | undefined>;
  byNumber(placeId: string, number: number): Promise<Concern | undefined>;
  byIds(ids: readonly string[]): Promise<readonly Concern[]>;
  ofTopic(topicId: string): Promise<readonly Concern[]>;
  mergedInto(concernId: string): Promise<readonly Concern[]>;
  ofAuthor(placeId: string, personId: string, limit: number): Promise<readonly Concern[]>;
  /** The newest of this author's concerns in this conversation that still waits for 附议, 另记 or 登记. */
  waitingOf(personId: string, conversation: ConversationRef): Promise<Concern | undefined>;
  list(query: ConcernQuery): Promise<{ readonly items: readonly Concern[]; readonly next?: string }>;
  /** With `asOf` without those snoozed until after it. */
  count(placeIds: readonly string[], states: readonly ConcernState[], asOf?: Date): Promise<number>;
  /** Answered ones, and those merged into one that is answered. */
  countAnswered(placeIds: readonly string[]): Promise<number>;
  endorsersOf(concernIds: readonly string[]): Promise<readonly Endorsement[]>;
  supplementsOf(concernId: string): Promise<readonly Supplement[]>;
  supplementsOfTopic(topicId: string): Promise<readonly Supplement[]>;
  /** Open concerns of the place that look like the same matter, best first; at most three. */
  similarTo(placeId: string, text: string): Promise<readonly SimilarMatch[]>;
  /** Not answered although the promised time is over, oldest promise first; those merged count with their target. */
  overdue(placeIds: readonly string[], asOf: Date, limit: number): Promise<readonly Concern[]>;
  feedbacksOf(concernId: string): Promise<readonly Feedback[]>;
  /** Answers this person got in this place, latest first. */
  feedbacksTo(placeId: string, personId: string, limit: number): Promise<readonly Feedback[]>;
  ratingsOf(concernId: string): Promise<readonly Rating[]>;
  insert(concern: Concern): Write;
  /**
   * Changes fields and removes those named in `clear`. With `revision` it must still be the one read, else the
   * decision is made anew.
   */
  update(id: string, fields: Partial<Concern>, revision?: number, clear?: readonly ClearableField[]): Write;
  endorse(endorsement: Endorsement): Write;
  supplement(supplement: Supplement): Write;
  /** Keeps the answer; the same person and round again replaces it. */
  answerPerson(feedback: Feedback): Write;
  /** Keeps the rating; the same person and round again replaces it. */
  rate(rating: Rating): Write;
}

/** Fields that a step back removes. */
export type ClearableField =
  'mergedIntoId' | 'topicId' | 'snoozedUntil' | 'answer' | 'escalatedAt' | 'similarTo';

/** An open concern that looks like the same matter, and why: reasons of src/language/similarity.ts. */
export interface SimilarMatch {
  readonly concern: Concern;
  readonly why: readonly string[];
}

/** How one row of a bulk step went; the others go on without it. */
export interface BulkRow {
  readonly concernId: string;
  readonly ok: boolean;
  /** Chinese: why it was not done. */
  readonly problem?: string;
}

/** A decision about several concerns, with one result for each. */
export interface BulkDecision extends Decision {
  readonly rows: readonly BulkRow[];
}

import type { Write } from './decision.ts';
import type { Attachment, ConversationRef } from './message.ts';

/**
 * Where a concern stands. `waiting`: it looks like an older one and its author has not said which it is; it has no
 * number yet and is registered by itself when they keep silent. `merged`: handled with another one, its author
 * keeps the number and is answered. `inTopic`: part of a topic. `answered`: everybody concerned got an answer.
 * `reopened`: somebody was not satisfied, once.
 */
export type ConcernState = 'waiting' | 'endorsedInstead' | 'open' | 'merged' | 'inTopic' | 'answered' | 'reopened';

/** What a resident raised, in their own words. */
export interface Concern {
  readonly id: string;
  readonly placeId: string;
  /** Absent while `waiting`. */
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
  readonly state: ConcernState;
  readonly similarTo?: { readonly concernId: string; readonly number: number };
  readonly mergedIntoId?: string;
  readonly topicId?: string;
  /** Cache, recounted after each commit; the truth is the endorsements. */
  readonly endorsements: number;
  readonly answerDueAt: Date;
  readonly snoozedUntil?: Date;
  readonly reopenings: number;
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
  readonly at: Date;
}

export interface Supplement {
  readonly id: string;
  readonly concernId: string;
  readonly placeId: string;
  readonly personId: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly at: Date;
}

/** The personal answer to one person for one concern: 事事有回音. */
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
  /** The newest of this author's concerns in this conversation that still waits for 附议 or 另记. */
  waitingOf(personId: string, conversation: ConversationRef): Promise<Concern | undefined>;
  list(query: ConcernQuery): Promise<{ readonly items: readonly Concern[]; readonly next?: string }>;
  count(placeIds: readonly string[], states: readonly ConcernState[]): Promise<number>;
  endorsersOf(concernIds: readonly string[]): Promise<readonly Endorsement[]>;
  supplementsOf(concernId: string): Promise<readonly Supplement[]>;
  feedbacksOf(concernId: string): Promise<readonly Feedback[]>;
  ratingsOf(concernId: string): Promise<readonly Rating[]>;
  insert(concern: Concern): Write;
  /** Changes fields; with `revision` it must still be the one read, else the decision is made anew. */
  update(id: string, fields: Partial<Concern>, revision?: number): Write;
  endorse(endorsement: Endorsement): Write;
  supplement(supplement: Supplement): Write;
  answerPerson(feedback: Feedback): Write;
  rate(rating: Rating): Write;
}

import type { Actor } from './command.ts';
import type { Decision, Write } from './decision.ts';
import type { Assignment, OutcomeItem } from './outcome.ts';
import type { PollMethod } from './vote-method.ts';

/** The spine of eight stages that all seed procedures share (seed articles S0–S4; procedure.md B). */
export type Stage =
  | 'collect' // 征题
  | 'settle' // 定题
  | 'consult' // 协商
  | 'outcome' // 成果
  | 'assign' // 交办
  | 'supervise' // 督办
  | 'feedback' // 反馈
  | 'evaluate' // 评议
  | 'closed';

/** Who brought the topic up (seeds S1:23, S2:7). */
export type TopicSource = 'residents' | 'members' | 'council' | 'party' | 'government';

/** All stages in their order. */
export const STAGES: readonly Stage[] = [
  'collect',
  'settle',
  'consult',
  'outcome',
  'assign',
  'supervise',
  'feedback',
  'evaluate',
  'closed',
];

export interface StageChange {
  readonly stage: Stage;
  readonly at: Date;
  readonly byId: string;
  readonly note?: string;
}

/** A step that was previewed in the secretaries' group and waits for its confirmation. */
export type PreparedStep =
  | {
      readonly kind: 'poll';
      readonly groupIds: readonly string[];
      readonly closesAt: Date;
      readonly quorum: number;
      readonly options: readonly string[];
      readonly method?: PollMethod;
      readonly expiresAt: Date;
    }
  | {
      readonly kind: 'meeting';
      readonly groupIds: readonly string[];
      readonly startsAt: Date;
      readonly room: string;
      readonly agenda: string;
      readonly invited: string;
      readonly expiresAt: Date;
    }
  | {
      readonly kind: 'outcome';
      readonly groupIds: readonly string[];
      readonly items: readonly OutcomeItem[];
      readonly publicUntil: Date;
      readonly expiresAt: Date;
    };

/** What is put to consultation; made of one or more concerns. */
export interface Topic {
  readonly id: string;
  readonly placeId: string;
  readonly number: number;
  readonly title: string;
  readonly description: string;
  readonly source: TopicSource;
  readonly concernIds: readonly string[];
  /** Proposed options for the poll, in their order. */
  readonly options: readonly string[];
  readonly stage: Stage;
  readonly history: readonly StageChange[];
  readonly createdAt: Date;
  readonly createdById: string;
  /** At most one at a time: a new preview takes the place of the old one. */
  readonly prepared?: PreparedStep;
  readonly revision: number;
}

export interface TopicStore {
  byId(id: string): Promise<Topic | undefined>;
  byNumber(placeId: string, number: number): Promise<Topic | undefined>;
  /** Latest first. */
  list(query: {
    placeIds: readonly string[];
    stages?: readonly Stage[];
    limit: number;
    after?: string;
  }): Promise<{
    readonly items: readonly Topic[];
    readonly next?: string;
  }>;
  insert(topic: Topic): Write;
  /** `prepared: undefined` takes a prepared step away. */
  update(
    id: string,
    fields: Partial<Omit<Topic, 'prepared'>> & { readonly prepared?: PreparedStep | undefined },
    revision: number,
  ): Write;
}

/**
 * Answers everyone who raised or endorsed a concern of the topic once its assignments are done. Writes nothing to the
 * topic itself: its stage is moved by whoever calls.
 */
export type AnswerTopic = (actor: Actor, topic: Topic, done: readonly Assignment[]) => Promise<Decision>;

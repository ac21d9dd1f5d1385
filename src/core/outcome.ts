import type { Write } from './decision.ts';
import type { Attachment } from './message.ts';

/** `publicity`: shown, objections possible. `stopped`: an objection came. `assigned`: became assignments. */
export type OutcomeState = 'publicity' | 'stopped' | 'assigned' | 'withdrawn';

/** One thing agreed: what, who, until when. */
export interface OutcomeItem {
  readonly action: string;
  readonly ownerName: string;
  readonly unit: string;
  /** The owner as a person we know, when we do. */
  readonly ownerId?: string;
  /** The department or liaison group that is reminded. */
  readonly groupId: string;
  readonly dueAt: Date;
}

export interface Outcome {
  readonly id: string;
  readonly placeId: string;
  readonly topicId: string;
  readonly topicNumber: number;
  readonly items: readonly OutcomeItem[];
  /** Residents' groups it is shown in. */
  readonly groupIds: readonly string[];
  readonly publicFrom: Date;
  /** An objection counts until this very moment. */
  readonly publicUntil: Date;
  /** 1 for the first period; an answered objection may start another one. */
  readonly round: number;
  readonly state: OutcomeState;
  readonly createdById: string;
  /** How the secretary answered the objections, when publicity goes on or is withdrawn. */
  readonly resolution?: string;
  readonly revision: number;
}

export interface Objection {
  /** `<outcomeId>|<personId>|<inboxId>`. */
  readonly id: string;
  readonly outcomeId: string;
  readonly placeId: string;
  readonly personId: string;
  readonly reason: string;
  readonly sentAt: Date;
  /** The period it was made in; its answer belongs to the same one. */
  readonly round: number;
  /** Sent within the period: it stops the outcome. A late one is kept and answered, but stops nothing. */
  readonly inTime: boolean;
}

export interface OutcomeStore {
  byId(id: string): Promise<Outcome | undefined>;
  /** The latest outcome of a topic. */
  ofTopic(topicId: string): Promise<Outcome | undefined>;
  byTopicNumber(placeId: string, topicNumber: number): Promise<Outcome | undefined>;
  list(query: {
    placeIds: readonly string[];
    states?: readonly OutcomeState[];
    limit: number;
  }): Promise<readonly Outcome[]>;
  objectionsTo(outcomeId: string): Promise<readonly Objection[]>;
  insert(outcome: Outcome): Write;
  update(id: string, fields: Partial<Outcome>, revision: number): Write;
  /** Stops the publicity of this round when it still runs; nothing otherwise, so it may be repeated. */
  stop(id: string, round: number): Write;
  object(objection: Objection): Write;
}

/** Green: more working days left than the place's threshold. Yellow: few left. Red: overdue. */
export type Light = 'green' | 'yellow' | 'red';

/** Why a light shows what it shows. `days` are working days; `overdue` is 0 until the first working day has passed. */
export type LightReason =
  | { readonly kind: 'daysLeft'; readonly days: number; readonly isToday: boolean }
  | { readonly kind: 'overdue'; readonly days: number }
  | { readonly kind: 'reported' }
  | { readonly kind: 'done' };

/** `claimed`: reported done, the secretary checks. `returned`: the unit says it is not theirs. */
export type AssignmentState = 'open' | 'claimed' | 'done' | 'returned';

/** An item handed to a department and a named person with a due date. */
export interface Assignment {
  readonly id: string;
  readonly placeId: string;
  /** T5. */
  readonly number: number;
  readonly topicId: string;
  readonly topicNumber: number;
  readonly outcomeId: string;
  readonly action: string;
  readonly ownerName: string;
  readonly unit: string;
  readonly ownerId?: string;
  readonly groupId: string;
  readonly dueAt: Date;
  readonly state: AssignmentState;
  /** Stays true after catching up: 曾逾期. */
  readonly wasRed: boolean;
  readonly assignedAt: Date;
  readonly report?: {
    readonly text: string;
    readonly attachments: readonly Attachment[];
    readonly at: Date;
    readonly byId: string;
  };
  readonly extension?: {
    readonly toAt: Date;
    readonly reason: string;
    readonly askedAt: Date;
    readonly askedById: string;
    readonly state: 'asked' | 'granted' | 'refused';
    readonly answer?: string;
  };
  readonly returnedReason?: string;
  readonly lastUrgedAt?: Date;
  /** The local day (2026-12-30) on which the group was last told of it: never twice a day. */
  readonly remindedOn?: string;
  readonly closedAt?: Date;
  readonly revision: number;
}

export interface AssignmentStore {
  byId(id: string): Promise<Assignment | undefined>;
  byNumber(placeId: string, number: number): Promise<Assignment | undefined>;
  ofTopic(topicId: string): Promise<readonly Assignment[]>;
  ofGroup(groupId: string, states: readonly AssignmentState[]): Promise<readonly Assignment[]>;
  list(query: {
    placeIds: readonly string[];
    states?: readonly AssignmentState[];
    /** Only those of these groups or this owner: what a liaison or department officer may see. */
    groupIds?: readonly string[];
    ownerId?: string;
    limit: number;
    after?: string;
  }): Promise<{ readonly items: readonly Assignment[]; readonly next?: string }>;
  insert(assignment: Assignment): Write;
  /** Changes fields and the revision; it must still be the one read. A field given as undefined is removed. */
  update(id: string, fields: Changes<Assignment>, revision: number): Write;
  /** Like `update`, for what no person looks at: the revision stays, so that a form on a screen stays good. */
  mark(id: string, fields: Pick<Partial<Assignment>, 'wasRed' | 'remindedOn'>, revision: number): Write;
}

/** New values of fields; undefined takes a field away. */
export type Changes<Record> = { readonly [Field in keyof Record]?: Record[Field] | undefined };

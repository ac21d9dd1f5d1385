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
  /** Sent within the period: it stops the outcome. A late one is kept and answered, but stops nothing. */
  readonly inTime: boolean;
}

export interface OutcomeStore {
  byId(id: string): Promise<Outcome | undefined>;
  /** The latest outcome of a topic. */
  ofTopic(topicId: string): Promise<Outcome | undefined>;
  byTopicNumber(placeId: string, topicNumber: number): Promise<Outcome | undefined>;
  list(query: { placeIds: readonly string[]; states?: readonly OutcomeState[]; limit: number }): Promise<readonly Outcome[]>;
  objectionsTo(outcomeId: string): Promise<readonly Objection[]>;
  insert(outcome: Outcome): Write;
  update(id: string, fields: Partial<Outcome>, revision: number): Write;
  object(objection: Objection): Write;
}

/** Green: more working days left than the place's threshold. Yellow: few left. Red: overdue. */
export type Light = 'green' | 'yellow' | 'red';

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
  readonly report?: { readonly text: string; readonly attachments: readonly Attachment[]; readonly at: Date; readonly byId: string };
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
  update(id: string, fields: Partial<Assignment>, revision: number): Write;
}

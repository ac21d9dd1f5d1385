/**
 * What the console and the pages say to the server: one schema a request, one type an answer. The web imports this
 * file and nothing else of the server. Times travel as ISO strings, ids and numbers as they are.
 */
import { z } from 'zod';

const id = z.string().min(1).max(300);
const line = (max: number) => z.string().trim().min(1).max(max);
const instant = z.iso.datetime({ offset: true });
const groupIds = z.array(id).min(1).max(500);

const item = z.object({
  action: line(60),
  ownerName: line(20),
  unit: line(30),
  ownerId: id.optional(),
  groupId: id,
  dueAt: instant,
});

const notice = z.object({
  text: line(1_000),
  groupIds,
  sendAt: instant.optional(),
  urgent: z.boolean().optional(),
});

const poll = z.object({
  topicId: id,
  groupIds,
  closesAt: instant,
  quorum: z.number().int().min(0).max(1_000_000),
  options: z.array(line(40)).min(2).max(20),
  electorate: line(40).optional(),
  nextStep: line(60).optional(),
  showsCountsWhileOpen: z.boolean().optional(),
});

const meeting = z.object({
  topicId: id.optional(),
  title: line(60),
  agenda: line(500),
  startsAt: instant,
  room: line(60),
  invited: line(100),
  groupIds,
});

const outcome = z.object({
  topicId: id,
  items: z.array(item).min(1).max(30),
  groupIds,
  publicUntil: instant.optional(),
});

/** Every step the console can take. The name is the audit name; the schema is its input. */
export const stepSchemas = {
  'concern.answer': z.object({
    concernIds: z.array(id).min(1).max(100),
    kind: z.enum(['done', 'partly', 'refused']),
    text: line(500),
    reason: line(300).optional(),
    instead: line(300).optional(),
  }),
  'concern.redirect': z.object({ concernIds: z.array(id).min(1).max(100), to: line(60), how: line(300) }),
  'concern.merge': z.object({ concernIds: z.array(id).min(1).max(100), intoId: id }),
  'concern.unmerge': z.object({ concernId: id }),
  'concern.snooze': z.object({ concernIds: z.array(id).min(1).max(100), until: instant }),
  'concern.enterFor': z.object({ name: line(20), text: line(2_000), groupId: id.optional(), phone: line(30).optional() }),
  'topic.create': z.object({
    concernIds: z.array(id).max(100),
    title: line(40),
    description: z.string().trim().max(1_000),
    options: z.array(line(40)).min(2).max(20),
    source: z.enum(['residents', 'members', 'council', 'party', 'government']),
  }),
  'topic.edit': z.object({
    topicId: id,
    revision: z.number().int(),
    title: line(40),
    description: z.string().trim().max(1_000),
    options: z.array(line(40)).min(2).max(20),
  }),
  'topic.stage': z.object({
    topicId: id,
    revision: z.number().int(),
    stage: z.enum(['collect', 'settle', 'consult', 'outcome', 'assign', 'supervise', 'feedback', 'evaluate', 'closed']),
    note: line(200).optional(),
  }),
  'poll.open': poll,
  'poll.closeEarly': z.object({ pollId: id, reason: line(100) }),
  'poll.annul': z.object({ pollId: id, reason: line(100) }),
  'meeting.call': meeting,
  'meeting.move': z.object({ meetingId: id, revision: z.number().int(), startsAt: instant, room: line(60) }),
  'meeting.cancel': z.object({ meetingId: id, revision: z.number().int(), reason: line(100) }),
  'meeting.minutes': z.object({ meetingId: id, revision: z.number().int(), text: line(10_000), attended: line(500) }),
  'outcome.publish': outcome,
  'outcome.resolve': z.object({
    outcomeId: id,
    revision: z.number().int(),
    decision: z.enum(['continue', 'withdraw']),
    answer: line(300),
  }),
  'outcome.answerLate': z.object({ outcomeId: id, answer: line(300) }),
  'assignment.confirm': z.object({ assignmentId: id, revision: z.number().int() }),
  'assignment.sendBack': z.object({ assignmentId: id, revision: z.number().int(), reason: line(100) }),
  'assignment.report': z.object({ assignmentId: id, text: line(300) }),
  'assignment.askExtension': z.object({ assignmentId: id, toAt: instant, reason: line(100) }),
  'assignment.extension': z.object({
    assignmentId: id,
    revision: z.number().int(),
    granted: z.boolean(),
    answer: line(100).optional(),
  }),
  'assignment.reassign': z.object({
    assignmentId: id,
    revision: z.number().int(),
    ownerName: line(20),
    unit: line(30),
    groupId: id,
    dueAt: instant,
  }),
  'assignment.handBack': z.object({ assignmentId: id, reason: line(100) }),
  'assignment.urge': z.object({ assignmentId: id }),
  'notice.prepare': notice,
  'notice.confirm': z.object({ noticeId: id }),
  'notice.cancel': z.object({ noticeId: id }),
  'notice.sendUrgently': z.object({ noticeId: id }),
  'delivery.redrive': z.object({ outboxId: id, action: z.enum(['resend', 'drop']) }),
} as const;

export type StepName = keyof typeof stepSchemas;
export type StepInput<Name extends StepName> = z.infer<(typeof stepSchemas)[Name]>;

/** Envelope of a step: the same `requestId` again has no second effect and gets the same answer. */
export const stepEnvelope = z.object({
  requestId: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
  input: z.unknown(),
});

/** What a step did. `undoUntil`: it can be taken back until then by POST /api/console/undo. */
export interface StepAnswer {
  readonly summary: string;
  readonly created?: { readonly kind: string; readonly id: string; readonly number: number };
  readonly undoUntil?: string;
}

/** Previews show exactly what groups will get; nothing is written. */
export const previewSchemas = {
  'poll.open': poll,
  'meeting.call': meeting,
  'outcome.publish': outcome,
  'notice.prepare': notice,
} as const;

export type PreviewName = keyof typeof previewSchemas;

export interface PreviewAnswer {
  /** The text each group gets, byte for byte. */
  readonly text: string;
  readonly groups: readonly { readonly id: string; readonly name: string; readonly people: number; readonly note?: string }[];
  /** Persons reached, each once. */
  readonly people: number;
  /** When it will go out; absent = at once. */
  readonly sendAt?: string;
  readonly warnings: readonly string[];
}

/** A refusal in words for people; `fields` names what is wrong in a form. */
export interface ProblemAnswer {
  readonly code: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
}

export const signInSchema = z.object({ login: line(60), password: z.string().min(1).max(200) });
export const undoSchema = z.object({ requestId: z.string().min(8).max(64) });

export const listQuery = z.object({
  state: z.string().max(40).optional(),
  search: z.string().max(60).optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const idParams = z.object({ id });

// ---- answers -------------------------------------------------------------------------------------------------

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Give it back as `after` for the next page. */
  readonly next?: string;
}

export interface MeAnswer {
  readonly person: { readonly id: string; readonly name: string };
  readonly roles: readonly string[];
  readonly place: { readonly id: string; readonly name: string };
  /** Other places this person has an office in (and those below); `?place=` switches. */
  readonly places: readonly { readonly id: string; readonly name: string }[];
  readonly demo: boolean;
  readonly now: string;
}

export interface PhotoView {
  readonly url: string;
  readonly name?: string;
  readonly kind: 'image' | 'file';
}

export interface ConcernRow {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly authorName: string;
  readonly groupName?: string;
  readonly raisedAt: string;
  readonly answerDueAt: string;
  /** `late`: the promise is broken; `today`: due within this day; `ok`. */
  readonly promise: 'late' | 'today' | 'ok';
  readonly endorsements: number;
  readonly state: string;
  readonly photos: number;
  readonly similarNumber?: number;
  readonly snoozedUntil?: string;
  readonly revision: number;
}

export interface ConcernDetail extends ConcernRow {
  readonly attachments: readonly PhotoView[];
  readonly original?: string;
  readonly enteredBy?: string;
  readonly supplements: readonly { readonly name: string; readonly text: string; readonly at: string; readonly photos: readonly PhotoView[] }[];
  readonly endorsers: readonly string[];
  readonly merged: readonly { readonly id: string; readonly number: number; readonly title: string; readonly authorName: string }[];
  readonly mergedInto?: { readonly id: string; readonly number: number };
  readonly topic?: { readonly id: string; readonly number: number; readonly title: string };
  readonly answer?: { readonly kind: string; readonly text: string; readonly reason?: string; readonly instead?: string; readonly at: string; readonly by: string };
  readonly similar: readonly { readonly id: string; readonly number: number; readonly title: string; readonly why: string }[];
  /** Who will be told when it is answered. */
  readonly willTell: number;
  readonly told: readonly { readonly name: string; readonly at: string; readonly way: string; readonly rating?: string }[];
}

export interface TopicRow {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly stage: string;
  readonly concerns: number;
  readonly createdAt: string;
}

export interface TopicDetail extends TopicRow {
  readonly description: string;
  readonly source: string;
  readonly options: readonly string[];
  readonly revision: number;
  readonly waiting: number;
  readonly nextStep: { readonly action: string; readonly label: string; readonly missing?: string };
  readonly legalStages: readonly string[];
  readonly history: readonly { readonly at: string; readonly what: string; readonly who: string; readonly note?: string }[];
  readonly concernRows: readonly ConcernRow[];
  readonly polls: readonly PollRow[];
  readonly meetings: readonly MeetingRow[];
  readonly outcome?: OutcomeView;
  readonly assignments: readonly AssignmentRow[];
}

export interface PollRow {
  readonly id: string;
  readonly topicId: string;
  readonly topicNumber: number;
  readonly title: string;
  readonly state: string;
  readonly openedAt: string;
  readonly closesAt: string;
  readonly voters: number;
  readonly rollSize: number;
  readonly quorum: number;
}

export interface PollDetail extends PollRow {
  readonly options: readonly string[];
  readonly electorate: string;
  readonly nextStep: string;
  readonly fingerprint: string;
  readonly revision: number;
  /** Present only when counts may be shown: after closing, or while open when the poll says so. */
  readonly counts?: readonly number[];
  readonly byGroup: readonly { readonly groupName: string; readonly voters: number; readonly members: number }[];
  readonly result?: { readonly verdict: string; readonly quorumMet: boolean; readonly leading?: number; readonly countedAt: string; readonly digest: string };
  readonly closedEarlyReason?: string;
  readonly annulledReason?: string;
  readonly delivery: readonly DeliveryRow[];
}

export interface MeetingRow {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly startsAt: string;
  readonly room: string;
  readonly state: string;
  readonly coming: number;
  readonly away: number;
  readonly topicNumber?: number;
}

export interface MeetingDetail extends MeetingRow {
  readonly agenda: string;
  readonly invited: string;
  readonly revision: number;
  readonly responses: readonly { readonly name: string; readonly answer: string; readonly at: string }[];
  readonly minutes?: { readonly text: string; readonly attended: string; readonly at: string; readonly by: string };
  readonly groupNames: readonly string[];
  readonly delivery: readonly DeliveryRow[];
}

export interface OutcomeView {
  readonly id: string;
  readonly topicId: string;
  readonly topicNumber: number;
  readonly state: string;
  readonly publicFrom: string;
  readonly publicUntil: string;
  readonly revision: number;
  readonly items: readonly { readonly action: string; readonly ownerName: string; readonly unit: string; readonly dueAt: string }[];
  readonly objections: readonly { readonly reason: string; readonly at: string; readonly inTime: boolean }[];
  readonly resolution?: string;
}

export interface AssignmentRow {
  readonly id: string;
  readonly number: number;
  readonly topicId: string;
  readonly topicNumber: number;
  readonly action: string;
  readonly ownerName: string;
  readonly unit: string;
  readonly dueAt: string;
  readonly state: string;
  readonly light: 'green' | 'yellow' | 'red';
  readonly wasRed: boolean;
  /** Chinese: why this light, e.g. 过期1个工作日. */
  readonly lightReason: string;
  readonly revision: number;
}

export interface AssignmentDetail extends AssignmentRow {
  readonly assignedAt: string;
  readonly groupName: string;
  readonly report?: { readonly text: string; readonly photos: readonly PhotoView[]; readonly at: string; readonly by: string };
  readonly extension?: { readonly toAt: string; readonly reason: string; readonly state: string; readonly answer?: string };
  readonly returnedReason?: string;
  readonly lastUrgedAt?: string;
}

export interface DeliveryRow {
  readonly outboxId: string;
  readonly groupName: string;
  /** waiting, handedOver, delivered, needsTap, uncertain, failed. */
  readonly word: string;
  /** Chinese cause and cure for whatever is not delivered. */
  readonly cause?: string;
  readonly cure?: string;
  readonly at?: string;
}

export interface NoticeRow {
  readonly id: string;
  readonly number: number;
  readonly text: string;
  readonly state: string;
  readonly createdAt: string;
  readonly sendAt?: string;
  readonly groups: number;
  readonly delivered: number;
  readonly failed: number;
}

export interface NoticeDetail extends NoticeRow {
  readonly confirmCode?: string;
  readonly expiresAt: string;
  readonly createdBy: string;
  readonly urgent: boolean;
  readonly people: number;
  readonly delivery: readonly DeliveryRow[];
  readonly revision: number;
}

export interface GroupRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly channel: string;
  readonly members: number;
  readonly unit?: string;
  readonly lastDelivery?: { readonly word: string; readonly at: string };
}

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly offices: readonly string[];
  readonly groups: readonly string[];
  readonly concerns: number;
}

/** What waits for the reader, by deadline. */
export interface TodayAnswer {
  readonly items: readonly {
    readonly kind: 'assignment' | 'concern' | 'poll' | 'objection' | 'extension' | 'claimed' | 'notice' | 'meeting' | 'returned';
    readonly urgency: 'late' | 'today' | 'waiting' | 'new';
    readonly label: string;
    readonly detail: string;
    readonly path: string;
    readonly action: string;
  }[];
  readonly week: readonly { readonly at: string; readonly label: string; readonly path: string }[];
  readonly counts: { readonly unanswered: number; readonly topics: number; readonly assignments: number };
  /** Echo: concerns raised and answered, and those past their promise. */
  readonly echo: { readonly received: number; readonly answered: number; readonly silent: number };
}

/** Hints over SSE at /api/console/live: this collection changed, look again. */
export interface LiveHint {
  readonly collection: string;
}

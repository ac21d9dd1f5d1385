/**
 * What the console and the pages say to the server, one schema a request, and what the server says to a step. The web
 * imports this file and the views beside it (contract-*.ts), and nothing else of the server. Times travel as ISO
 * strings, ids and numbers as they are.
 */
import { z } from 'zod';

import { attachmentSchema, MAX_ATTACHMENTS } from './attachment-schema.ts';
import { rosterPreview, rosterSteps, type RosterPreviewAnswer } from './roster-schemas.ts';

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

const method = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('forAgainst') }),
  z.object({ kind: z.literal('single') }),
  z.object({
    kind: z.literal('several'),
    min: z.number().int().min(1).max(20),
    max: z.number().int().min(1).max(20),
  }),
  z.object({ kind: z.literal('ranking'), rule: z.enum(['borda', 'instantRunoff']) }),
  z.object({ kind: z.literal('points'), points: z.number().int().min(1).max(1_000) }),
  z.object({ kind: z.literal('score') }),
  z.object({
    kind: z.literal('budget'),
    limit: z.number().int().min(1).max(1_000_000_000),
    costs: z.array(z.number().int().min(1).max(1_000_000_000)).min(2).max(20),
    unit: z.enum(['元', '万元']),
  }),
]);

const share = z.object({
  numerator: z.number().int().min(1).max(100),
  denominator: z.number().int().min(1).max(100),
  isMore: z.boolean(),
});

const rules = z
  .object({
    quorum: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('none') }),
      z.object({ kind: z.literal('voters'), least: z.number().int().min(1).max(1_000_000) }),
      z.object({ kind: z.literal('households'), least: z.number().int().min(1).max(1_000_000) }),
      z.object({ kind: z.literal('share'), share }),
    ]),
    threshold: z.enum(['plurality', 'majority', 'twoThirds', 'threeQuarters', 'majorityOfRoll']),
    article278: z.enum(['ordinary', 'major']),
    abstentions: z.enum(['count', 'ignore']),
    secrecy: z.enum(['open', 'secret']),
    showsNames: z.boolean(),
    minCell: z.number().int().min(0).max(100),
    proxiesPerHolder: z.number().int().min(1).max(10),
  })
  .partial();

const rosterPart = z
  .object({
    buildings: z.array(line(20)).min(1).max(200),
    units: z.array(line(20)).min(1).max(50).optional(),
  })
  .refine(({ buildings, units }) => units === undefined || buildings.length === 1);

const poll = z.object({
  topicId: id,
  groupIds,
  closesAt: instant,
  quorum: z.number().int().min(0).max(1_000_000),
  options: z.array(line(40)).min(2).max(20),
  electorateOf: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('members') }),
      z.object({ kind: z.enum(['residents', 'households']), within: rosterPart.optional() }),
      z.object({ kind: z.literal('list'), listId: id }),
    ])
    .optional(),
  electorate: line(40).optional(),
  nextStep: line(60).optional(),
  showsCountsWhileOpen: z.boolean().optional(),
  method: method.optional(),
  rules: rules.optional(),
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
  'concern.enterFor': z.object({
    name: line(20),
    text: line(2_000),
    groupId: id.optional(),
    phone: line(30).optional(),
  }),
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
    stage: z.enum([
      'collect',
      'settle',
      'consult',
      'outcome',
      'assign',
      'supervise',
      'feedback',
      'evaluate',
      'closed',
    ]),
    note: line(200).optional(),
  }),
  'poll.open': poll,
  /** A ballot on paper, by telephone or from a visit; `values` as it is written, `at` the time on it. */
  'poll.enterBallot': z.object({
    pollId: id,
    voterId: id,
    values: z.array(z.number().int().min(0).max(1_000)).min(1).max(20),
    path: z.enum(['paper', 'phone', 'visit']),
    at: instant,
    note: line(200).optional(),
    photo: attachmentSchema.optional(),
  }),
  /** A written authorisation to vote for somebody: two voters of the poll's roll. */
  'poll.delegate': z.object({ pollId: id, voterId: id, holderId: id }),
  'poll.endDelegation': z.object({ pollId: id, voterId: id }),
  'poll.closeEarly': z.object({ pollId: id, reason: line(100) }),
  'poll.annul': z.object({ pollId: id, reason: line(100) }),
  'meeting.call': meeting,
  'meeting.move': z.object({ meetingId: id, revision: z.number().int(), startsAt: instant, room: line(60) }),
  'meeting.cancel': z.object({ meetingId: id, revision: z.number().int(), reason: line(100) }),
  'meeting.minutes': z.object({
    meetingId: id,
    revision: z.number().int(),
    text: line(10_000),
    attended: line(500),
  }),
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
  'assignment.report': z.object({
    assignmentId: id,
    text: line(300),
    attachments: z.array(attachmentSchema).max(MAX_ATTACHMENTS).optional(),
  }),
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
  'delivery.redrive': z.object({
    outboxIds: z.array(id).min(1).max(100),
    action: z.enum(['resend', 'drop']),
  }),
  ...rosterSteps,
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
  'roster.import': rosterPreview,
} as const;

export type PreviewName = keyof typeof previewSchemas;
export type PreviewInput<Name extends PreviewName> = z.infer<(typeof previewSchemas)[Name]>;
/** Previews that show a message to groups, all but those of files. */
export type SendPreviewName = Exclude<PreviewName, 'roster.import'>;
export type PreviewAnswerOf<Name extends PreviewName> = Name extends 'roster.import'
  ? RosterPreviewAnswer
  : PreviewAnswer;

export interface PreviewAnswer {
  /** The text each group gets, byte for byte. */
  readonly text: string;
  /** The picture that goes along, as a data URL. */
  readonly picture?: string;
  /** Rules that are frozen by sending it, in words, each with what it is about. */
  readonly rules?: readonly (readonly [about: string, words: string])[];
  readonly groups: readonly {
    readonly id: string;
    readonly name: string;
    readonly people: number;
    readonly note?: string;
  }[];
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
export const paperParams = z.object({ id, paperId: id });

import type { Actor } from '#core/command';
import type { BulkDecision } from '#core/concern';
import { definedFields, type Decision } from '#core/decision';
import { UserError } from '#core/errors';
import type { MediaStore } from '#core/media';
import { paperMediaPlace } from '#core/paper';
import type { PictureRenderer } from '#core/picture';
import type { BroadcastPreview, ReachNote } from '#procedure/broadcast';

import { keepAttachments } from '../http/attachments.ts';
import type { PreviewAnswer, StepInput } from '../http/contract.ts';
import type { PreviewTable, StepTable } from '../http/console/steps.ts';
import { redrive, type DeliveryDeps } from './delivery-steps.ts';
import type { Features } from './features.ts';
import { createRosterPreviews, createRosterSteps } from './roster-steps.ts';

type UseCases = Features['useCases'];

/** What was not done is said beside what was; when nothing was, the whole step is refused. */
function saidOfEach({ rows, ...decision }: BulkDecision): Decision {
  const problems = [...new Set(rows.flatMap(({ problem }) => problem ?? []))].join('\n');
  if (problems === '') return decision;
  if (!rows.some(({ ok }) => ok)) throw new UserError('bulk.none', problems);
  return {
    ...decision,
    summary: [...(decision.summary === undefined ? [] : [decision.summary]), problems].join('\n'),
  };
}

interface StepTableDeps extends DeliveryDeps {
  readonly media: MediaStore;
}

/** Each step of the console with its use case; times arrive as text and become dates here. */
export function createStepTable(useCases: UseCases, deps: StepTableDeps): StepTable {
  const { concerns, feedback, topics, polls } = useCases;
  return {
    'concern.answer': async (actor, input) => saidOfEach(await feedback.answer(actor, definedFields(input))),
    'concern.redirect': async (actor, input) => saidOfEach(await feedback.redirect(actor, input)),
    'concern.merge': async (actor, input) => saidOfEach(await concerns.merge(actor, input)),
    'concern.unmerge': (actor, input) => concerns.unmerge(actor, input),
    'concern.snooze': async (actor, input) =>
      saidOfEach(await concerns.snooze(actor, { ...input, until: new Date(input.until) })),
    'concern.enterFor': (actor, input) => concerns.enterFor(actor, definedFields(input)),
    'topic.create': (actor, input) => topics.createTopic(actor, input),
    'topic.edit': (actor, input) => topics.editTopic(actor, input),
    'topic.stage': (actor, input) => topics.moveStage(actor, input),
    'poll.open': (actor, input) => polls.openPoll(actor, pollInput(input)),
    'poll.enterBallot': (actor, input) => enterBallot(polls, deps.media, actor, input),
    'poll.delegate': (actor, input) => polls.enterDelegation(actor, input),
    'poll.endDelegation': (actor, input) => polls.endDelegation(actor, input),
    'poll.closeEarly': (actor, input) => polls.closeEarly(actor, input),
    'poll.annul': (actor, input) => polls.annul(actor, input),
    ...meetingSteps(useCases),
    ...outcomeSteps(useCases),
    ...assignmentSteps(useCases, deps.media),
    ...noticeSteps(useCases),
    ...createRosterSteps(useCases),
    'delivery.redrive': (actor, input) => redrive(deps, actor, input),
  };
}

/** The photo of a paper is kept apart from all others: secretaries of the place see it, other officers do not. */
async function enterBallot(
  polls: UseCases['polls'],
  media: MediaStore,
  actor: Actor,
  { at, photo, ...input }: StepInput<'poll.enterBallot'>,
): Promise<Decision> {
  const place = paperMediaPlace(actor.place.id);
  const [kept] = photo ? await keepAttachments(media, place, [photo]) : [];
  return polls.enterBallot(actor, { ...definedFields({ ...input, photo: kept }), at: new Date(at) });
}

function meetingSteps({ meetings }: UseCases) {
  return {
    'meeting.call': (actor, input) => meetings.callMeeting(actor, meetingInput(input)),
    'meeting.move': (actor, input) =>
      meetings.moveMeeting(actor, { ...input, startsAt: new Date(input.startsAt) }),
    'meeting.cancel': (actor, input) => meetings.cancelMeeting(actor, input),
    'meeting.minutes': (actor, input) => meetings.saveMinutes(actor, input),
  } satisfies Partial<StepTable>;
}

function outcomeSteps({ outcomes }: UseCases) {
  return {
    'outcome.publish': (actor, input) => outcomes.publish(actor, outcomeInput(input)),
    'outcome.resolve': (actor, input) => outcomes.resolve(actor, input),
    'outcome.answerLate': (actor, input) => outcomes.answerLate(actor, input),
  } satisfies Partial<StepTable>;
}

function assignmentSteps({ assignments }: UseCases, media: MediaStore) {
  return {
    'assignment.confirm': (actor, input) => assignments.confirm(actor, input),
    'assignment.sendBack': (actor, input) => assignments.sendBack(actor, input),
    'assignment.report': async (actor, { attachments = [], ...input }) =>
      assignments.report(actor, {
        ...input,
        attachments: await keepAttachments(media, actor.place.id, attachments),
      }),
    'assignment.askExtension': (actor, input) =>
      assignments.askExtension(actor, { ...input, toAt: new Date(input.toAt) }),
    'assignment.extension': (actor, { answer, ...input }) =>
      assignments.decideExtension(actor, { ...input, ...definedFields({ answer }) }),
    'assignment.reassign': (actor, input) =>
      assignments.reassign(actor, { ...input, dueAt: new Date(input.dueAt) }),
    'assignment.handBack': (actor, input) => assignments.handBack(actor, input),
    'assignment.urge': (actor, input) => assignments.urge(actor, input),
  } satisfies Partial<StepTable>;
}

function noticeSteps({ notices }: UseCases) {
  return {
    'notice.prepare': (actor, input) => notices.prepare(actor, noticeInput(input)),
    'notice.confirm': (actor, input) => notices.confirm(actor, input),
    'notice.cancel': (actor, input) => notices.cancel(actor, input),
    'notice.sendUrgently': (actor, input) => notices.sendUrgently(actor, input),
  } satisfies Partial<StepTable>;
}

/** What each step would send, for the console's preview; a picture as it will be drawn. */
export function createPreviewTable(useCases: UseCases, pictures: PictureRenderer): PreviewTable {
  const { polls, meetings, outcomes, notices } = useCases;
  const answer = async (preview: Promise<BroadcastPreview>) => previewAnswer(await preview, pictures);
  return {
    ...createRosterPreviews(useCases),
    'poll.open': (actor, input) => answer(polls.previewPoll(actor, pollInput(input))),
    'meeting.call': (actor, input) => answer(meetings.previewMeeting(actor, meetingInput(input))),
    'outcome.publish': (actor, input) => answer(outcomes.preview(actor, outcomeInput(input))),
    'notice.prepare': (actor, input) => answer(notices.preview(actor, noticeInput(input))),
  };
}

function pollInput({ closesAt, rules, ...input }: StepInput<'poll.open'>) {
  return {
    ...definedFields(input),
    closesAt: new Date(closesAt),
    ...(rules && { rules: definedFields(rules) }),
  };
}

function meetingInput({ startsAt, ...input }: StepInput<'meeting.call'>) {
  return { ...definedFields(input), startsAt: new Date(startsAt) };
}

function outcomeInput({ topicId, items, groupIds, publicUntil }: StepInput<'outcome.publish'>) {
  return {
    topicId,
    groupIds,
    items: items.map(({ dueAt, ...item }) => ({ ...definedFields(item), dueAt: new Date(dueAt) })),
    ...(publicUntil !== undefined && { publicUntil: new Date(publicUntil) }),
  };
}

function noticeInput({ sendAt, ...input }: StepInput<'notice.prepare'>) {
  return { ...definedFields(input), ...(sendAt !== undefined && { sendAt: new Date(sendAt) }) };
}

const REACH_WORDS: Readonly<Record<ReachNote, string>> = {
  needsTap: '要群主在手机上点一下才发出',
  offline: '这个群现在连不上',
};

async function previewAnswer(
  { text, picture, rules, groups, people, sendAt }: BroadcastPreview,
  pictures: PictureRenderer,
): Promise<PreviewAnswer> {
  const png = picture && Buffer.from(await pictures.png(picture)).toString('base64');
  return {
    text,
    people,
    groups: groups.map(({ note, ...group }) => ({ ...group, ...(note && { note: REACH_WORDS[note] }) })),
    warnings: [],
    ...(png !== undefined && { picture: `data:image/png;base64,${png}` }),
    ...definedFields({ rules }),
    ...(sendAt && { sendAt: sendAt.toISOString() }),
  };
}

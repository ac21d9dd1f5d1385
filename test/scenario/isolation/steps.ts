import type { PreviewName, StepInput, StepName } from '#src/http/contract';
import type { OtherIds } from './other-data.ts';

/** A valid input for every step of the console that names things of the other community. */
export function stepsOnOthers(ids: OtherIds): { readonly [Name in StepName]: StepInput<Name> } {
  const {
    concernId,
    secondConcernId,
    topicId,
    pollId,
    meetingId,
    outcomeId,
    assignmentId,
    noticeId,
    outboxId,
    residentId,
    verificationId,
    otherPersonId,
    listId,
    linkId,
  } = ids;
  const groupIds = ['group:pinganli-residents'];
  const later = '2026-10-01T18:00:00+08:00';
  const options = ['甲', '乙'];
  const item = {
    action: '修灯',
    ownerName: '某人',
    unit: '物业',
    groupId: 'group:pinganli-property',
    dueAt: '2026-11-30T18:00:00+08:00',
  };
  const seen = { revision: 1 };
  return {
    'concern.answer': { concernIds: [concernId], kind: 'done', text: '办好了' },
    'concern.redirect': { concernIds: [secondConcernId], to: '别处', how: '打电话' },
    'concern.merge': { concernIds: [secondConcernId], intoId: concernId },
    'concern.unmerge': { concernId },
    'concern.snooze': { concernIds: [secondConcernId], until: later },
    'concern.enterFor': { name: '某人', text: '楼道灯坏了', groupId: 'group:pinganli-residents' },
    'topic.create': {
      concernIds: [secondConcernId],
      title: '题',
      description: '',
      options,
      source: 'residents',
    },
    'topic.edit': { topicId, ...seen, title: '题', description: '', options },
    'topic.stage': { topicId, ...seen, stage: 'outcome' },
    'poll.open': { topicId, groupIds, closesAt: later, quorum: 0, options },
    'poll.enterBallot': { pollId, voterId: otherPersonId, values: [1], path: 'paper', at: later },
    'poll.delegate': { pollId, voterId: otherPersonId, holderId: 'somebody' },
    'poll.endDelegation': { pollId, voterId: otherPersonId },
    'poll.closeEarly': { pollId, reason: '够了' },
    'poll.annul': { pollId, reason: '错了' },
    'meeting.call': { title: '会', agenda: '事', startsAt: later, room: '室', invited: '人', groupIds },
    'meeting.move': { meetingId, ...seen, startsAt: later, room: '室' },
    'meeting.cancel': { meetingId, ...seen, reason: '不开了' },
    'meeting.minutes': { meetingId, ...seen, text: '纪要', attended: '人' },
    'outcome.publish': { topicId, items: [item], groupIds },
    'outcome.resolve': { outcomeId, ...seen, decision: 'withdraw', answer: '撤' },
    'outcome.answerLate': { outcomeId, answer: '答' },
    'assignment.handBack': { assignmentId, reason: '不归我们' },
    'assignment.confirm': { assignmentId, ...seen },
    'assignment.sendBack': { assignmentId, ...seen, reason: '不行' },
    'assignment.report': { assignmentId, text: '好了' },
    'assignment.askExtension': { assignmentId, toAt: '2026-12-01T18:00:00+08:00', reason: '忙' },
    'assignment.extension': { assignmentId, ...seen, granted: true },
    'assignment.reassign': {
      assignmentId,
      ...seen,
      ownerName: '某人',
      unit: '物业',
      groupId: 'group:xingfuli-property',
      dueAt: later,
    },
    'assignment.urge': { assignmentId },
    'notice.prepare': { text: '停水', groupIds },
    'notice.confirm': { noticeId },
    'notice.sendUrgently': { noticeId },
    'notice.cancel': { noticeId },
    'delivery.redrive': { outboxIds: [outboxId], action: 'resend' },
    'roster.decide': { verificationId, residentId },
    'roster.saveList': { listId, name: '名单', kind: 'named', lines: [] },
    'roster.unlinkIdentities': { linkId },
    'roster.link': { residentId, personId: 'person:resident-1' },
    'roster.unlink': { residentId, personId: otherPersonId },
    // A file names nobody's place: it is read into one's own, so here it is one without a roster in it.
    'roster.import': { data: 'eA==', absent: 'keep', basis: '0'.repeat(32) },
  };
}

export const PREVIEWS: readonly PreviewName[] = [
  'poll.open',
  'meeting.call',
  'outcome.publish',
  'notice.prepare',
  'roster.import',
];
export const LISTS = [
  'concerns',
  'topics',
  'polls',
  'meetings',
  'notices',
  'people',
  'households',
  'verifications',
  'roster-lists',
  'identity-links',
  'roster',
  'groups',
  'assignments',
] as const;

/** The address of every detail of the other community. */
export function detailsOfOthers(ids: OtherIds): readonly string[] {
  const of = (list: string, id: string) => `/${list}/${encodeURIComponent(id)}`;
  return [
    of('concerns', ids.concernId),
    of('topics', ids.topicId),
    of('polls', ids.pollId),
    `${of('polls', ids.pollId)}/voters`,
    `${of('polls', ids.pollId)}/papers`,
    `${of('polls', ids.pollId)}/export.json`,
    of('meetings', ids.meetingId),
    of('notices', ids.noticeId),
    of('assignments', ids.assignmentId),
    of('media', ids.mediaId),
  ];
}

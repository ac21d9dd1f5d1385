import type { Actor } from '#core/command';
import { definedFields, type Decision } from '#core/decision';
import type { Meeting } from '#core/meeting';
import { reachNote, toGroups, type BroadcastPreview } from '#procedure/broadcast';
import { meetingTexts } from '#texts/meeting-texts';
import type { MeetingDeps } from './meeting-deps.ts';
import { noticeBody } from './meeting-words.ts';
import { planMeeting, type MeetingInput } from './plan-meeting.ts';
import { setReminders } from './reminders.ts';

/**
 * What the groups would get; writes nothing and takes no number, so it shows the number that is free now (another
 * secretary's meeting in between takes it first). Throws like calling.
 */
export function createPreviewMeeting(deps: MeetingDeps) {
  return async (actor: Actor, input: MeetingInput): Promise<BroadcastPreview> => {
    const { draft, groups } = await planMeeting(deps, actor, input);
    const { items } = await deps.meetings.list({ placeIds: [actor.place.id], limit: 100 });
    const number = Math.max(0, ...items.map((meeting) => meeting.number)) + 1;
    const members = await Promise.all(groups.map((group) => deps.groups.memberIds([group.id])));
    return {
      text: noticeBody({ ...draft, number }, actor.now, actor.place).text,
      groups: groups.map((group, index) => ({
        id: group.id,
        name: group.name,
        people: members[index]?.length ?? 0,
        ...definedFields({ note: reachNote(group, deps.channelFacts) }),
      })),
      people: new Set(members.flat()).size,
    };
  };
}

/** Calls a consultation meeting: invites the groups, sets both reminders, and its topic is in consultation. */
export function createCallMeeting(deps: MeetingDeps) {
  return async (actor: Actor, input: MeetingInput): Promise<Decision> => {
    const { draft, topic, moved, groups } = await planMeeting(deps, actor, input);
    const meeting: Meeting = { ...draft, number: await actor.takeNumber('meeting') };
    const { id, number } = meeting;
    return {
      writes: [
        deps.meetings.insert(meeting),
        ...(topic ? [deps.topics.update(topic.id, { ...moved, prepared: undefined }, topic.revision)] : []),
        ...setReminders(deps.deadlines, meeting, actor.place.timeZone, actor.now),
      ],
      dispatches: toGroups(groups, `meeting-notice:${id}`, noticeBody(meeting, actor.now, actor.place), {
        subjectId: id,
        expiresAt: meeting.startsAt,
      }),
      audit: [
        {
          placeId: meeting.placeId,
          action: 'meeting.called',
          actorId: actor.person.id,
          subjectId: id,
          at: actor.now,
          facts: { number, startsAt: meeting.startsAt.toISOString(), groups: groups.length },
        },
      ],
      guarded: true,
      summary: meetingTexts.called({ number, groups: groups.length }),
      created: { kind: 'meeting', id, number },
      event: 'meeting.called',
    };
  };
}

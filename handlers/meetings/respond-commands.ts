import { defineCommand, replyHere, type AnyCommand, type MessageContext } from '#core/command';
import { joinDecisions, type Decision } from '#core/decision';
import type { Attendance, Meeting, Response } from '#core/meeting';
import { readLeadingNumber } from '#language/references';
import { meetingTexts } from '#texts/meeting-texts';
import { systemTexts } from '#texts/system-texts';
import type { MeetingDeps } from './meeting-deps.ts';
import { startsWords } from './meeting-words.ts';

interface Answer {
  readonly number?: number;
}

/** 报名 4, 请假 4; without a number the only meeting ahead is meant. The last answer by the vendor's time stands. */
export function createRespondCommands(deps: MeetingDeps): readonly AnyCommand[] {
  const command = (word: string, name: string, summary: string, answer: Attendance) =>
    defineCommand<Answer>({
      name,
      triggers: [word],
      summary,
      example: `${word} 4`,
      roles: ['resident'],
      independent: true,
      parse(rest) {
        const found = readLeadingNumber(rest);
        return { ok: true, args: found ? { number: found.value } : {} };
      },
      run: (context, { number }) => respond(deps, context, { word, answer, number }),
    });
  return [
    command('报名', 'meeting.come', '报名参加协商会', 'coming'),
    command('请假', 'meeting.stayAway', '协商会来不了', 'away'),
  ];
}

interface Wish {
  readonly word: string;
  readonly answer: Attendance;
  readonly number: number | undefined;
}

async function respond(deps: MeetingDeps, context: MessageContext, wish: Wish): Promise<Decision> {
  if (wish.number !== undefined) {
    const meeting = await meetingOf(deps, context, wish.number);
    if (meeting) return answered(deps, context, meeting, wish.answer);
    const text = systemTexts.numberUnknown({ kind: 'meeting', number: wish.number });
    return replyHere(context, text, 'number.unknown');
  }
  const ahead = await meetingsAhead(deps, context);
  const [only] = ahead;
  if (!only) return replyHere(context, meetingTexts.noneAhead(), 'meeting.noneAhead');
  if (ahead.length === 1) return answered(deps, context, only, wish.answer);
  const meetings = ahead.map((meeting) => ({
    number: meeting.number,
    starts: startsWords(meeting, context.now, context.place),
  }));
  return replyHere(context, meetingTexts.whichOne({ command: wish.word, meetings }), 'meeting.whichOne');
}

/** In a group first the meetings it was invited to: those of a place above have numbers of their own. */
async function meetingOf(
  deps: MeetingDeps,
  context: MessageContext,
  number: number,
): Promise<Meeting | undefined> {
  const { group, place, now } = context;
  const invited = group ? await deps.meetings.comingIn(group.id, now) : [];
  return invited.find((meeting) => meeting.number === number) ?? deps.meetings.byNumber(place.id, number);
}

async function meetingsAhead(
  deps: MeetingDeps,
  { group, place, now }: MessageContext,
): Promise<readonly Meeting[]> {
  if (group) return deps.meetings.comingIn(group.id, now);
  const { items } = await deps.meetings.list({ placeIds: [place.id], states: ['called'], limit: 20 });
  return items.filter((meeting) => meeting.startsAt > now).toReversed();
}

function answered(
  deps: MeetingDeps,
  context: MessageContext,
  meeting: Meeting,
  answer: Attendance,
): Decision {
  const { now, place, message } = context;
  const { number, room, topicNumber } = meeting;
  const starts = startsWords(meeting, now, place);
  if (meeting.state === 'cancelled') {
    return replyHere(context, meetingTexts.cancelledAlready({ number }), 'meeting.cancelledAlready');
  }
  if (meeting.state === 'held' || message.sentAt > meeting.startsAt) {
    return replyHere(context, meetingTexts.past({ number, started: starts }), 'meeting.past');
  }
  const text =
    answer === 'coming'
      ? meetingTexts.coming({ number, starts, room })
      : meetingTexts.away({ number, topicNumber });
  const kept: Decision = {
    writes: [deps.meetings.respond(responseOf(context, meeting, answer))],
    dispatches: [],
  };
  return joinDecisions(kept, replyHere(context, text, `meeting.${answer}`));
}

function responseOf(
  { person, message, spokenName }: MessageContext,
  meeting: Meeting,
  answer: Attendance,
): Response {
  return {
    id: `${meeting.id}|${person.id}`,
    meetingId: meeting.id,
    placeId: meeting.placeId,
    personId: person.id,
    personName: spokenName,
    answer,
    sentAt: message.sentAt,
    messageId: message.messageId,
  };
}

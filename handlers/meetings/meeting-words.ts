import type { OutboundBody } from '#core/channel';
import type { Meeting } from '#core/meeting';
import type { Place } from '#core/people';
import { formatMoment } from '#language/dates';
import { rsvpCard } from '#texts/meeting-cards';
import { meetingTexts } from '#texts/meeting-texts';

/** When a meeting begins, as its readers say it. */
export function startsWords(
  meeting: Pick<Meeting, 'startsAt'>,
  now: Date,
  place: Pick<Place, 'timeZone'>,
): string {
  return formatMoment(meeting.startsAt, now, place.timeZone);
}

/** The invitation the groups get. */
export function noticeBody(
  meeting: Pick<Meeting, 'number' | 'title' | 'startsAt' | 'room' | 'invited'>,
  now: Date,
  place: Place,
): OutboundBody {
  const { number, title, room, invited } = meeting;
  const data = { number, title, room, invited, starts: startsWords(meeting, now, place) };
  return { text: meetingTexts.notice(data), card: rsvpCard(data) };
}

import { Link } from 'react-router';

import type { MeetingRow } from '../../../../src/http/contract-views.ts';
import { MEETING_STATE_WORDS } from '../../../../src/texts/words.ts';
import { Tag } from '../../components/tag.tsx';
import { wordOf } from '../../components/word-of.ts';
import { addresses } from '../data/addresses.ts';
import { useDates } from '../data/use-dates.ts';

export function MeetingRows({ meetings }: { meetings: readonly MeetingRow[] }) {
  const { moment } = useDates();
  return (
    <ul className="rows card-rows">
      {meetings.map((meeting) => (
        <li key={meeting.id} className="row">
          <span className="row-main">
            <Link to={addresses.meeting(meeting.id)} className="row-link">
              协商会#{meeting.number} <bdi>{meeting.title}</bdi>
            </Link>
            <span className="row-note">
              {moment(meeting.startsAt)}，<bdi>{meeting.room}</bdi>，已报名{meeting.coming}人
              {meeting.topicNumber !== undefined && `，议题#${meeting.topicNumber}`}
            </span>
          </span>
          <span className="row-side">
            <Tag tone={meeting.state === 'called' ? 'blue' : 'plain'}>
              {wordOf(MEETING_STATE_WORDS, meeting.state)}
            </Tag>
          </span>
        </li>
      ))}
    </ul>
  );
}

import { Link, useParams } from 'react-router';

import type { MeetingDetail } from '../../../../src/http/contract-views.ts';
import { MEETING_STATE_WORDS } from '../../../../src/texts/words.ts';
import { Facts } from '../../components/facts.tsx';
import { UserBlock, UserText } from '../../components/user-text.tsx';
import { wordOf } from '../../components/word-of.ts';
import { addresses } from '../data/addresses.ts';
import { useDates } from '../data/use-dates.ts';
import { DeliveryList } from '../shared/delivery-list.tsx';
import { DetailPage } from '../shared/detail-page.tsx';
import { Page } from '../shared/page.tsx';
import { MeetingActions } from './meeting-actions.tsx';

export function MeetingPage() {
  const { id = '' } = useParams();
  return (
    <DetailPage<MeetingDetail> list="meetings" id={id} noun="协商会">
      {(meeting) => <Meeting meeting={meeting} />}
    </DetailPage>
  );
}

function Meeting({ meeting }: { meeting: MeetingDetail }) {
  const { moment, left } = useDates();
  const name = `协商会#${meeting.number}`;
  return (
    <Page
      title={name}
      heading={
        <>
          {name} <bdi>{meeting.title}</bdi>
        </>
      }
    >
      <section className="card" aria-label="会议">
        <Facts
          rows={[
            [
              '时间',
              `${moment(meeting.startsAt)}${meeting.state === 'called' ? `，${left(meeting.startsAt)}` : ''}`,
            ],
            ['地点', <bdi key="room">{meeting.room}</bdi>],
            ['请了', <bdi key="invited">{meeting.invited}</bdi>],
            [
              '议程',
              <bdi key="agenda" className="lines">
                {meeting.agenda}
              </bdi>,
            ],
            [
              '议题',
              meeting.topicId !== undefined && (
                <Link to={addresses.topic(meeting.topicId)}>议题#{meeting.topicNumber}</Link>
              ),
            ],
            ['发到', <bdi key="groups">{meeting.groupNames.join('、')}</bdi>],
            ['现在', wordOf(MEETING_STATE_WORDS, meeting.state)],
          ]}
        />
        <MeetingActions meeting={meeting} />
      </section>
      {meeting.minutes && (
        <section className="card" aria-labelledby="minutes">
          <h2 id="minutes">纪要</h2>
          <p className="byline">
            <UserText>{meeting.minutes.by}</UserText>
            <time dateTime={meeting.minutes.at}>{moment(meeting.minutes.at)}</time>
          </p>
          <Facts rows={[['到会', <bdi key="attended">{meeting.minutes.attended}</bdi>]]} />
          <UserBlock>{meeting.minutes.text}</UserBlock>
        </section>
      )}
      <section className="card" aria-labelledby="responses">
        <h2 id="responses">
          报名{meeting.coming}人，请假{meeting.away}人
        </h2>
        <Responses meeting={meeting} />
      </section>
      <section className="card" aria-labelledby="delivery">
        <h2 id="delivery">通知发到群里了吗</h2>
        <DeliveryList rows={meeting.delivery} />
      </section>
    </Page>
  );
}

function Responses({ meeting }: { meeting: MeetingDetail }) {
  const { moment } = useDates();
  if (meeting.responses.length === 0)
    return (
      <p className="quiet">
        居民回复「报名 {meeting.number}」或「请假 {meeting.number}」，会出现在这里。
      </p>
    );
  return (
    <ul className="rows">
      {meeting.responses.map((response) => (
        <li key={response.name + response.at} className="row">
          <span className="row-main">
            <UserText>{response.name}</UserText>
          </span>
          <span className="row-side">
            {response.answer === 'coming' ? '来' : '请假'}
            <time dateTime={response.at}>{moment(response.at)}</time>
          </span>
        </li>
      ))}
    </ul>
  );
}

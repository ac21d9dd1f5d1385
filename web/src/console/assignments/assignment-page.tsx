import { Link, useParams } from 'react-router';

import type { AssignmentDetail } from '../../../../src/http/contract-views.ts';
import { ASSIGNMENT_STATE_WORDS, staffWords } from '../../../../src/texts/words.ts';
import { Facts } from '../../components/facts.tsx';
import { LightPill } from '../../components/light-pill.tsx';
import { UserBlock, UserText } from '../../components/user-text.tsx';
import { wordOf } from '../../components/word-of.ts';
import { addresses } from '../data/addresses.ts';
import { useSession } from '../data/session.ts';
import { useDates } from '../data/use-dates.ts';
import { DetailPage } from '../shared/detail-page.tsx';
import { Page } from '../shared/page.tsx';
import { Photos } from '../shared/photos.tsx';
import { OfficerActions } from './officer-actions.tsx';
import { SecretaryActions } from './secretary-actions.tsx';

const EXTENSION_WORDS: Readonly<Record<string, string>> = {
  asked: '等社区答复',
  granted: '可以延',
  refused: '不能延',
};

export function AssignmentPage() {
  const { id = '' } = useParams();
  return (
    <DetailPage<AssignmentDetail> list="assignments" id={id} noun="交办">
      {(assignment) => <Assignment assignment={assignment} />}
    </DetailPage>
  );
}

function Assignment({ assignment }: { assignment: AssignmentDetail }) {
  const { isSecretary } = useSession();
  const { moment, day, left } = useDates();
  const { extension, report } = assignment;
  const name = `T${assignment.number}`;
  const stateWord = wordOf(ASSIGNMENT_STATE_WORDS, assignment.state);
  return (
    <Page
      title={name}
      heading={
        <>
          {name} <bdi>{assignment.action}</bdi>
        </>
      }
    >
      <section className="card" aria-label="这件交办">
        <p className="byline">
          <LightPill
            light={assignment.light}
            wasRed={assignment.wasRed}
            reason={assignment.state === 'done' ? '' : assignment.lightReason}
          />
          {assignment.state !== 'open' && <span>{stateWord}</span>}
        </p>
        <Facts
          rows={[
            [
              '负责',
              <bdi key="who">{staffWords({ unit: assignment.unit, name: assignment.ownerName })}</bdi>,
            ],
            [
              '期限',
              `${moment(assignment.dueAt)}${assignment.state === 'done' ? '' : `，${left(assignment.dueAt)}`}`,
            ],
            [
              '来由',
              isSecretary ? (
                <Link to={addresses.topic(assignment.topicId)}>议题#{assignment.topicNumber}</Link>
              ) : (
                `议题#${assignment.topicNumber}`
              ),
            ],
            [
              '交办到',
              <>
                <bdi>{assignment.groupName}</bdi>，{day(assignment.assignedAt)}
              </>,
            ],
            [
              '退回的理由',
              assignment.returnedReason !== undefined && <UserText>{assignment.returnedReason}</UserText>,
            ],
            ['上次催', assignment.lastUrgedAt !== undefined && moment(assignment.lastUrgedAt)],
            [
              '延期',
              extension && (
                <>
                  申请到{day(extension.toAt)}（{wordOf(EXTENSION_WORDS, extension.state)}）：
                  <bdi>{extension.reason}</bdi>
                </>
              ),
            ],
            ['社区答复', extension?.answer !== undefined && <UserText>{extension.answer}</UserText>],
          ]}
        />
        {report && (
          <div className="supplement">
            <p className="byline">
              <strong>
                <UserText>{report.by}</UserText>
              </strong>
              说办好了
              <time dateTime={report.at}>{moment(report.at)}</time>
            </p>
            <UserBlock>{report.text}</UserBlock>
            <Photos photos={report.photos} of={`${name}办结`} />
          </div>
        )}
        {isSecretary ? (
          <SecretaryActions assignment={assignment} />
        ) : (
          <OfficerActions assignment={assignment} />
        )}
      </section>
    </Page>
  );
}

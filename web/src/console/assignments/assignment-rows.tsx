import { Link } from 'react-router';

import type { AssignmentRow } from '../../../../src/http/contract-views.ts';
import { ASSIGNMENT_STATE_WORDS, staffWords } from '../../../../src/texts/words.ts';
import { LightPill } from '../../components/light-pill.tsx';
import { Tag } from '../../components/tag.tsx';
import { wordOf } from '../../components/word-of.ts';
import { addresses } from '../data/addresses.ts';
import { useDates } from '../data/use-dates.ts';

/** ■ ▲ ●, each with word and reason; finished ones with their state instead of a light. */
export function AssignmentRows({ assignments }: { assignments: readonly AssignmentRow[] }) {
  const { day } = useDates();
  return (
    <ul className="rows card-rows">
      {assignments.map((assignment) => (
        <li key={assignment.id} className="row assignment-row">
          <span className="row-light">
            {assignment.state === 'done' && !assignment.wasRed ? (
              <Tag tone="green">✓ 已办结</Tag>
            ) : (
              <LightPill
                light={assignment.light}
                wasRed={assignment.wasRed}
                reason={assignment.lightReason}
              />
            )}
          </span>
          <span className="row-main">
            <Link to={addresses.assignment(assignment.id)} className="row-link">
              T{assignment.number} <bdi>{assignment.action}</bdi>
            </Link>
            <span className="row-note">
              <bdi>{staffWords({ unit: assignment.unit, name: assignment.ownerName })}</bdi>负责，
              {day(assignment.dueAt)}前，议题#{assignment.topicNumber}
            </span>
          </span>
          <span className="row-side">
            {assignment.state !== 'open' && (
              <Tag tone={assignment.state === 'done' ? 'plain' : 'blue'}>
                {wordOf(ASSIGNMENT_STATE_WORDS, assignment.state)}
              </Tag>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

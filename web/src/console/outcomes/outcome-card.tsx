import { Link } from 'react-router';

import type { OutcomeView } from '../../../../src/http/contract-views.ts';
import { listMark, OUTCOME_STATE_WORDS, staffWords } from '../../../../src/texts/words.ts';
import { Tag, type Tone } from '../../components/tag.tsx';
import { UserBlock } from '../../components/user-text.tsx';
import { wordOf } from '../../components/word-of.ts';
import { addresses } from '../data/addresses.ts';
import { useDates } from '../data/use-dates.ts';
import { LateAnswer } from './late-answer.tsx';
import { ResolveForm } from './resolve-form.tsx';

const TONES: Readonly<Record<string, Tone>> = { publicity: 'blue', stopped: 'yellow', assigned: 'green' };

/** What was agreed, until when it can be objected to, and the objections; names stay secret. */
export function OutcomeCard({ outcome }: { outcome: OutcomeView }) {
  const { day, range, moment } = useDates();
  return (
    <>
      <p className="byline">
        <Tag tone={TONES[outcome.state] ?? 'plain'}>{wordOf(OUTCOME_STATE_WORDS, outcome.state)}</Tag>
        <span>公示{range(outcome.publicFrom, outcome.publicUntil)}</span>
      </p>
      <ol className="outcome-items">
        {outcome.items.map((item, index) => (
          <li key={`${item.action}${item.dueAt}`}>
            {listMark(index)}
            <bdi>{item.action}</bdi>
            <span className="row-note">
              <bdi>{staffWords({ unit: item.unit, name: item.ownerName })}</bdi>，{day(item.dueAt)}前
            </span>
          </li>
        ))}
      </ol>
      {outcome.objections.length > 0 && (
        <section>
          <h2 className="minor">异议{outcome.objections.length}条（名字不公开）</h2>
          {outcome.objections.map((objection) => (
            <div key={objection.at + objection.reason} className="supplement">
              <p className="byline">
                <time dateTime={objection.at}>{moment(objection.at)}</time>
                {!objection.inTime && <span>公示期满以后才收到</span>}
              </p>
              <UserBlock>{objection.reason}</UserBlock>
            </div>
          ))}
        </section>
      )}
      {outcome.resolution !== undefined && (
        <section>
          <h2 className="minor">对异议的答复</h2>
          <UserBlock>{outcome.resolution}</UserBlock>
        </section>
      )}
      <LateAnswer outcome={outcome} />
      {outcome.state === 'stopped' && <ResolveForm outcome={outcome} />}
      {outcome.state === 'withdrawn' && (
        <Link to={`${addresses.topic(outcome.topicId)}/outcome`}>改好再公示</Link>
      )}
    </>
  );
}

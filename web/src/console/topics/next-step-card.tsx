import { Link, useLocation } from 'react-router';

import type { TopicDetail } from '../../../../src/http/contract-views.ts';
import { StepButton } from '../shared/step-button.tsx';
import { MoveOn } from './move-on.tsx';
import { nextStepLink, nextStepStage } from './next-step.ts';

/** The one next step of a topic, with what is still missing for it. */
export function NextStepCard({ topic }: { topic: TopicDetail }) {
  const { nextStep } = topic;
  return (
    <section className="card next-step" aria-label="下一步">
      <div className="next-step-words">
        <p className="next-step-label">
          {nextStep.action === 'none' ? '这个议题结束了' : `下一步：${nextStep.label}`}
        </p>
        {nextStep.missing !== undefined && <p className="row-note">还差{nextStep.missing}</p>}
      </div>
      <NextButton topic={topic} />
      <MoveOn topic={topic} />
    </section>
  );
}

function NextButton({ topic }: { topic: TopicDetail }) {
  const { pathname, search } = useLocation();
  const { action, label } = topic.nextStep;
  const stage = nextStepStage(action);
  if (stage !== undefined) {
    return (
      <StepButton
        step="topic.stage"
        input={{ topicId: topic.id, revision: topic.revision, stage }}
        label={label}
        type="primary"
      />
    );
  }
  const link = nextStepLink(topic);
  // Already there: what is to be done stands below.
  if (!link || link.to === pathname + search) return null;
  return (
    <Link to={link.to} className={link.isWaiting ? 'button' : 'button button-primary'}>
      {link.word ?? label}
    </Link>
  );
}

import { Button } from 'antd';
import { useState } from 'react';

import type { StepInput } from '../../../../src/http/contract.ts';
import type { TopicDetail } from '../../../../src/http/contract-views.ts';
import { STAGE_WORDS } from '../../../../src/texts/words.ts';
import { wordOf } from '../../components/word-of.ts';
import { useSteps } from '../data/steps-context.ts';
import { ReasonForm } from '../shared/reason-form.tsx';

type Stage = StepInput<'topic.stage'>['stage'];

/** Other legal moves, for whatever happened outside the console. Illegal ones are not offered. */
export function MoveOn({ topic }: { topic: TopicDetail }) {
  const [stage, setStage] = useState<Stage | undefined>(undefined);
  const { take } = useSteps();
  if (topic.legalStages.length === 0) return null;
  return (
    <details className="move-on">
      <summary>已经在别处办过？转到下一步</summary>
      <div className="action-row">
        {topic.legalStages.map((legal) => (
          <Button key={legal} onClick={() => setStage(legal as Stage)} aria-pressed={legal === stage}>
            转到{wordOf(STAGE_WORDS, legal)}
          </Button>
        ))}
      </div>
      {stage !== undefined && (
        <ReasonForm
          key={stage}
          label={`为什么转到${wordOf(STAGE_WORDS, stage)}`}
          hint="会记在经过里"
          max={200}
          action={`转到${wordOf(STAGE_WORDS, stage)}`}
          run={(note) => take('topic.stage', { topicId: topic.id, revision: topic.revision, stage, note })}
          onDone={() => setStage(undefined)}
          onCancel={() => setStage(undefined)}
        />
      )}
    </details>
  );
}

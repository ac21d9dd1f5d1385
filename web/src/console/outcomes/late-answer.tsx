import { Button } from 'antd';
import { useState } from 'react';

import type { OutcomeView } from '../../../../src/http/contract-views.ts';
import { useSteps } from '../data/steps-context.ts';
import { ReasonForm } from '../shared/reason-form.tsx';

/** Whoever objected when the period was over stops nothing, but is not left without an answer. */
export function LateAnswer({ outcome }: { outcome: OutcomeView }) {
  const { take } = useSteps();
  const [isOpen, setOpen] = useState(false);
  const late = outcome.objections.filter(({ inTime }) => !inTime || outcome.state === 'assigned').length;
  if (late === 0) return null;
  const close = () => setOpen(false);
  if (!isOpen) {
    return (
      <div className="form-buttons">
        <Button onClick={() => setOpen(true)}>答复期满后的异议（{late}条）</Button>
      </div>
    );
  }
  return (
    <ReasonForm
      label="答复"
      hint="期满后提异议的人会收到，不影响交办"
      max={300}
      action="答复期满后的异议"
      run={(answer) => take('outcome.answerLate', { outcomeId: outcome.id, answer })}
      onDone={close}
      onCancel={close}
    />
  );
}

import { Button } from 'antd';
import { useState } from 'react';

import type { AssignmentDetail } from '../../../../src/http/contract-views.ts';
import { useSteps } from '../data/steps-context.ts';
import { ReasonForm } from '../shared/reason-form.tsx';
import { StepButton } from '../shared/step-button.tsx';
import { ReassignForm } from './reassign-form.tsx';

type Doing = 'sendBack' | 'refuse' | 'reassign';

/** Check what was reported, answer an extension, hand over anew, or urge. */
export function SecretaryActions({ assignment }: { assignment: AssignmentDetail }) {
  const [doing, setDoing] = useState<Doing | undefined>(undefined);
  const { take } = useSteps();
  const { id: assignmentId, revision, state, extension } = assignment;
  const close = () => setDoing(undefined);
  if (state === 'done') return null;
  const isAsked = extension?.state === 'asked';
  return (
    <div className="form-foot">
      <div className="action-row">
        {state === 'claimed' && (
          <>
            <StepButton
              step="assignment.confirm"
              input={{ assignmentId, revision }}
              label="核实，办好了"
              type="primary"
            />
            <Button onClick={() => setDoing('sendBack')}>退回办理</Button>
          </>
        )}
        {isAsked && (
          <>
            <StepButton
              step="assignment.extension"
              input={{ assignmentId, revision, granted: true }}
              label="同意延期"
              type={state === 'claimed' ? 'default' : 'primary'}
            />
            <Button onClick={() => setDoing('refuse')}>不同意延期</Button>
          </>
        )}
        {state === 'open' && (
          <StepButton
            step="assignment.urge"
            input={{ assignmentId }}
            label="催一下"
            type={isAsked ? 'default' : 'primary'}
          />
        )}
        <Button type={state === 'returned' ? 'primary' : 'default'} onClick={() => setDoing('reassign')}>
          {state === 'returned' ? '重新交办' : '改交给别人'}
        </Button>
      </div>
      {doing === 'sendBack' && (
        <ReasonForm
          key="sendBack"
          label="哪里没办好"
          action="退回办理"
          run={(reason) => take('assignment.sendBack', { assignmentId, revision, reason })}
          onDone={close}
          onCancel={close}
        />
      )}
      {doing === 'refuse' && (
        <ReasonForm
          key="refuse"
          label="为什么不能延"
          action="不同意延期"
          run={(answer) => take('assignment.extension', { assignmentId, revision, granted: false, answer })}
          onDone={close}
          onCancel={close}
        />
      )}
      {doing === 'reassign' && <ReassignForm assignment={assignment} onClose={close} />}
    </div>
  );
}

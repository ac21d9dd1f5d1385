import { Button } from 'antd';
import { useState } from 'react';

import type { AssignmentDetail } from '../../../../src/http/contract-views.ts';
import { useSteps } from '../data/steps-context.ts';
import { ReasonForm } from '../shared/reason-form.tsx';
import { ExtensionForm } from './extension-form.tsx';

/** For whoever has to do it: report it done, or ask for more time. */
export function OfficerActions({ assignment }: { assignment: AssignmentDetail }) {
  const [doing, setDoing] = useState<'report' | 'extend' | undefined>(undefined);
  const { take } = useSteps();
  const close = () => setDoing(undefined);
  if (assignment.state === 'done') return null;
  const isAsked = assignment.extension?.state === 'asked';
  return (
    <div className="form-foot">
      <div className="action-row">
        <Button type={doing === undefined ? 'primary' : 'default'} onClick={() => setDoing('report')}>
          {assignment.state === 'claimed' ? '补充办结说明' : '办结'}
        </Button>
        {!isAsked && assignment.state === 'open' && <Button onClick={() => setDoing('extend')}>申请延期</Button>}
      </div>
      {doing === 'report' && (
        <ReasonForm
          key="report"
          label="怎么办好的"
          hint="居民看得懂的一句话；照片在群里发「办结」时带上"
          max={300}
          action="报办结"
          run={(text) => take('assignment.report', { assignmentId: assignment.id, text })}
          onDone={close}
          onCancel={close}
        />
      )}
      {doing === 'extend' && <ExtensionForm assignment={assignment} onClose={close} />}
    </div>
  );
}

import { Button } from 'antd';
import { useState } from 'react';

import type { AssignmentDetail } from '../../../../src/http/contract-views.ts';
import { useSteps } from '../data/steps-context.ts';
import { ReasonForm } from '../shared/reason-form.tsx';
import { ExtensionForm } from './extension-form.tsx';
import { ReportForm } from './report-form.tsx';

/** For whoever has to do it: report it done, ask for more time, or say that it is not theirs. */
export function OfficerActions({ assignment }: { assignment: AssignmentDetail }) {
  const [doing, setDoing] = useState<'report' | 'extend' | 'handBack' | undefined>(undefined);
  const { take } = useSteps();
  const close = () => setDoing(undefined);
  if (assignment.state === 'done' || assignment.state === 'returned') return null;
  const isAsked = assignment.extension?.state === 'asked';
  return (
    <div className="form-foot">
      <div className="action-row">
        <Button type={doing === undefined ? 'primary' : 'default'} onClick={() => setDoing('report')}>
          {assignment.state === 'claimed' ? '补充办结说明' : '办结'}
        </Button>
        {!isAsked && assignment.state === 'open' && (
          <Button onClick={() => setDoing('extend')}>申请延期</Button>
        )}
        {assignment.state === 'open' && <Button onClick={() => setDoing('handBack')}>退回</Button>}
      </div>
      {doing === 'report' && <ReportForm assignment={assignment} onClose={close} />}
      {doing === 'handBack' && (
        <ReasonForm
          key="handBack"
          label="为什么退回"
          hint="社区会看到，再交给别人"
          action="退回"
          run={(reason) => take('assignment.handBack', { assignmentId: assignment.id, reason })}
          onDone={close}
          onCancel={close}
        />
      )}
      {doing === 'extend' && <ExtensionForm assignment={assignment} onClose={close} />}
    </div>
  );
}

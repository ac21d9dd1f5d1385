import { Button } from 'antd';
import { useState } from 'react';

import type { PollDetail } from '../../../../src/http/contract-polls.ts';
import { useSteps } from '../data/steps-context.ts';
import { ReasonForm } from '../shared/reason-form.tsx';

/** Ending early and annulling cannot be taken back: they ask for a reason that everybody will read. */
export function PollEndings({ poll }: { poll: PollDetail }) {
  const [doing, setDoing] = useState<'close' | 'annul' | undefined>(undefined);
  const { take } = useSteps();
  if (poll.state === 'annulled') return null;
  const close = () => setDoing(undefined);
  return (
    <div className="form-foot">
      <div className="action-row">
        {poll.state === 'open' && <Button onClick={() => setDoing('close')}>提前截止…</Button>}
        <Button danger onClick={() => setDoing('annul')}>
          作废…
        </Button>
      </div>
      {doing === 'close' && (
        <ReasonForm
          key="close"
          label="为什么提前截止"
          hint="会和结果一起发到群里，截止后不能再开"
          action="提前截止并公布结果"
          run={(reason) => take('poll.closeEarly', { pollId: poll.id, reason })}
          onDone={close}
          onCancel={close}
        />
      )}
      {doing === 'annul' && (
        <ReasonForm
          key="annul"
          label="为什么作废"
          hint="会发到群里，作废后不能恢复"
          action="作废这次表决"
          run={(reason) => take('poll.annul', { pollId: poll.id, reason })}
          onDone={close}
          onCancel={close}
        />
      )}
    </div>
  );
}

import { Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';

import type { MeetingDetail } from '../../../../src/http/contract-views.ts';
import { useSteps } from '../data/steps-context.ts';
import { useDates } from '../data/use-dates.ts';
import { ReasonForm } from '../shared/reason-form.tsx';
import { MinutesForm } from './minutes-form.tsx';
import { MoveForm } from './move-form.tsx';

type Doing = 'minutes' | 'move' | 'cancel';

/** Minutes once it was held; moving and cancelling while it lies ahead. */
export function MeetingActions({ meeting }: { meeting: MeetingDetail }) {
  const [query] = useSearchParams();
  const [doing, setDoing] = useState<Doing | undefined>(
    query.get('do') === 'minutes' ? 'minutes' : undefined,
  );
  const { now } = useDates();
  const { take } = useSteps();
  const close = () => setDoing(undefined);
  if (meeting.state === 'cancelled') return null;
  const isAhead = meeting.state === 'called' && Date.parse(meeting.startsAt) > now.getTime();
  return (
    <div className="form-foot">
      <div className="action-row">
        {doing !== 'minutes' && (
          <Button
            type={isAhead || meeting.minutes ? 'default' : 'primary'}
            onClick={() => setDoing('minutes')}
          >
            {meeting.minutes ? '改纪要' : '写纪要'}
          </Button>
        )}
        {meeting.state === 'called' && <Button onClick={() => setDoing('move')}>改时间地点</Button>}
        {meeting.state === 'called' && <Button onClick={() => setDoing('cancel')}>取消会议…</Button>}
      </div>
      {doing === 'minutes' && <MinutesForm meeting={meeting} onClose={close} />}
      {doing === 'move' && <MoveForm meeting={meeting} onClose={close} />}
      {doing === 'cancel' && (
        <ReasonForm
          label="为什么取消"
          hint={`会发到${meeting.groupNames.length}个群`}
          action={`取消会议，告诉${meeting.groupNames.length}个群`}
          run={(reason) =>
            take('meeting.cancel', { meetingId: meeting.id, revision: meeting.revision, reason })
          }
          onDone={close}
          onCancel={close}
        />
      )}
    </div>
  );
}

import type { MeetingDetail } from '../../../../src/http/contract-views.ts';
import { TextField } from '../../components/text-field.tsx';
import { useSteps } from '../data/steps-context.ts';
import { useDates } from '../data/use-dates.ts';
import { useForm } from '../data/use-form.ts';
import { instantOf, wallTimeOf } from '../data/wall-time.ts';
import { StepForm } from '../shared/step-form.tsx';
import { MomentField } from '../shared/moment-field.tsx';
import { startProblem } from './meeting-values.ts';

export function MoveForm({ meeting, onClose }: { meeting: MeetingDetail; onClose: () => void }) {
  const { take } = useSteps();
  const { now } = useDates();
  const form = useForm({
    initial: { startsAt: wallTimeOf(meeting.startsAt), room: meeting.room },
    check: ({ startsAt, room }) => ({
      ...startProblem(startsAt, now),
      ...(room.trim() === '' && { room: '还没写地点' }),
    }),
  });
  const send = async () => {
    const done = await form.submit(({ startsAt, room }) =>
      take('meeting.move', {
        meetingId: meeting.id,
        revision: meeting.revision,
        startsAt: instantOf(startsAt) ?? meeting.startsAt,
        room: room.trim(),
      }),
    );
    if (done) onClose();
  };
  return (
    <StepForm
      form={form}
      look="panel"
      label="改时间地点"
      action={`改好，告诉${meeting.groupNames.length}个群`}
      onSend={send}
      onCancel={onClose}
    >
      <MomentField {...form.field('startsAt')} label="改到什么时间" />
      <TextField {...form.field('room')} label="地点" max={60} />
    </StepForm>
  );
}

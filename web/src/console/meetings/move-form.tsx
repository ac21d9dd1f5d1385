import type { MeetingDetail } from '../../../../src/http/contract-views.ts';
import { TextField } from '../../components/text-field.tsx';
import { useSteps } from '../data/steps-context.ts';
import { useDates } from '../data/use-dates.ts';
import { useForm } from '../data/use-form.ts';
import { instantOf, wallTimeOf } from '../data/wall-time.ts';
import { FormFoot } from '../shared/form-foot.tsx';
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
    <form
      className="panel-form"
      noValidate
      aria-label="改时间地点"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <MomentField
        id={form.fieldId('startsAt')}
        label="改到什么时间"
        value={form.values.startsAt}
        onChange={(startsAt) => form.set('startsAt', startsAt)}
        error={form.errors['startsAt']}
      />
      <TextField
        id={form.fieldId('room')}
        label="地点"
        max={60}
        value={form.values.room}
        onChange={(room) => form.set('room', room)}
        error={form.errors['room']}
      />
      <FormFoot
        action={`改好，告诉${meeting.groupNames.length}个群`}
        busy={form.busy}
        problem={form.problem}
        errors={form.errors}
        onCancel={onClose}
      />
    </form>
  );
}

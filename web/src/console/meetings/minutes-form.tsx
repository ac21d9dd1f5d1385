import type { MeetingDetail } from '../../../../src/http/contract-views.ts';
import { TextField } from '../../components/text-field.tsx';
import { useSteps } from '../data/steps-context.ts';
import { useForm } from '../data/use-form.ts';
import { StepForm } from '../shared/step-form.tsx';

/** What was agreed, and who was there. Kept on this computer while it is written. */
export function MinutesForm({ meeting, onClose }: { meeting: MeetingDetail; onClose: () => void }) {
  const { take } = useSteps();
  const coming = meeting.responses.filter(({ answer }) => answer === 'coming').map(({ name }) => name);
  const form = useForm({
    draft: `minutes.${meeting.id}`,
    initial: {
      attended: meeting.minutes?.attended ?? coming.join('、').slice(0, 500),
      text: meeting.minutes?.text ?? '',
    },
    check: ({ attended, text }) => ({
      ...(attended.trim() === '' && { attended: '还差到会的人' }),
      ...(text.trim() === '' && { text: '还差纪要，先写结论' }),
    }),
  });
  const send = async () => {
    const done = await form.submit(({ attended, text }) =>
      take('meeting.minutes', {
        meetingId: meeting.id,
        revision: meeting.revision,
        attended: attended.trim(),
        text: text.trim(),
      }),
    );
    if (!done) return;
    form.forget();
    onClose();
  };
  return (
    <StepForm form={form} look="panel" label="写纪要" action="保存纪要" onSend={send} onCancel={onClose}>
      <TextField
        {...form.field('attended')}
        label="到会的人"
        rows={2}
        max={500}
        hint="先填了报名的人，照签到名单改"
      />
      <TextField {...form.field('text')} label="纪要" rows={6} max={10_000} hint="先写结论，再写谁说了什么" />
    </StepForm>
  );
}

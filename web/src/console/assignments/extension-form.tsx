import type { AssignmentDetail } from '../../../../src/http/contract-views.ts';
import { TextField } from '../../components/text-field.tsx';
import { useSteps } from '../data/steps-context.ts';
import { useForm } from '../data/use-form.ts';
import { instantOf, wallTimeIn } from '../data/wall-time.ts';
import { StepForm } from '../shared/step-form.tsx';
import { MomentField } from '../shared/moment-field.tsx';

export function ExtensionForm({
  assignment,
  onClose,
}: {
  assignment: AssignmentDetail;
  onClose: () => void;
}) {
  const { take } = useSteps();
  const due = new Date(assignment.dueAt);
  const form = useForm({
    initial: { toAt: wallTimeIn(due, 3, 18), reason: '' },
    check: ({ toAt, reason }) => ({
      ...(Date.parse(instantOf(toAt) ?? '') > due.getTime() ? {} : { toAt: '要晚于现在的期限' }),
      ...(reason.trim() === '' && { reason: '还差一句理由，写上才算' }),
    }),
  });
  const send = async () => {
    const done = await form.submit(({ toAt, reason }) =>
      take('assignment.askExtension', {
        assignmentId: assignment.id,
        toAt: instantOf(toAt) ?? assignment.dueAt,
        reason: reason.trim(),
      }),
    );
    if (done) onClose();
  };
  return (
    <StepForm form={form} look="panel" label="申请延期" action="申请延期" onSend={send} onCancel={onClose}>
      <MomentField {...form.field('toAt')} label="延到什么时间" hint="社区答复前，仍按原来的期限算" />
      <TextField {...form.field('reason')} label="为什么要延" rows={2} max={100} />
    </StepForm>
  );
}

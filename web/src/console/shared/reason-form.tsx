import { TextField } from '../../components/text-field.tsx';
import { useForm } from '../data/use-form.ts';
import { StepForm } from './step-form.tsx';

interface ReasonFormProps {
  readonly label: string;
  readonly action: string;
  readonly max?: number;
  readonly hint?: string;
  readonly isOptional?: boolean;
  readonly run: (reason: string) => Promise<unknown>;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Whatever cannot be taken back, or is refused to somebody, asks for a reason instead of 'are you sure'. */
export function ReasonForm({
  label,
  action,
  max = 100,
  hint,
  isOptional = false,
  run,
  onDone,
  onCancel,
}: ReasonFormProps) {
  const form = useForm({
    initial: { reason: '' },
    check: ({ reason }) => (isOptional || reason.trim() !== '' ? {} : { reason: '还差一句，写上才算' }),
  });
  const send = async () => {
    const done = await form.submit(async ({ reason }) => {
      await run(reason.trim());
      return true;
    });
    if (done) onDone();
  };
  return (
    <StepForm form={form} look="panel" action={action} onSend={send} onCancel={onCancel}>
      <TextField
        {...form.field('reason')}
        label={label}
        {...(hint !== undefined && { hint })}
        rows={2}
        max={max}
      />
    </StepForm>
  );
}

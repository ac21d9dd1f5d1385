import { TextField } from '../../components/text-field.tsx';
import { useForm } from '../data/use-form.ts';
import { FormFoot } from './form-foot.tsx';

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
    <form
      className="panel-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextField
        id={form.fieldId('reason')}
        label={label}
        {...(hint !== undefined && { hint })}
        error={form.errors['reason']}
        value={form.values.reason}
        onChange={(value) => form.set('reason', value)}
        rows={2}
        max={max}
      />
      <FormFoot
        action={action}
        busy={form.busy}
        problem={form.problem}
        errors={form.errors}
        onCancel={onCancel}
      />
    </form>
  );
}

import { TextField } from '../../components/text-field.tsx';
import { useSteps } from '../data/steps-context.ts';
import { useForm } from '../data/use-form.ts';
import { StepForm } from '../shared/step-form.tsx';

interface RedirectFormProps {
  readonly concernIds: readonly string[];
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Not ours: who is in charge, and how residents reach them. */
export function RedirectForm({ concernIds, onDone, onCancel }: RedirectFormProps) {
  const { take } = useSteps();
  const form = useForm({
    draft: `redirect.${concernIds.join(',')}`,
    initial: { to: '', how: '' },
    check: ({ to, how }) => ({
      ...(to.trim() === '' && { to: '还没写转给谁' }),
      ...(how.trim() === '' && { how: '还没写居民怎么找' }),
    }),
  });
  const send = async () => {
    const done = await form.submit(({ to, how }) =>
      take('concern.redirect', { concernIds: [...concernIds], to: to.trim(), how: how.trim() }),
    );
    if (!done) return;
    form.forget();
    onDone();
  };
  return (
    <StepForm
      form={form}
      look="panel"
      label="转办"
      action="转办并告诉提的人"
      onSend={send}
      onCancel={onCancel}
    >
      <TextField {...form.field('to')} label="转给哪个单位" hint="例如：街道市政科" max={60} />
      <TextField
        {...form.field('how')}
        label="居民怎么找他们"
        hint="电话、地点、什么时间去"
        rows={2}
        max={300}
      />
    </StepForm>
  );
}

import { TextField } from '../../components/text-field.tsx';
import { useSteps } from '../data/steps-context.ts';
import { useForm } from '../data/use-form.ts';
import { FormFoot } from '../shared/form-foot.tsx';

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
    <form
      className="panel-form"
      noValidate
      aria-label="转办"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextField
        id={form.fieldId('to')}
        label="转给哪个单位"
        hint="例如：街道市政科"
        max={60}
        value={form.values.to}
        onChange={(to) => form.set('to', to)}
        error={form.errors['to']}
      />
      <TextField
        id={form.fieldId('how')}
        label="居民怎么找他们"
        hint="电话、地点、什么时间去"
        rows={2}
        max={300}
        value={form.values.how}
        onChange={(how) => form.set('how', how)}
        error={form.errors['how']}
      />
      <FormFoot
        action="转办并告诉提的人"
        busy={form.busy}
        problem={form.problem}
        errors={form.errors}
        onCancel={onCancel}
      />
    </form>
  );
}

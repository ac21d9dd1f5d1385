import type { OutcomeView } from '../../../../src/http/contract-views.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useSteps } from '../data/steps-context.ts';
import { useForm } from '../data/use-form.ts';
import { StepForm } from '../shared/step-form.tsx';

type Decision = 'continue' | 'withdraw';

const DECISIONS = [
  { value: 'continue', label: '说明理由，照原样办' },
  { value: 'withdraw', label: '撤回，改好再公示' },
] as const;

/** An objection stopped the publicity: answer it, then go on or take it back. */
export function ResolveForm({ outcome }: { outcome: OutcomeView }) {
  const { take } = useSteps();
  const form = useForm<{ decision: Decision | ''; answer: string }>({
    draft: `resolve.${outcome.id}`,
    initial: { decision: '', answer: '' },
    check: ({ decision, answer }) => ({
      ...(decision === '' && { decision: '还没选怎么办' }),
      ...(answer.trim() === '' && { answer: '还差给居民的答复' }),
    }),
  });
  const send = async () => {
    const done = await form.submit(async ({ decision, answer }) =>
      decision === ''
        ? undefined
        : take('outcome.resolve', {
            outcomeId: outcome.id,
            revision: outcome.revision,
            decision,
            answer: answer.trim(),
          }),
    );
    if (done) form.forget();
  };
  return (
    <StepForm form={form} look="panel" label="答复异议" action="答复异议" onSend={send}>
      <ChoiceField {...form.field('decision')} label="怎么办" options={DECISIONS} />
      <TextField {...form.field('answer')} label="答复" hint="提异议的人会收到" rows={3} max={300} />
    </StepForm>
  );
}

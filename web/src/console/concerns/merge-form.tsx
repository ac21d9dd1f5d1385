import type { ConcernRow } from '../../../../src/http/contract-views.ts';
import { ApiProblem } from '../../api/client.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useSession } from '../data/session.ts';
import { useSteps } from '../data/steps-context.ts';
import { useForm, type Errors } from '../data/use-form.ts';
import { concernByNumber } from '../shell/find-address.ts';
import { StepForm } from '../shared/step-form.tsx';

/** Into which other concern, by its number. */
export function MergeForm({
  concernId,
  onDone,
  onCancel,
}: {
  concernId: string;
  onDone: () => void;
  onCancel: () => void;
}) {
  const { placeId } = useSession();
  const { take } = useSteps();
  const form = useForm({
    initial: { number: '' },
    check: ({ number }) => (/^#?\d{1,7}$/u.test(number.trim()) ? {} : { number: '写上编号，例如 9' }),
  });
  const send = async () => {
    const done = await form.submit(async ({ number }) => {
      const into = await concernByNumber(placeId, Number(number.trim().replace('#', '')));
      if (!into)
        throw new ApiProblem(404, {
          code: 'number.unknown',
          message: `没有找到诉求#${number.trim().replace('#', '')}。`,
        });
      return take('concern.merge', { concernIds: [concernId], intoId: into.id });
    });
    if (done) onDone();
  };
  return (
    <StepForm form={form} look="panel" label="合并" action="合并" onSend={send} onCancel={onCancel}>
      <TextField
        {...form.field('number')}
        label="并到几号诉求"
        hint="两边的人都会收到同一个结果，编号都留着"
        max={8}
      />
    </StepForm>
  );
}

/** Several chosen concerns into one of them; the oldest is proposed. */
export function MergeChosenForm({
  rows,
  onDone,
  onCancel,
}: {
  rows: readonly ConcernRow[];
  onDone: () => void;
  onCancel: () => void;
}) {
  const { take } = useSteps();
  const [oldest] = [...rows].sort((a, b) => a.raisedAt.localeCompare(b.raisedAt));
  const form = useForm({
    initial: { intoId: oldest?.id ?? '' },
    check: (): Errors => (rows.length > 1 ? {} : { intoId: '至少选上两条' }),
  });
  const send = async () => {
    const done = await form.submit(({ intoId }) =>
      take('concern.merge', { concernIds: rows.map((row) => row.id).filter((id) => id !== intoId), intoId }),
    );
    if (done) onDone();
  };
  return (
    <StepForm form={form} look="panel" action={`合并${rows.length}条`} onSend={send} onCancel={onCancel}>
      <ChoiceField
        {...form.field('intoId')}
        label="并到哪一条"
        options={rows.map((row) => ({ value: row.id, label: `#${row.number} ${row.title}` }))}
      />
    </StepForm>
  );
}

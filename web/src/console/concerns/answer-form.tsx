import { ANSWER_WORDS } from '../../../../src/texts/words.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useSteps } from '../data/steps-context.ts';
import { useForm, type Errors } from '../data/use-form.ts';
import { StepForm } from '../shared/step-form.tsx';
import { REPLY_TEMPLATES } from './reply-templates.ts';

type Kind = keyof typeof REPLY_TEMPLATES;

interface AnswerValues {
  readonly kind: Kind | '';
  readonly text: string;
  readonly reason: string;
  readonly instead: string;
}

interface AnswerFormProps {
  readonly concernIds: readonly string[];
  /** Who will be told: 张桂兰和附议的7人. */
  readonly tell: string;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

const KINDS: readonly Kind[] = ['done', 'partly', 'refused'];
const TEXT_LABELS = {
  '': '答复',
  done: '怎么办好的',
  partly: '能办的是',
  refused: '看过以后怎么说',
} as const;
const EMPTY: AnswerValues = { kind: '', text: '', reason: '', instead: '' };

/** Three honest endings; whatever is not done fully needs its reason. */
export function AnswerForm({ concernIds, tell, onDone, onCancel }: AnswerFormProps) {
  const { take } = useSteps();
  const form = useForm<AnswerValues>({ draft: `answer.${concernIds.join(',')}`, initial: EMPTY, check });
  const { values, set, fieldId } = form;
  const templates = values.kind === '' ? [] : REPLY_TEMPLATES[values.kind];

  const send = async () => {
    const done = await form.submit(async ({ kind, text, reason, instead }) => {
      if (kind === '') return undefined;
      return take('concern.answer', {
        concernIds: [...concernIds],
        kind,
        text: text.trim(),
        ...(kind !== 'done' && { reason: reason.trim() }),
        ...(kind === 'refused' && instead.trim() !== '' && { instead: instead.trim() }),
      });
    });
    if (!done) return;
    form.forget();
    onDone();
  };

  return (
    <StepForm
      form={form}
      look="panel"
      label="写答复"
      action="答复并告诉他们"
      onSend={send}
      onCancel={onCancel}
      note={
        <>
          会告诉：<bdi>{tell}</bdi>
        </>
      }
    >
      <ChoiceField
        {...form.field('kind')}
        label="结果"
        options={KINDS.map((kind) => ({ value: kind, label: ANSWER_WORDS[kind] }))}
      />
      {templates.length > 0 && (
        <SelectField
          id={fieldId('template')}
          label="用模板"
          none="自己写"
          value={templates.some((template) => template === values.text) ? values.text : ''}
          onChange={(text) => set('text', text)}
          options={templates.map((template) => ({ value: template, label: template }))}
        />
      )}
      <TextField {...form.field('text')} label={TEXT_LABELS[values.kind]} rows={3} max={500} />
      {(values.kind === 'partly' || values.kind === 'refused') && (
        <TextField {...form.field('reason')} label="办不了的原因" rows={2} max={300} />
      )}
      {values.kind === 'refused' && (
        <TextField {...form.field('instead')} label="可以这样（没有就不填）" rows={2} max={300} />
      )}
    </StepForm>
  );
}

function check({ kind, text, reason }: AnswerValues): Errors {
  return {
    ...(kind === '' && { kind: '还没选结果' }),
    ...(text.trim() === '' && { text: '还差一句话，居民看得懂的' }),
    ...(kind !== '' && kind !== 'done' && reason.trim() === '' && { reason: '还差原因' }),
  };
}

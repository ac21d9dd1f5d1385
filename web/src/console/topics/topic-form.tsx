import type { ReactNode } from 'react';

import { SOURCE_WORDS } from '../../../../src/texts/words.ts';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useForm, type Errors } from '../data/use-form.ts';
import { StepForm } from '../shared/step-form.tsx';
import { OptionsField, optionsProblem } from './options-field.tsx';

export type Source = keyof typeof SOURCE_WORDS;

export interface TopicValues {
  readonly title: string;
  readonly description: string;
  readonly options: readonly string[];
  readonly source: Source;
}

interface TopicFormProps {
  readonly draft: string;
  readonly initial: TopicValues;
  readonly action: string;
  /** The source is settled when a topic is made. */
  readonly asksSource: boolean;
  readonly run: (values: TopicValues) => Promise<unknown>;
  readonly onDone: () => void;
  readonly onCancel?: () => void;
  readonly children?: ReactNode;
}

const SOURCES = Object.entries(SOURCE_WORDS).map(([value, label]) => ({ value, label }));

export function TopicForm({
  draft,
  initial,
  action,
  asksSource,
  run,
  onDone,
  onCancel,
  children,
}: TopicFormProps) {
  const form = useForm<TopicValues>({ draft, initial, check });
  const { values, set, fieldId } = form;
  const send = async () => {
    const done = await form.submit(async (filled) => {
      await run(filled);
      return true;
    });
    if (!done) return;
    form.forget();
    onDone();
  };
  return (
    <StepForm form={form} look="page" action={action} onSend={send} onCancel={onCancel}>
      {children}
      <TextField
        {...form.field('title')}
        label="题目"
        hint="一句话说清要定什么，例如：3号楼加装电梯"
        max={40}
      />
      <TextField {...form.field('description')} label="说明（可以不填）" rows={3} max={1_000} />
      <OptionsField {...form.field('options')} label="准备让大家选什么" hint="发起表决时还能改" />
      {asksSource && (
        <SelectField
          id={fieldId('source')}
          label="谁出的题"
          value={values.source}
          onChange={(source) => set('source', source as Source)}
          options={SOURCES}
        />
      )}
    </StepForm>
  );
}

function check({ title, options }: TopicValues): Errors {
  const wrong = optionsProblem(options);
  return {
    ...(title.trim() === '' && { title: '还没写题目' }),
    ...(wrong !== undefined && { options: wrong }),
  };
}

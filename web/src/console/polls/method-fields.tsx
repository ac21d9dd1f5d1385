import { METHOD_WORDS } from '../../../../src/texts/method-words.ts';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { useForm } from '../data/use-form.ts';
import { OptionsField } from '../topics/options-field.tsx';
import type { PollValues } from './poll-values.ts';

type Form = ReturnType<typeof useForm<PollValues>>;

const METHODS = Object.entries(METHOD_WORDS).map(([value, label]) => ({ value, label }));
const RULES = [
  { value: 'borda', label: '按名次给分，总分高的在前' },
  { value: 'instantRunoff', label: '逐轮去掉票最少的，直到有一项过半' },
] as const;

/** How people choose, and from what. */
export function MethodFields({ form }: { form: Form }) {
  const { method, options } = form.values;
  return (
    <>
      <SelectField
        id={form.fieldId('method')}
        label="怎么投"
        value={method}
        onChange={(value) => form.set('method', value as PollValues['method'])}
        options={METHODS}
      />
      {method !== 'forAgainst' && (
        <OptionsField
          id={form.fieldId('options')}
          label="选项"
          hint="发起以后不能再改，顺序也不变"
          value={options}
          onChange={(changed) => form.set('options', changed)}
          error={form.errors['options']}
        />
      )}
      {method === 'several' && <SeveralFields form={form} />}
      {method === 'ranking' && (
        <SelectField
          id={form.fieldId('rule')}
          label="怎么排出先后"
          value={form.values.rule}
          onChange={(value) => form.set('rule', value as PollValues['rule'])}
          options={RULES}
        />
      )}
      {method === 'points' && <NumberField form={form} name="points" label="每人一共分多少分" />}
      {method === 'budget' && <BudgetFields form={form} />}
    </>
  );
}

function SeveralFields({ form }: { form: Form }) {
  return (
    <>
      <NumberField form={form} name="min" label="最少选几项" />
      <NumberField form={form} name="max" label="最多选几项" />
    </>
  );
}

function NumberField({
  form,
  name,
  label,
}: {
  form: Form;
  name: 'min' | 'max' | 'points' | 'limit';
  label: string;
}) {
  return (
    <TextField
      id={form.fieldId(name)}
      label={label}
      max={9}
      value={form.values[name]}
      onChange={(value) => form.set(name, value)}
      error={form.errors[name]}
    />
  );
}

/** One cost an option, in its order; the first field is gone to when a cost is missing. */
function BudgetFields({ form }: { form: Form }) {
  const { options, costs } = form.values;
  const filled = options.map((option) => option.trim()).filter((option) => option !== '');
  const setCost = (at: number, cost: string) =>
    form.set(
      'costs',
      filled.map((_, index) => (index === at ? cost : (costs[index] ?? ''))),
    );
  return (
    <>
      <NumberField form={form} name="limit" label="一共有多少钱（元）" />
      {filled.map((option, index) => (
        <TextField
          key={index}
          id={index === 0 ? form.fieldId('costs') : `${form.fieldId('costs')}-${index}`}
          label={`${index + 1} ${option}，多少钱（元）`}
          max={9}
          value={costs[index] ?? ''}
          onChange={(cost) => setCost(index, cost)}
          error={index === 0 ? form.errors['costs'] : undefined}
        />
      ))}
    </>
  );
}

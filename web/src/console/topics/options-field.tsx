import { Button, Input } from 'antd';

import { FieldNotes, type FieldProps } from '../../components/field.tsx';

interface OptionsFieldProps extends FieldProps {
  readonly value: readonly string[];
  readonly onChange: (options: string[]) => void;
}

const MOST = 20;
const LEAST = 2;

/** The options of a poll, in their order; residents answer with the number in front. */
export function OptionsField({ value, onChange, ...field }: OptionsFieldProps) {
  return (
    <fieldset className="field options-field">
      <legend>{field.label}</legend>
      {value.map((option, index) => (
        <div key={index} className="option-line">
          <span aria-hidden="true">{index + 1}</span>
          <Input
            id={index === 0 ? field.id : `${field.id}-${index}`}
            aria-label={`选项${index + 1}`}
            value={option}
            maxLength={40}
            autoComplete="off"
            onChange={(event) =>
              onChange(value.map((other, at) => (at === index ? event.target.value : other)))
            }
          />
          {value.length > LEAST && (
            <Button
              type="text"
              aria-label={`去掉选项${index + 1}`}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            >
              去掉
            </Button>
          )}
        </div>
      ))}
      {value.length < MOST && (
        <Button type="link" className="pick-all" onClick={() => onChange([...value, ''])}>
          加一个选项
        </Button>
      )}
      <FieldNotes id={field.id} hint={field.hint} error={field.error} />
    </fieldset>
  );
}

/** What is wrong with options, in words; undefined if nothing is. */
export function optionsProblem(options: readonly string[]): string | undefined {
  const filled = options.map((option) => option.trim()).filter((option) => option !== '');
  if (filled.length < LEAST) return '至少写两个选项';
  return new Set(filled).size === filled.length ? undefined : '有两个选项一样';
}

export function filledOptions(options: readonly string[]): string[] {
  return options.map((option) => option.trim()).filter((option) => option !== '');
}

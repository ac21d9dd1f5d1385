import type { ReactNode } from 'react';

import { FieldNotes, type FieldProps } from './field.tsx';

interface ChecksFieldProps extends FieldProps {
  readonly value: readonly string[];
  readonly onChange: (values: string[]) => void;
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    readonly note?: string | undefined;
  }[];
  readonly direction?: 'row' | 'column';
  /** Below the choices. */
  readonly children?: ReactNode;
}

/** Any number of some choices, all in sight. */
export function ChecksField({
  value,
  onChange,
  options,
  direction = 'row',
  children,
  ...field
}: ChecksFieldProps) {
  const chosen = new Set(value);
  const toggle = (one: string) =>
    onChange(chosen.has(one) ? value.filter((other) => other !== one) : [...value, one]);
  return (
    <fieldset className="field choices">
      <legend>{field.label}</legend>
      <div className={`choices-${direction}`}>
        {options.map((option, index) => (
          <label key={option.value} className={chosen.has(option.value) ? 'choice choice-on' : 'choice'}>
            <input
              type="checkbox"
              id={index === 0 ? field.id : `${field.id}-${option.value}`}
              checked={chosen.has(option.value)}
              onChange={() => toggle(option.value)}
            />
            <bdi>{option.label}</bdi>
            {option.note !== undefined && <span className="choice-note">{option.note}</span>}
          </label>
        ))}
      </div>
      {children}
      <FieldNotes id={field.id} hint={field.hint} error={field.error} />
    </fieldset>
  );
}

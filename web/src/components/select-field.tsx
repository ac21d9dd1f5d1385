import { describedBy, Field, type FieldProps } from './field.tsx';

interface SelectFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** Shown while nothing is chosen. */
  readonly none?: string;
}

/** The system's own list: known to everybody, and the best one on a phone. */
export function SelectField({ value, onChange, options, none, ...field }: SelectFieldProps) {
  return (
    <Field {...field}>
      <select
        id={field.id}
        className="select"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        {...describedBy(field)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

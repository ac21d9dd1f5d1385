import { FieldNotes, type FieldProps } from './field.tsx';

interface ChoiceFieldProps<Value extends string> extends FieldProps {
  readonly value: Value | '';
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
}

/** Native radio buttons in a fieldset. The first one carries the field's id, so that it can be gone to. */
export function ChoiceField<Value extends string>({
  value,
  onChange,
  options,
  ...field
}: ChoiceFieldProps<Value>) {
  return (
    <fieldset className="field choices">
      <legend>{field.label}</legend>
      <div className="choices-row">
        {options.map((option, index) => (
          <label key={option.value} className={option.value === value ? 'choice choice-on' : 'choice'}>
            <input
              type="radio"
              id={index === 0 ? field.id : `${field.id}-${option.value}`}
              name={field.id}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
      <FieldNotes id={field.id} hint={field.hint} error={field.error} />
    </fieldset>
  );
}

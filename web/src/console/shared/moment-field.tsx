import { Button } from 'antd';

import { describedBy, Field, type FieldProps } from '../../components/field.tsx';
import { useDates } from '../data/use-dates.ts';
import { instantOf } from '../data/wall-time.ts';

interface MomentFieldProps extends Omit<FieldProps, 'hint'> {
  readonly hint?: string;
  /** Wall time in the place's zone, e.g. 2026-12-20T18:00; '' while nothing is chosen. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly quick?: readonly { readonly label: string; readonly value: string }[];
}

/** Day and hour by the system's own picker, repeated in words with the weekday. */
export function MomentField({ value, onChange, quick = [], ...field }: MomentFieldProps) {
  const { moment } = useDates();
  const at = instantOf(value);
  const words = [at === undefined ? undefined : moment(at), field.hint]
    .filter((part) => part !== undefined)
    .join('。');
  const shown = { ...field, ...(words !== '' && { hint: words }) };
  return (
    <Field {...shown}>
      <div className="moment-row">
        <input
          id={field.id}
          className="native-input"
          type="datetime-local"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          {...describedBy(shown)}
        />
        {quick.map((choice) => (
          <Button key={choice.label} onClick={() => onChange(choice.value)}>
            {choice.label}
          </Button>
        ))}
      </div>
    </Field>
  );
}

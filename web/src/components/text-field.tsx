import { Input } from 'antd';

import { describedBy, Field, type FieldProps } from './field.tsx';

interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly max?: number;
  /** Several lines. */
  readonly rows?: number;
  readonly type?: 'text' | 'password' | 'number';
  readonly autoComplete?: string;
  readonly placeholder?: string;
  /** Typed into as soon as it appears. */
  readonly autoFocus?: boolean;
}

export function TextField({
  value,
  onChange,
  max,
  rows,
  type = 'text',
  autoComplete = 'off',
  placeholder,
  autoFocus = false,
  ...field
}: TextFieldProps) {
  const shared = {
    id: field.id,
    value,
    ...(max !== undefined && { maxLength: max }),
    ...(placeholder !== undefined && { placeholder }),
    ...(field.error !== undefined && { status: 'error' as const }),
    ...describedBy(field),
  };
  return (
    <Field {...field}>
      {rows === undefined ? (
        <Input
          {...shared}
          type={type}
          autoComplete={autoComplete}
          autoFocus={autoFocus}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <Input.TextArea
          {...shared}
          autoSize={{ minRows: rows, maxRows: 16 }}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

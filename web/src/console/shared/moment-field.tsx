import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';

import { describedBy, Field, type FieldProps } from '../../components/field.tsx';
import { useDates } from '../data/use-dates.ts';
import { instantOf, wallTimeOf } from '../data/wall-time.ts';

interface MomentFieldProps extends Omit<FieldProps, 'hint'> {
  readonly hint?: string;
  /** Wall time in the place's zone, e.g. 2026-12-20T18:00; '' while nothing is chosen. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly quick?: readonly { readonly label: string; readonly value: string }[];
}

/** The first is shown, all may be typed. */
const FORMATS = [
  'YYYY-MM-DD HH:mm',
  'YYYY-M-D H:mm',
  'YYYY/M/D H:mm',
  'YYYY.M.D H:mm',
  'YYYY年M月D日 H:mm',
  'YYYY年M月D日H:mm',
];
/** The hour a day begins with when only the day is picked: after work, when most things of a community end. */
const FIRST_HOUR = 18;

/** Day and hour, typed or picked in Chinese whatever the browser speaks, and repeated in words with the weekday. */
export function MomentField({ value, onChange, quick = [], ...field }: MomentFieldProps) {
  const { moment, now } = useDates();
  const at = instantOf(value);
  const words = [at === undefined ? undefined : moment(at), field.hint]
    .filter((part) => part !== undefined)
    .join('。');
  const shown = { ...field, ...(words !== '' && { hint: words }) };
  return (
    <Field {...shown}>
      <div className="moment-row">
        <DatePicker
          id={field.id}
          className="moment-input"
          classNames={{ popup: { root: 'moment-popup' } }}
          // Only the wall time is kept: the browser's own zone never counts, and so its "now" is not offered.
          value={value === '' ? null : dayjs(value)}
          onChange={(picked) => onChange(picked?.format('YYYY-MM-DDTHH:mm') ?? '')}
          format={FORMATS}
          placeholder="年-月-日 时:分"
          defaultPickerValue={dayjs(wallTimeOf(now))}
          showTime={{ format: 'HH:mm', defaultOpenValue: dayjs().hour(FIRST_HOUR).startOf('hour') }}
          showNow={false}
          needConfirm={false}
          // By itself the field takes an emptied text back to what it was.
          onBlur={({ target }) => {
            if (target instanceof HTMLInputElement && target.value === '') onChange('');
          }}
          // Within the page's main part, where a screen reader looks for it.
          getPopupContainer={(input) => input.parentElement ?? document.body}
          {...(field.error !== undefined && { status: 'error' as const })}
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

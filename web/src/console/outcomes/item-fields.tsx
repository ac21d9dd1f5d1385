import { Button } from 'antd';

import { listMark } from '../../../../src/texts/words.ts';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { Errors } from '../data/use-form.ts';
import { useGroups } from '../shared/group-picker.tsx';
import { MomentField } from '../shared/moment-field.tsx';
import type { ItemValues } from './outcome-values.ts';

interface ItemFieldsProps {
  readonly index: number;
  readonly item: ItemValues;
  readonly errors: Errors;
  readonly fieldId: (name: string) => string;
  readonly onChange: (item: ItemValues) => void;
  readonly onRemove?: () => void;
}

const STAFF_GROUPS = ['liaison', 'department'] as const;

/** One thing that was agreed: what, who, until when, and where it is handed over. */
export function ItemFields({ index, item, errors, fieldId, onChange, onRemove }: ItemFieldsProps) {
  const groups = useGroups(STAFF_GROUPS);
  const field = (name: keyof ItemValues) => ({
    id: fieldId(`items.${index}.${name}`),
    error: errors[`items.${index}.${name}`],
    value: item[name],
    onChange: (value: string) => onChange({ ...item, [name]: value }),
  });
  const chooseGroup = (groupId: string) => {
    const unit = groups.items?.find(({ id }) => id === groupId)?.unit;
    onChange({ ...item, groupId, unit: item.unit === '' && unit !== undefined ? unit : item.unit });
  };
  return (
    <fieldset className="item-fields">
      <legend>{listMark(index)}要办的事</legend>
      <TextField {...field('action')} label="办什么" hint="例如：选定电梯位置" max={60} />
      <SelectField
        {...field('groupId')}
        label="交办到哪个群"
        none="选一个群"
        onChange={chooseGroup}
        options={groups.items?.map((group) => ({ value: group.id, label: group.name })) ?? []}
      />
      <div className="field-pair">
        <TextField {...field('unit')} label="单位" max={30} />
        <TextField {...field('ownerName')} label="谁负责" max={20} />
      </div>
      <MomentField {...field('dueAt')} label="什么时间前办好" />
      {onRemove && (
        <Button type="text" onClick={onRemove}>
          去掉这一件
        </Button>
      )}
    </fieldset>
  );
}

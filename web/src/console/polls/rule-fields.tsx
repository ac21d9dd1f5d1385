import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { useForm } from '../data/use-form.ts';
import type { PollValues } from './poll-values.ts';
import { approvalOf, APPROVALS, isByArea } from './rule-values.ts';

type Form = ReturnType<typeof useForm<PollValues>>;
type Name = 'ignoresAbstentions' | 'isSecret' | 'showsNames' | 'showsCountsWhileOpen';

/** What makes the poll count, beside the number of voters, and what is seen of it. */
export function RuleFields({ form }: { form: Form }) {
  const { method } = form.values;
  const approval = approvalOf(form.values);
  const isOne = method === 'forAgainst' || method === 'single';
  const approvals = APPROVALS.filter(({ value }) => method === 'forAgainst' || !isByArea(value));
  return (
    <>
      {isOne && (
        <SelectField
          id={form.fieldId('approval')}
          label="多少票算通过"
          hint={isByArea(approval) ? '人数和专有面积都要够；名册里每户要有面积' : undefined}
          value={approval}
          onChange={(value) => form.set('approval', value as PollValues['approval'])}
          options={approvals}
        />
      )}
      {method === 'forAgainst' && !isByArea(approval) && approval !== 'plurality' && (
        <Check form={form} name="ignoresAbstentions" label="算过没过半时，弃权不算在总票数里" />
      )}
      <Check form={form} name="isSecret" label="不公开投票：只能私聊投，群里发的不算" />
      {!form.values.isSecret && (
        <>
          <Check form={form} name="showsNames" label="记名：谁选了什么，截止后大家查得到" />
          <Check form={form} name="showsCountsWhileOpen" label="投票时就显示各项票数（不选，截止后才显示）" />
        </>
      )}
      <TextField
        {...form.field('proxies')}
        label="可以委托别人投，受托的一人最多替几票（可以不填）"
        hint="不填就不能委托；填了，要有书面委托书，或本人私聊委托"
        max={2}
      />
      {method !== 'ranking' && (
        <TextField
          {...form.field('minCell')}
          label="按楼栋列出票数，每栋至少几票才列（可以不填）"
          hint="不填就不按楼栋列；太少会看出是谁投的，至少3"
          max={3}
        />
      )}
    </>
  );
}

function Check({ form, name, label }: { form: Form; name: Name; label: string }) {
  return (
    <label className="choice">
      <input
        type="checkbox"
        checked={form.values[name]}
        onChange={(event) => form.set(name, event.target.checked)}
      />
      {label}
    </label>
  );
}

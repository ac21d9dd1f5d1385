import type { AssignmentDetail } from '../../../../src/http/contract-views.ts';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useSteps } from '../data/steps-context.ts';
import { useDates } from '../data/use-dates.ts';
import { useForm } from '../data/use-form.ts';
import { instantOf, wallTimeOf } from '../data/wall-time.ts';
import { StepForm } from '../shared/step-form.tsx';
import { useGroups } from '../shared/group-picker.tsx';
import { MomentField } from '../shared/moment-field.tsx';

const STAFF_GROUPS = ['liaison', 'department'] as const;

export function ReassignForm({ assignment, onClose }: { assignment: AssignmentDetail; onClose: () => void }) {
  const { take } = useSteps();
  const { now } = useDates();
  const groups = useGroups(STAFF_GROUPS);
  const form = useForm({
    initial: { ownerName: '', unit: '', groupId: '', dueAt: wallTimeOf(assignment.dueAt) },
    check: ({ ownerName, unit, groupId, dueAt }) => ({
      ...(groupId === '' && { groupId: '还没选群' }),
      ...(unit.trim() === '' && { unit: '还没写哪个单位' }),
      ...(ownerName.trim() === '' && { ownerName: '还没写谁负责' }),
      ...(Date.parse(instantOf(dueAt) ?? '') > now.getTime() ? {} : { dueAt: '选一个还没到的时间' }),
    }),
  });
  const { values, set, errors, fieldId } = form;
  const send = async () => {
    const done = await form.submit(({ ownerName, unit, groupId, dueAt }) =>
      take('assignment.reassign', {
        assignmentId: assignment.id,
        revision: assignment.revision,
        ownerName: ownerName.trim(),
        unit: unit.trim(),
        groupId,
        dueAt: instantOf(dueAt) ?? assignment.dueAt,
      }),
    );
    if (done) onClose();
  };
  return (
    <StepForm form={form} look="panel" label="重新交办" action="交给他办" onSend={send} onCancel={onClose}>
      <SelectField
        id={fieldId('groupId')}
        label="交办到哪个群"
        none="选一个群"
        value={values.groupId}
        error={errors['groupId']}
        onChange={(groupId) => {
          set('groupId', groupId);
          const unit = groups.items?.find(({ id }) => id === groupId)?.unit;
          if (unit !== undefined && values.unit === '') set('unit', unit);
        }}
        options={groups.items?.map((group) => ({ value: group.id, label: group.name })) ?? []}
      />
      <TextField {...form.field('unit')} label="单位" max={30} />
      <TextField {...form.field('ownerName')} label="谁负责" max={20} />
      <MomentField {...form.field('dueAt')} label="什么时间前办好" />
    </StepForm>
  );
}

import { useNavigate } from 'react-router';

import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { addresses } from '../data/addresses.ts';
import { useSteps } from '../data/steps-context.ts';
import { useForm } from '../data/use-form.ts';
import { StepForm } from '../shared/step-form.tsx';
import { useGroups } from '../shared/group-picker.tsx';
import { Page } from '../shared/page.tsx';

const RESIDENTS = ['residents'] as const;

/** For whoever came to the counter or called. */
export function NewConcernPage() {
  const { take } = useSteps();
  const navigate = useNavigate();
  const groups = useGroups(RESIDENTS);
  const form = useForm({
    draft: 'concern.new',
    initial: { name: '', phone: '', groupId: '', text: '' },
    check: ({ name, text }) => ({
      ...(name.trim() === '' && { name: '还没写是谁提的' }),
      ...(text.trim() === '' && { text: '还差内容：哪里、什么事' }),
    }),
  });
  const send = async () => {
    const done = await form.submit(({ name, phone, groupId, text }) =>
      take('concern.enterFor', {
        name: name.trim(),
        text: text.trim(),
        ...(groupId !== '' && { groupId }),
        ...(phone.trim() !== '' && { phone: phone.trim() }),
      }),
    );
    if (!done) return;
    form.forget();
    void navigate(done.created ? addresses.concern(done.created.id) : addresses.concerns);
  };
  return (
    <Page title="代录诉求">
      <StepForm form={form} look="page" action="登记诉求" onSend={send}>
        <TextField {...form.field('name')} label="谁提的" max={20} />
        <TextField {...form.field('phone')} label="电话（没有就不填）" hint="只有社区看得到" max={30} />
        <SelectField
          {...form.field('groupId')}
          label="住在哪个群的楼里"
          none="不清楚"
          options={groups.items?.map((group) => ({ value: group.id, label: group.name })) ?? []}
        />
        <TextField
          {...form.field('text')}
          label="什么事"
          hint="哪里、什么事、从什么时候开始，照他说的写"
          rows={4}
          max={2_000}
        />
      </StepForm>
    </Page>
  );
}

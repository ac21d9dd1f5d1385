import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';

import type { StepInput } from '../../../../src/http/contract.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { addresses } from '../data/addresses.ts';
import { useSteps } from '../data/steps-context.ts';
import { useDates } from '../data/use-dates.ts';
import { useForm } from '../data/use-form.ts';
import { wallTimeIn } from '../data/wall-time.ts';
import { StepForm } from '../shared/step-form.tsx';
import { GroupPicker } from '../shared/group-picker.tsx';
import { MomentField } from '../shared/moment-field.tsx';
import { Page } from '../shared/page.tsx';
import { SendPreview } from '../shared/send-preview.tsx';
import { NOTICE_TEMPLATES } from './notice-templates.ts';
import { checkNotice, noticeInput, type NoticeValues } from './notice-values.ts';

type Form = ReturnType<typeof useForm<NoticeValues>>;

/** Write, preview, send: the text that is previewed is the text that arrives. */
export function NewNoticePage() {
  const [query] = useSearchParams();
  const { now } = useDates();
  const { take } = useSteps();
  const navigate = useNavigate();
  const [input, setInput] = useState<StepInput<'notice.prepare'> | undefined>(undefined);
  const template = NOTICE_TEMPLATES.find(({ key }) => key === query.get('template'));
  const form = useForm<NoticeValues>({
    draft: `notice.new.${template?.key ?? ''}`,
    initial: {
      text: template?.text ?? '',
      groupIds: [],
      when: 'now',
      sendAt: wallTimeIn(now, 1, 9),
      urgent: false,
    },
    check: (values) => checkNotice(values, now),
  });
  const send = async () => {
    if (!input) return;
    const prepared = await take('notice.prepare', input, true);
    form.forget();
    if (!prepared.created) return void navigate(addresses.notices, { replace: true });
    await take('notice.confirm', { noticeId: prepared.created.id });
    void navigate(addresses.notice(prepared.created.id), { replace: true });
  };
  return (
    <Page title="写通知">
      {input ? (
        <SendPreview name="notice.prepare" input={input} onSend={send} onBack={() => setInput(undefined)} />
      ) : (
        <NoticeForm form={form} now={now} onNext={() => setInput(noticeInput(form.values))} />
      )}
    </Page>
  );
}

function NoticeForm({ form, now, onNext }: { form: Form; now: Date; onNext: () => void }) {
  const { values, set, fieldId } = form;
  return (
    <StepForm form={form} look="page" action="预览" onSend={() => form.missing() || onNext()}>
      <SelectField
        id={fieldId('template')}
        label="用模板"
        none="自己写"
        value=""
        onChange={(key) =>
          set('text', NOTICE_TEMPLATES.find((template) => template.key === key)?.text ?? values.text)
        }
        options={NOTICE_TEMPLATES.map(({ key, name }) => ({ value: key, label: name }))}
      />
      <TextField
        {...form.field('text')}
        label="通知内容"
        hint="第一行说清什么事、什么时间；四行以内最好"
        rows={4}
        max={1_000}
      />
      <GroupPicker {...form.field('groupIds')} label="发到哪些群" />
      <ChoiceField
        {...form.field('when')}
        label="什么时间发"
        options={[
          { value: 'now', label: '现在发' },
          { value: 'later', label: '定个时间' },
        ]}
      />
      {values.when === 'later' && (
        <MomentField
          {...form.field('sendAt')}
          label="几点发"
          quick={[{ label: '明天9:00', value: wallTimeIn(now, 1, 9) }]}
        />
      )}
      <label className="choice">
        <input
          type="checkbox"
          checked={values.urgent}
          onChange={(event) => set('urgent', event.target.checked)}
        />
        急事，休息时间（22:00至7:00）也发
      </label>
    </StepForm>
  );
}

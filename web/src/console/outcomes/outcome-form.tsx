import { Button } from 'antd';
import { useState } from 'react';

import type { MeetingDetail, TopicDetail } from '../../../../src/http/contract-views.ts';
import { LateSkeleton } from '../../components/late-skeleton.tsx';
import { UserBlock } from '../../components/user-text.tsx';
import { useDetail } from '../data/reads.ts';
import type { useForm } from '../data/use-form.ts';
import { StepForm } from '../shared/step-form.tsx';
import { GroupPicker } from '../shared/group-picker.tsx';
import { MomentField } from '../shared/moment-field.tsx';
import { ItemFields } from './item-fields.tsx';
import type { ItemValues, OutcomeValues } from './outcome-values.ts';

interface OutcomeFormProps {
  readonly topic: TopicDetail;
  readonly form: ReturnType<typeof useForm<OutcomeValues>>;
  readonly emptyItem: ItemValues;
  readonly onNext: () => void;
}

const RESIDENTS = ['residents'] as const;

export function OutcomeForm({ topic, form, emptyItem, onNext }: OutcomeFormProps) {
  const { values, set, errors, fieldId } = form;
  const held = topic.meetings.find(({ state }) => state === 'held');
  const change = (index: number, item: ItemValues) =>
    set(
      'items',
      values.items.map((other, at) => (at === index ? item : other)),
    );
  return (
    <StepForm form={form} look="page" action="预览" onSend={() => form.missing() || onNext()}>
      {held && <MinutesBeside meetingId={held.id} />}
      {values.items.map((item, index) => (
        <ItemFields
          key={index}
          index={index}
          item={item}
          errors={errors}
          fieldId={fieldId}
          onChange={(changed) => change(index, changed)}
          {...(values.items.length > 1 && {
            onRemove: () =>
              set(
                'items',
                values.items.filter((_, at) => at !== index),
              ),
          })}
        />
      ))}
      <Button onClick={() => set('items', [...values.items, emptyItem])}>再加一件事</Button>
      <MomentField {...form.field('publicUntil')} label="公示到什么时间（不填就按规则）" />
      <GroupPicker {...form.field('groupIds')} label="公示到哪些群" kinds={RESIDENTS} />
    </StepForm>
  );
}

/** The minutes stay in sight while the items are written. */
function MinutesBeside({ meetingId }: { meetingId: string }) {
  const [isOpen, setOpen] = useState(true);
  const { data } = useDetail<MeetingDetail>('meetings', meetingId);
  if (!data) return <LateSkeleton />;
  if (!data.minutes) return null;
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)} className="note-line">
      <summary>协商会#{data.number}的纪要</summary>
      <UserBlock>{data.minutes.text}</UserBlock>
    </details>
  );
}

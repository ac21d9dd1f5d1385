import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';

import type { StepInput } from '../../../../src/http/contract.ts';
import type { TopicDetail } from '../../../../src/http/contract-views.ts';
import { TextField } from '../../components/text-field.tsx';
import { addresses } from '../data/addresses.ts';
import { useSteps } from '../data/steps-context.ts';
import { useDates } from '../data/use-dates.ts';
import { useForm } from '../data/use-form.ts';
import { wallTimeIn } from '../data/wall-time.ts';
import { DetailPage } from '../shared/detail-page.tsx';
import { StepForm } from '../shared/step-form.tsx';
import { GroupPicker } from '../shared/group-picker.tsx';
import { MomentField } from '../shared/moment-field.tsx';
import { Page } from '../shared/page.tsx';
import { SendPreview } from '../shared/send-preview.tsx';
import { checkMeeting, meetingInput, type MeetingValues } from './meeting-values.ts';

export function NewMeetingPage() {
  const [query] = useSearchParams();
  const topicId = query.get('topic');
  if (topicId === null) return <NewMeeting />;
  return (
    <DetailPage<TopicDetail> list="topics" id={topicId} noun="发会议通知">
      {(topic) => <NewMeeting key={topic.id} topic={topic} />}
    </DetailPage>
  );
}

function NewMeeting({ topic }: { topic?: TopicDetail }) {
  const { now } = useDates();
  const { take } = useSteps();
  const navigate = useNavigate();
  const [input, setInput] = useState<StepInput<'meeting.call'> | undefined>(undefined);
  const form = useForm<MeetingValues>({
    draft: `meeting.new.${topic?.id ?? ''}`,
    initial: {
      title: topic?.title ?? '',
      agenda: '',
      startsAt: wallTimeIn(now, 3, 19),
      room: '',
      invited: '',
      groupIds: [],
    },
    check: (values) => checkMeeting(values, now),
  });
  const send = async () => {
    if (!input) return;
    const answer = await take('meeting.call', input);
    form.forget();
    void navigate(answer.created ? addresses.meeting(answer.created.id) : addresses.meetings, {
      replace: true,
    });
  };
  return (
    <Page
      title="发会议通知"
      heading={
        topic ? (
          <>
            协商会　议题#{topic.number} <bdi>{topic.title}</bdi>
          </>
        ) : (
          '发会议通知'
        )
      }
    >
      {input ? (
        <SendPreview
          name="meeting.call"
          input={input}
          verb="发会议通知"
          onSend={send}
          onBack={() => setInput(undefined)}
        />
      ) : (
        <MeetingForm form={form} now={now} onNext={() => setInput(meetingInput(form.values, topic?.id))} />
      )}
    </Page>
  );
}

function MeetingForm({
  form,
  now,
  onNext,
}: {
  form: ReturnType<typeof useForm<MeetingValues>>;
  now: Date;
  onNext: () => void;
}) {
  return (
    <StepForm form={form} look="page" action="预览" onSend={() => form.missing() || onNext()}>
      <TextField {...form.field('title')} label="商量什么" hint="例如：电梯装在哪、钱怎么出" max={60} />
      <MomentField
        {...form.field('startsAt')}
        label="开会时间"
        quick={[3, 7].map((days) => ({ label: `${days}天后19:00`, value: wallTimeIn(now, days, 19) }))}
      />
      <TextField {...form.field('room')} label="地点" hint="例如：社区议事室（2号楼1层）" max={60} />
      <TextField
        {...form.field('invited')}
        label="请谁来"
        hint="例如：3号楼居民代表、物业、设计单位"
        max={100}
      />
      <TextField {...form.field('agenda')} label="议程" rows={3} max={500} />
      <GroupPicker {...form.field('groupIds')} label="发到哪些群" />
    </StepForm>
  );
}

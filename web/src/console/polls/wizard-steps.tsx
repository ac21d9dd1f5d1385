import type { TopicDetail } from '../../../../src/http/contract-views.ts';
import { TextField } from '../../components/text-field.tsx';
import { UserBlock } from '../../components/user-text.tsx';
import type { useForm } from '../data/use-form.ts';
import { wallTimeIn } from '../data/wall-time.ts';
import { GroupPicker } from '../shared/group-picker.tsx';
import { MomentField } from '../shared/moment-field.tsx';
import { MethodFields } from './method-fields.tsx';
import { unitOf, type PollValues } from './poll-values.ts';
import { RosterPartFields } from './roster-part-fields.tsx';
import { RuleFields } from './rule-fields.tsx';
import { approvalOf, isByArea } from './rule-values.ts';
import { VotersField } from './voters-field.tsx';

type Form = ReturnType<typeof useForm<PollValues>>;

const RESIDENTS = ['residents'] as const;

export function QuestionStep({ topic, form }: { topic: TopicDetail; form: Form }) {
  return (
    <>
      <h2>题目</h2>
      <p className="question">
        <bdi>{topic.title}</bdi>
      </p>
      {topic.description !== '' && <UserBlock>{topic.description}</UserBlock>}
      <MethodFields form={form} />
    </>
  );
}

export function VotersStep({ form, people }: { form: Form; people: number }) {
  return (
    <>
      <h2>谁能投</h2>
      <VotersField {...form.field('voters')} />
      <RosterPartFields form={form} />
      <GroupPicker
        {...form.field('groupIds')}
        label="发到哪些群"
        kinds={RESIDENTS}
        hint={people > 0 ? `这些群一共${people}人` : undefined}
      />
      <TextField
        {...form.field('electorate')}
        label="怎么称呼能投的人（可以不填）"
        hint="例如：3号楼的业主"
        max={40}
      />
    </>
  );
}

export function RulesStep({ form, people, now }: { form: Form; people: number; now: Date }) {
  const unit = unitOf(form.values);
  const half = Math.floor(people / 2) + 1;
  const twoThirds = Math.ceil((people * 2) / 3);
  return (
    <>
      <h2>规则</h2>
      <MomentField
        {...form.field('closesAt')}
        label="截止时间"
        quick={[3, 7].map((days) => ({ label: `${days}天后18:00`, value: wallTimeIn(now, days, 18) }))}
      />
      {!isByArea(approvalOf(form.values)) && (
        <TextField
          {...form.field('quorum')}
          label={`多少${unit}投了才算数`}
          hint={
            people > 0 && unit === '人' ? `过半是${half}，三分之二是${twoThirds}，没有规定写0` : '没有规定写0'
          }
          max={7}
        />
      )}
      <TextField
        {...form.field('nextStep')}
        label="投完以后怎么办（可以不填）"
        hint="会写在结果里，例如：社区开协商会"
        max={60}
      />
      <RuleFields form={form} />
    </>
  );
}

import { Button } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';

import { FOR_AGAINST } from '../../../../src/core/vote-method.ts';
import type { TopicDetail } from '../../../../src/http/contract-views.ts';
import { addresses } from '../data/addresses.ts';
import { useSteps } from '../data/steps-context.ts';
import { useDates } from '../data/use-dates.ts';
import { useForm } from '../data/use-form.ts';
import { wallTimeIn } from '../data/wall-time.ts';
import { useGroups } from '../shared/group-picker.tsx';
import { Page } from '../shared/page.tsx';
import { SendPreview } from '../shared/send-preview.tsx';
import { METHOD_START } from './method-values.ts';
import { RULE_START } from './rule-values.ts';
import { checkPoll, pollInput, WIZARD_STEPS, type PollValues } from './poll-values.ts';
import { QuestionStep, RulesStep, VotersStep } from './wizard-steps.tsx';

/** 题目, 谁能投, 规则, 预览: four small steps, back and forth without losing anything. */
export function PollWizard({ topic }: { topic: TopicDetail }) {
  const { now } = useDates();
  const { take } = useSteps();
  const navigate = useNavigate();
  const { at, step, goTo } = useWizardStep(topic.id);
  const form = useForm<PollValues>({
    draft: `poll.new.${topic.id}`,
    initial: {
      ...METHOD_START,
      ...RULE_START,
      voters: 'members',
      buildings: [],
      units: [],
      ...startOf(topic.options),
      groupIds: [],
      electorate: '',
      closesAt: wallTimeIn(now, 7, 18),
      quorum: '',
      nextStep: '',
      showsCountsWhileOpen: false,
    },
    check: (values) => checkPoll(values, step.key, now),
  });
  const input = pollInput(topic.id, form.values);
  const send = async () => {
    if (!input) return;
    const answer = await take('poll.open', input);
    form.forget();
    void navigate(
      answer.created?.kind === 'poll' ? addresses.poll(answer.created.id) : addresses.topic(topic.id),
      { replace: true },
    );
  };
  return (
    <Page
      title={`发起表决 议题#${topic.number}`}
      heading={
        <>
          表决　议题#{topic.number} <bdi>{topic.title}</bdi>
        </>
      }
    >
      <WizardSteps at={at} onGo={goTo} />
      {step.key === 'preview' && input ? (
        <SendPreview name="poll.open" input={input} verb="发起" onSend={send} onBack={() => goTo(at - 1)} />
      ) : (
        <WizardForm topic={topic} form={form} now={now} at={at} onGo={goTo} />
      )}
    </Page>
  );
}

/** For and against unless the topic proposes something else. */
function startOf(options: readonly string[]): Pick<PollValues, 'method' | 'options'> {
  const isOther = options.length > 1 && options.join() !== FOR_AGAINST.join();
  return isOther ? { method: 'single', options } : { method: 'forAgainst', options: ['', ''] };
}

/** The step lives in the address: back goes one step. */
function useWizardStep(topicId: string) {
  const [query, setQuery] = useSearchParams();
  const asked = Number(query.get('step') ?? 0) || 0;
  const at = Math.min(WIZARD_STEPS.length - 1, Math.max(0, asked));
  return {
    at,
    step: WIZARD_STEPS[at] ?? WIZARD_STEPS[0],
    goTo: (next: number) => setQuery({ topic: topicId, step: String(next) }, { preventScrollReset: true }),
  };
}

interface WizardFormProps {
  readonly topic: TopicDetail;
  readonly form: ReturnType<typeof useForm<PollValues>>;
  readonly now: Date;
  readonly at: number;
  readonly onGo: (step: number) => void;
}

function WizardForm({ topic, form, now, at, onGo }: WizardFormProps) {
  const groups = useGroups(['residents']);
  const chosen = groups.items?.filter(({ id }) => form.values.groupIds.includes(id)) ?? [];
  const people = chosen.reduce((sum, group) => sum + group.members, 0);
  const key = WIZARD_STEPS[at]?.key;
  return (
    <form
      className="card form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!form.missing()) onGo(at + 1);
      }}
    >
      {key === 'question' && <QuestionStep topic={topic} form={form} />}
      {key === 'voters' && <VotersStep form={form} people={people} />}
      {key === 'rules' && <RulesStep form={form} people={people} now={now} />}
      {key === 'preview' && <p className="field-error">前面还有没填的，回去看一下。</p>}
      <div className="form-buttons">
        {key !== 'preview' && (
          <Button type="primary" htmlType="submit">
            下一步：{WIZARD_STEPS[at + 1]?.word}
          </Button>
        )}
        {at > 0 && <Button onClick={() => onGo(at - 1)}>上一步</Button>}
      </div>
    </form>
  );
}

function WizardSteps({ at, onGo }: { at: number; onGo: (step: number) => void }) {
  return (
    <ol className="stages wizard" aria-label="发起表决的四步">
      {WIZARD_STEPS.map((step, index) => (
        <li
          key={step.key}
          className={index === at ? 'stage stage-now' : 'stage'}
          aria-current={index === at ? 'step' : undefined}
        >
          {index < at ? (
            <button type="button" className="stage-link" onClick={() => onGo(index)}>
              {step.word}
            </button>
          ) : (
            step.word
          )}
        </li>
      ))}
    </ol>
  );
}

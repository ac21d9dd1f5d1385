import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';

import type { StepInput } from '../../../../src/http/contract.ts';
import type { TopicDetail } from '../../../../src/http/contract-views.ts';
import { addresses } from '../data/addresses.ts';
import { useSteps } from '../data/steps-context.ts';
import { useDates } from '../data/use-dates.ts';
import { useForm } from '../data/use-form.ts';
import { DetailPage } from '../shared/detail-page.tsx';
import { Page } from '../shared/page.tsx';
import { SendPreview } from '../shared/send-preview.tsx';
import { OutcomeForm } from './outcome-form.tsx';
import { checkOutcome, outcomeInput, type ItemValues, type OutcomeValues } from './outcome-values.ts';

const EMPTY_ITEM: ItemValues = { action: '', ownerName: '', unit: '', groupId: '', dueAt: '' };

export function OutcomePage() {
  const { id = '' } = useParams();
  return (
    <DetailPage<TopicDetail> list="topics" id={id} noun="公示">
      {(topic) => <Outcome key={topic.id} topic={topic} />}
    </DetailPage>
  );
}

/** What was agreed becomes public, exactly as previewed. */
function Outcome({ topic }: { topic: TopicDetail }) {
  const { now } = useDates();
  const { take } = useSteps();
  const navigate = useNavigate();
  const [input, setInput] = useState<StepInput<'outcome.publish'> | undefined>(undefined);
  const form = useForm<OutcomeValues>({
    draft: `outcome.${topic.id}`,
    initial: { items: [EMPTY_ITEM], groupIds: [], publicUntil: '' },
    check: (values) => checkOutcome(values, now),
  });
  const send = async () => {
    if (!input) return;
    await take('outcome.publish', input);
    form.forget();
    void navigate(`${addresses.topic(topic.id)}?tab=outcome`, { replace: true });
  };
  return (
    <Page
      title={`公示 议题#${topic.number}`}
      heading={
        <>
          公示　议题#{topic.number} <bdi>{topic.title}</bdi>
        </>
      }
    >
      {input ? (
        <SendPreview
          name="outcome.publish"
          input={input}
          verb="公示"
          onSend={send}
          onBack={() => setInput(undefined)}
        />
      ) : (
        <OutcomeForm
          topic={topic}
          form={form}
          emptyItem={EMPTY_ITEM}
          onNext={() => setInput(outcomeInput(topic.id, form.values))}
        />
      )}
    </Page>
  );
}

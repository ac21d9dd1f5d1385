import { useEffect, useState } from 'react';

import type { ProvenPollAnswer } from '../../../src/http/public/verify-views.ts';
import { inFours } from '../../../src/proof/short-code.ts';
import { api, ApiProblem } from '../api/client.ts';
import { Frame } from '../light/frame.tsx';
import { FileCheck } from './file-check.tsx';
import { ReceiptForm } from './receipt-form.tsx';

/** Where anybody checks a closed poll: the own receipt, or the whole file. */
export function VerifyPage({ poll }: { poll?: string }) {
  return (
    <Frame>
      <h1>核验表决</h1>
      {poll !== undefined && <PollToCheck poll={poll} />}
      <FileCheck />
    </Frame>
  );
}

function PollToCheck({ poll }: { poll: string }) {
  const [answer, setAnswer] = useState<ProvenPollAnswer | string>();
  useEffect(() => {
    api<ProvenPollAnswer>(`/api/verify/${encodeURIComponent(poll)}`).then(setAnswer, (error: unknown) =>
      setAnswer(error instanceof ApiProblem ? error.message : '没打开，过一会儿再试。'),
    );
  }, [poll]);
  if (answer === undefined) return <p role="status">正在打开…</p>;
  if (typeof answer === 'string') {
    return (
      <section>
        <p role="alert">{answer}</p>
      </section>
    );
  }
  return (
    <>
      <Result answer={answer} />
      <ReceiptForm poll={poll} proven={answer} />
    </>
  );
}

function Result({ answer }: { answer: ProvenPollAnswer }) {
  const { topicNumber, title, options, counts, voters, annulled, seal } = answer;
  return (
    <section aria-labelledby="result">
      <h2 id="result">
        议题#{topicNumber} <bdi>{title}</bdi>
      </h2>
      {annulled && <p>这个表决作废了，票数照实留着。</p>}
      <p>一共{voters}票：</p>
      <ul>
        {options.map((option, index) => (
          <li key={option}>
            <bdi>{option}</bdi>　{counts[index] ?? 0}
          </li>
        ))}
      </ul>
      <p>
        核验码 <code>{inFours(seal.code)}</code>
      </p>
      <p>和群里结果图上的核验码一样，才是公布的那一份。</p>
    </section>
  );
}

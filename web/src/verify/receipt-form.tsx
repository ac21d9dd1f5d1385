import { useRef, useState, type FormEvent } from 'react';

import type { ProvenPollAnswer, ReceiptAnswer } from '../../../src/http/public/verify-views.ts';
import { readCode, RECEIPT_CHARS } from '../../../src/proof/short-code.ts';
import { api, ApiProblem } from '../api/client.ts';
import { proveJoined, proveReceipt, type ProofLine } from './prove-receipt.ts';

type Outcome =
  | { readonly kind: 'proven'; readonly lines: readonly ProofLine[] }
  | { readonly kind: 'wrong'; readonly lines: readonly ProofLine[] }
  | { readonly kind: 'joined'; readonly lines: readonly ProofLine[] }
  | { readonly kind: 'missing' }
  | { readonly kind: 'problem'; readonly words: string };

/** Asks for the row of a receipt and works out on this device whether it is in the sealed list. */
async function lookUp(poll: string, proven: ProvenPollAnswer, code: string): Promise<Outcome> {
  try {
    const { proofs, joined } = await api<ReceiptAnswer>(
      `/api/verify/${encodeURIComponent(poll)}/receipts/${code}`,
    );
    const [proof] = proofs;
    if (proof) return judged('proven', proveReceipt(proven, proof, code));
    return joined ? judged('joined', proveJoined(proven, joined)) : { kind: 'missing' };
  } catch (error) {
    return { kind: 'problem', words: error instanceof ApiProblem ? error.message : '没查成，再试一次。' };
  }
}

function judged(kind: 'proven' | 'joined', lines: readonly ProofLine[]): Outcome {
  return { kind: lines.every(({ holds }) => holds) ? kind : 'wrong', lines };
}

export function ReceiptForm({ poll, proven }: { poll: string; proven: ProvenPollAnswer }) {
  const [mistake, setMistake] = useState<string>();
  const [outcome, setOutcome] = useState<Outcome>();
  const field = useRef<HTMLInputElement>(null);
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    const code = readCode(field.current?.value ?? '');
    setOutcome(undefined);
    if (code.length !== RECEIPT_CHARS) {
      setMistake(`回执是${RECEIPT_CHARS}个字母和数字，现在是${code.length}个。`);
      field.current?.focus();
      return;
    }
    setMistake(undefined);
    setOutcome(await lookUp(poll, proven, code));
  };
  return (
    <section aria-labelledby="mine">
      <h2 id="mine">查我的票</h2>
      <form onSubmit={(event) => void ask(event)} noValidate>
        <label className="field" htmlFor="receipt">
          回执，例如 7K2M-9QXA
        </label>
        <input
          id="receipt"
          ref={field}
          type="text"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          aria-describedby="receipt-help"
          aria-invalid={mistake !== undefined}
        />
        <p id="receipt-help">{mistake ?? `私聊议事助手，发「回执 ${proven.topicNumber}」就有。`}</p>
        <button type="submit">查</button>
      </form>
      <div role="status">{outcome && <Told outcome={outcome} proven={proven} />}</div>
    </section>
  );
}

function Told({ outcome, proven }: { outcome: Outcome; proven: ProvenPollAnswer }) {
  const ballots = proven.seal.ballotCount;
  switch (outcome.kind) {
    case 'proven':
      return (
        <>
          <p className="good">✓ 算在里面：您的票在这{ballots}张选票里。</p>
          <Steps lines={outcome.lines} />
        </>
      );
    case 'wrong':
      return (
        <>
          <p className="bad">✗ 对不上：这张票和封存的指纹不一样。请截图，找社区和街道。</p>
          <Steps lines={outcome.lines} />
        </>
      );
    case 'joined':
      return (
        <>
          <p className="good">
            ✓ 没有丢：这是关联以前的回执。您的两个账号在名册上是两位，算一个人，只有一票，以后投的那次为准。
          </p>
          <p>
            那一张在这{ballots}张选票里，并票的记录和结果一起封存了。要那一张的回执，私聊议事助手，发「回执{' '}
            {proven.topicNumber}」。
          </p>
          <Steps lines={outcome.lines} />
        </>
      );
    case 'missing':
      return (
        <p className="bad">
          ✗ 没有这个回执。看看有没有抄错；改过票的，用改过以后的回执。都不是，请截图找社区和街道。
        </p>
      );
    case 'problem':
      return <p className="bad">{outcome.words}</p>;
  }
}

function Steps({ lines }: { lines: readonly ProofLine[] }) {
  return (
    <details>
      <summary>怎么算出来的（在您的手机上算的）</summary>
      <ol>
        {lines.map(({ words, hash, holds }) => (
          <li key={words}>
            {words}：{holds ? '✓' : '✗ 不一样'}
            <br />
            <code>{hash}</code>
          </li>
        ))}
      </ol>
    </details>
  );
}

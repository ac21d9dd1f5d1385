import { useState } from 'react';

import { GUIDE_STEPS, type GuideStep, type Line } from './steps.ts';
import type { ConsoleLink, Message, StepName } from './types.ts';

interface GuideProps {
  readonly done: readonly StepName[];
  /** Words for a step are made with the numbers that the secretaries have seen. */
  readonly secretaries: readonly Message[];
  readonly nowMs: number;
  readonly onSay: (line: Line) => void;
}

/** 试一试: nine steps that tick themselves when the effect is in the data. */
export function Guide({ done, secretaries, nowMs, onSay }: GuideProps) {
  const [isOpen, setOpen] = useState(false);
  const next = GUIDE_STEPS.find((step) => !done.includes(step.name));
  const sayButton = (step: GuideStep) =>
    step.line && <SayButton step={step} onSay={() => step.line && onSay(step.line(secretaries, nowMs))} />;
  return (
    <section className="guide" aria-labelledby="guide-title">
      <div className="guide-line">
        <h2 id="guide-title">试一试</h2>
        <p>
          {next ? (
            <>
              下一步：<strong>{next.title}</strong>
              <span className="how">{next.how}</span>
            </>
          ) : (
            '九步都走过了'
          )}
        </p>
        {next && sayButton(next)}
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? '收起' : `九步（完成${String(done.length)}）`}
        </button>
      </div>
      {isOpen && (
        <ol>
          {GUIDE_STEPS.map((step) => (
            <li key={step.name} className={done.includes(step.name) ? 'done' : 'open'}>
              <span aria-hidden="true">{done.includes(step.name) ? '✓' : '○'}</span>
              <div>
                <strong>{step.title}</strong>
                <small>{done.includes(step.name) ? '完成' : step.how}</small>
              </div>
              {sayButton(step)}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function SayButton({ step, onSay }: { readonly step: GuideStep; readonly onSay: () => void }) {
  return (
    <button type="button" className="say" aria-label={`说给我：${step.title}`} onClick={onSay}>
      说给我
    </button>
  );
}

/** One way in for each office. */
export function ConsoleLinks({ links }: { readonly links: readonly ConsoleLink[] }) {
  const firstOfRole = links.filter(
    ({ role }, index) => links.findIndex((other) => other.role === role) === index,
  );
  if (firstOfRole.length === 0) return null;
  return (
    <nav className="console-links" aria-label="打开工作台">
      工作台：
      {firstOfRole.map((link) => (
        <a key={link.url} href={link.url} target="_blank" rel="noreferrer">
          {link.name}（{link.role}）
        </a>
      ))}
    </nav>
  );
}

import { useEffect, useRef, useState } from 'react';

import { fetchTrace } from './server.ts';
import type { Trace } from './types.ts';

const INBOX_WORDS: Readonly<Record<string, string>> = {
  new: '等着处理',
  done: '处理好了',
  dead: '放到一边，等人看',
};
const OUTBOX_WORDS: Readonly<Record<string, string>> = {
  queued: '排队',
  leased: '正在发',
  sent: '发出',
  held: '等人决定',
  dead: '不再发',
};

/** 幕后: what the inbox and the outbox did with a message. Ids, states and times; no texts. */
export function TracePanel({ messageId }: { readonly messageId: string }) {
  const [trace, setTrace] = useState<Trace>();
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let isGone = false;
    fetchTrace(messageId).then(
      (found) => !isGone && setTrace(found),
      () => !isGone && setProblem('没读到，收起再点一次。'),
    );
    return () => {
      isGone = true;
    };
  }, [messageId]);

  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (trace) panel.current?.scrollIntoView({ block: 'nearest' });
  }, [trace]);

  return (
    <section ref={panel} className="trace" aria-label="幕后">
      {problem !== '' && <p role="status">{problem}</p>}
      {trace && (
        <dl>
          <InboxRow inbox={trace.inbox} />
          {trace.outbox.map((row) => (
            <div key={row.id}>
              <dt>发件箱</dt>
              <dd>
                {row.conversationName}：{row.word}
                {tookWords(row.tookMs)}
                <small>
                  {OUTBOX_WORDS[row.state] ?? row.state}
                  {row.tries > 0 && `，试过${row.tries}次`} <code>{row.id}</code>
                </small>
              </dd>
            </div>
          ))}
          {trace.outbox.length === 0 && (
            <div>
              <dt>发件箱</dt>
              <dd>没有回话</dd>
            </div>
          )}
        </dl>
      )}
    </section>
  );
}

function InboxRow({ inbox }: { readonly inbox: Trace['inbox'] }) {
  return (
    <div>
      <dt>收件箱</dt>
      {inbox ? (
        <dd>
          {INBOX_WORDS[inbox.state] ?? inbox.state}
          {inbox.event !== undefined && (
            <>
              ：<code>{inbox.event}</code>
            </>
          )}
          {tookWords(inbox.tookMs)}
          <small>
            <code>{inbox.id}</code>
          </small>
        </dd>
      ) : (
        <dd>不是由一句话引起的：到了时候，或在工作台点的</dd>
      )}
    </div>
  );
}

function tookWords(tookMs: number | undefined): string {
  return tookMs === undefined ? '' : `，${tookMs}毫秒`;
}

import { useCallback, useRef, useState } from 'react';

import { ApiProblem } from '../api/client.ts';
import { postMessage } from './server.ts';
import type { Draft, Message, Weather } from './types.ts';

type Content = Omit<Draft, 'state' | 'messageId'>;

/** Confirmed drafts are filtered out by their id where they are shown; only the latest are kept here. */
const KEPT = 20;
const SLOW_MS = 4_000;
/** A vendor that delivers again delivers about this often. */
const DELIVERIES = 3;

/** Messages under way in one conversation: each stays visible until the server's copy of it arrives. */
export function useDrafts(conversationId: string, weather: Weather) {
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  /** Written without a network; sent in their order when it is back. */
  const unsent = useRef<Draft[]>([]);

  const post = useCallback(
    async (draft: Draft, now: Weather) => {
      const replace = (next: Draft) =>
        setDrafts((all) => all.map((one) => (one.messageId === next.messageId ? next : one)));
      replace(draft);
      try {
        if (now === 'slow') await new Promise((resolve) => window.setTimeout(resolve, SLOW_MS));
        const times = now === 'doubled' ? DELIVERIES : 1;
        for (let time = 0; time < times; time += 1) await postMessage(conversationId, draft);
      } catch (error) {
        replace({
          ...draft,
          state: 'failed',
          problem: error instanceof ApiProblem ? error.message : '没存上，点「再发」。',
        });
      }
    },
    [conversationId],
  );

  const send = useCallback(
    (content: Content) => {
      const draft: Draft = { ...content, messageId: newMessageId(), state: 'sending' };
      setDrafts((all) => [...all.slice(-KEPT), draft]);
      if (weather === 'offline') unsent.current.push(draft);
      else void post(draft, weather);
    },
    [post, weather],
  );

  /** Sends what was written without a network, in order. */
  const flush = useCallback(async () => {
    for (const draft of unsent.current.splice(0)) await post(draft, 'normal');
  }, [post]);

  const again = useCallback(
    (draft: Draft) => void post({ ...draft, state: 'sending' }, weather),
    [post, weather],
  );
  return { drafts, send, flush, again };
}

/** Those whose server copy has not been seen yet. */
export function unconfirmed(drafts: readonly Draft[], messages: readonly Message[]): readonly Draft[] {
  if (drafts.length === 0) return drafts;
  const known = new Set(messages.map((message) => message.id));
  return drafts.filter((draft) => !known.has(draft.messageId));
}

function newMessageId(): string {
  const random = crypto.getRandomValues(new Uint32Array(3));
  return `web-${[...random].map((part) => part.toString(36)).join('')}`;
}

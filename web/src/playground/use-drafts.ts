import { useCallback, useState } from 'react';

import { ApiProblem } from '../api/client.ts';
import { postMessage } from './server.ts';
import type { Draft } from './types.ts';

/** Messages under way in one conversation: each stays visible until the server's copy of it arrives. */
export function useDrafts(conversationId: string): {
  readonly drafts: readonly Draft[];
  readonly send: (draft: Omit<Draft, 'state' | 'messageId'>) => void;
  readonly again: (draft: Draft) => void;
} {
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);

  const post = useCallback(
    (draft: Draft) => {
      const replace = (state: Draft) =>
        setDrafts((all) => all.map((one) => (one.messageId === state.messageId ? state : one)));
      replace(draft);
      postMessage(conversationId, draft).catch((error: unknown) => {
        const problem = error instanceof ApiProblem ? error.message : '没存上，点「再发」。';
        replace({ ...draft, state: 'failed', problem });
      });
    },
    [conversationId],
  );

  const send = useCallback(
    (content: Omit<Draft, 'state' | 'messageId'>) => {
      const draft: Draft = { ...content, messageId: newMessageId(), state: 'sending' };
      setDrafts((all) => [...all.slice(-KEPT), draft]);
      post(draft);
    },
    [post],
  );

  return { drafts, send, again: (draft) => post({ ...draft, state: 'sending' }) };
}

/** Confirmed drafts are filtered out by their id where they are shown; only the latest are kept here. */
const KEPT = 20;

function newMessageId(): string {
  const random = crypto.getRandomValues(new Uint32Array(3));
  return `web-${[...random].map((part) => part.toString(36)).join('')}`;
}

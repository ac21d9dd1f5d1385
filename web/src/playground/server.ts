import { api } from '../api/client.ts';
import type { ConsoleLink, Conversation, DemoClock, Draft } from './types.ts';

const base = '/api/playground';

export async function fetchConversations(): Promise<readonly Conversation[]> {
  return (await api<{ conversations: Conversation[] }>(`${base}/conversations`)).conversations;
}

export async function fetchConsoleLinks(): Promise<readonly ConsoleLink[]> {
  return (await api<{ links: ConsoleLink[] }>(`${base}/console-links`)).links;
}

export function fetchClock(): Promise<DemoClock> {
  return api(`${base}/clock`);
}

export function advanceClock(advanceSeconds: number): Promise<DemoClock> {
  return api(`${base}/clock`, { method: 'POST', body: { advanceSeconds } });
}

/** Resolves when the message is durable; the same draft again has no second effect. */
export async function postMessage(conversationId: string, draft: Draft): Promise<void> {
  const { messageId, persona, text, quote, cardAction, mentionsBot, attachments } = draft;
  await api(`${base}/conversations/${encodeURIComponent(conversationId)}/messages`, {
    method: 'POST',
    body: { messageId, persona, text, mentionsBot, attachments, ...(quote && { quote }), ...(cardAction && { cardAction }) },
  });
}

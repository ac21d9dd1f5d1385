import { api } from '../api/client.ts';
import type { ConsoleLink, Conversation, DemoClock, Draft, StepName, Trace } from './types.ts';

const base = '/api/playground';
const chat = (conversationId: string) => `${base}/conversations/${encodeURIComponent(conversationId)}`;

export async function fetchConversations(): Promise<readonly Conversation[]> {
  return (await api<{ conversations: Conversation[] }>(`${base}/conversations`)).conversations;
}

export async function fetchConsoleLinks(): Promise<readonly ConsoleLink[]> {
  return (await api<{ links: ConsoleLink[] }>(`${base}/console-links`)).links;
}

export async function fetchStepsDone(): Promise<readonly StepName[]> {
  return (await api<{ done: StepName[] }>(`${base}/steps`)).done;
}

export function fetchClock(): Promise<DemoClock> {
  return api(`${base}/clock`);
}

export function advanceClock(advanceSeconds: number): Promise<DemoClock> {
  return api(`${base}/clock`, { method: 'POST', body: { advanceSeconds } });
}

export function fetchTrace(messageId: string): Promise<Trace> {
  return api(`${base}/messages/${encodeURIComponent(messageId)}/trace`);
}

export async function setWeather(conversationId: string, weather: Conversation['weather']): Promise<void> {
  await api(`${chat(conversationId)}/weather`, { method: 'POST', body: { weather } });
}

/** Deletes everything; `confirm` is what the person typed. */
export async function resetDemo(confirm: string): Promise<void> {
  await api(`${base}/reset`, { method: 'POST', body: { confirm } });
}

/** Resolves when the message is durable; the same draft again has no second effect. */
export async function postMessage(conversationId: string, draft: Draft): Promise<void> {
  const { messageId, persona, text, quote, cardAction, mentionsBot, attachments } = draft;
  await api(`${chat(conversationId)}/messages`, {
    method: 'POST',
    body: {
      messageId,
      persona,
      text,
      mentionsBot,
      attachments,
      ...(quote && { quote }),
      ...(cardAction && { cardAction }),
    },
  });
}

import { useEffect, useRef, useState } from 'react';

import type { Message, MessagesById } from './types.ts';

export type Connection = 'connecting' | 'live' | 'broken';

interface Event {
  readonly conversationId: string;
  readonly message: Message;
}

const AGAIN_MS = 1_500;

/**
 * Messages of these conversations, live. One stream for all of them; after a break it goes on where it stopped,
 * without gap or double. `onRestart`: the demo began anew, and nothing that is known here counts any more.
 */
export function useLive(conversationIds: readonly string[], onRestart: () => void) {
  const [messages, setMessages] = useState<MessagesById>(new Map());
  const [connection, setConnection] = useState<Connection>('connecting');
  const positions = useRef(new Map<string, number>());
  const key = conversationIds.join('\n');

  useEffect(() => {
    const ids = key === '' ? [] : key.split('\n');
    if (ids.length === 0) return undefined;
    let timer: number | undefined;
    let waiting: Event[] = [];
    let frame: number | undefined;
    let stream = open();

    function open(): EventSource {
      const from = Object.fromEntries(ids.map((id) => [id, positions.current.get(id) ?? 0]));
      const opened = new EventSource(
        `/api/playground/stream?positions=${encodeURIComponent(JSON.stringify(from))}`,
      );
      opened.onopen = () => setConnection('live');
      opened.onmessage = (raw: MessageEvent<string>) => receive(JSON.parse(raw.data) as Event);
      opened.addEventListener('restart', onRestart);
      opened.onerror = () => {
        setConnection('broken');
        opened.close();
        timer = window.setTimeout(() => (stream = open()), AGAIN_MS);
      };
      return opened;
    }

    /** Those that come together are shown together: catching up costs one drawing, not hundreds. */
    function receive(event: Event): void {
      const { conversationId, message } = event;
      if (message.seq <= (positions.current.get(conversationId) ?? 0)) return;
      positions.current.set(conversationId, message.seq);
      waiting.push(event);
      frame ??= window.setTimeout(show);
    }

    function show(): void {
      const arrived = waiting;
      waiting = [];
      frame = undefined;
      setMessages((known) => withArrived(known, arrived));
    }

    return () => {
      window.clearTimeout(timer);
      if (frame !== undefined) {
        window.clearTimeout(frame);
        show();
      }
      stream.close();
    };
  }, [key, onRestart]);

  return { messages, connection };
}

function withArrived(known: MessagesById, arrived: readonly Event[]): MessagesById {
  const next = new Map(known);
  for (const { conversationId, message } of arrived) {
    next.set(conversationId, [...(next.get(conversationId) ?? []), message]);
  }
  return next;
}

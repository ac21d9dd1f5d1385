import { useEffect, useRef, useState } from 'react';

import type { Message } from './types.ts';

export type Connection = 'connecting' | 'live' | 'broken';

interface Event {
  readonly conversationId: string;
  readonly message: Message;
}

const AGAIN_MS = 1_500;

/**
 * Messages of these conversations, live. One stream for all of them; after a break it goes on where it stopped,
 * without gap or double.
 */
export function useLive(conversationIds: readonly string[]): {
  readonly messages: ReadonlyMap<string, readonly Message[]>;
  readonly connection: Connection;
} {
  const [messages, setMessages] = useState<ReadonlyMap<string, readonly Message[]>>(new Map());
  const [connection, setConnection] = useState<Connection>('connecting');
  const positions = useRef(new Map<string, number>());
  const key = conversationIds.join('\n');

  useEffect(() => {
    const ids = key === '' ? [] : key.split('\n');
    if (ids.length === 0) return undefined;
    const wanted = Object.fromEntries(ids.map((id) => [id, positions.current.get(id) ?? 0]));
    const source = { current: open(wanted) };
    let timer: number | undefined;

    function open(from: Record<string, number>): EventSource {
      const stream = new EventSource(`/api/playground/stream?positions=${encodeURIComponent(JSON.stringify(from))}`);
      stream.onopen = () => setConnection('live');
      stream.onmessage = (raw: MessageEvent<string>) => receive(JSON.parse(raw.data) as Event);
      stream.onerror = () => {
        setConnection('broken');
        stream.close();
        timer = window.setTimeout(() => {
          source.current = open(Object.fromEntries(ids.map((id) => [id, positions.current.get(id) ?? 0])));
        }, AGAIN_MS);
      };
      return stream;
    }

    function receive({ conversationId, message }: Event): void {
      if (message.seq <= (positions.current.get(conversationId) ?? 0)) return;
      positions.current.set(conversationId, message.seq);
      setMessages((known) => new Map(known).set(conversationId, [...(known.get(conversationId) ?? []), message]));
    }

    return () => {
      window.clearTimeout(timer);
      source.current.close();
    };
  }, [key]);

  return { messages, connection };
}

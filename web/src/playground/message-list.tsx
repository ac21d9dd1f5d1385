import { useEffect, useLayoutEffect, useRef, useState } from 'react';

import { Bubble, DraftBubble } from './bubble.tsx';
import type { Draft, Message } from './types.ts';

interface MessageListProps {
  readonly label: string;
  readonly persona: string;
  readonly messages: readonly Message[];
  readonly drafts: readonly Draft[];
  readonly onPress: (message: Message, say: string) => void;
  readonly onQuote: (message: Message) => void;
  readonly onAgain: (draft: Draft) => void;
}

const NEAR_END_PX = 80;
/** More would make a long demo slow; earlier ones are a button away. */
const SHOWN = 100;

/** The messages of a chat. New ones follow only a reader who is at the end; nobody's place is taken away. */
export function MessageList({ label, persona, messages, drafts, onPress, onQuote, onAgain }: MessageListProps) {
  const list = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const [unread, setUnread] = useState(0);
  const [shown, setShown] = useState(SHOWN);
  const [pressed, setPressed] = useState<ReadonlyMap<string, string>>(new Map());
  const known = new Set(messages.map((message) => message.id));
  const open = drafts.filter((draft) => !known.has(draft.messageId));
  const count = messages.length;
  const previous = useRef(0);

  useLayoutEffect(() => {
    if (atEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [count, open.length]);
  useEffect(() => {
    const arrived = count - previous.current;
    previous.current = count;
    if (!atEnd.current) setUnread((waiting) => waiting + arrived);
  }, [count]);

  const toEnd = () => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
    setUnread(0);
  };
  const onScroll = () => {
    const element = list.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    if (atEnd.current) setUnread(0);
  };

  return (
    <div className="messages">
      <ol ref={list} role="log" aria-label={label} tabIndex={0} onScroll={onScroll}>
        {count > shown && (
          <li>
            <button type="button" className="quiet" onClick={() => setShown((all) => all + SHOWN)}>
              看更早的
            </button>
          </li>
        )}
        {messages.slice(-shown).map((message) => (
          <Bubble
            key={message.id}
            message={message}
            own={message.from.name === persona}
            pressed={pressed.get(`${message.id} ${persona}`)}
            onPress={(say) => {
              setPressed((all) => new Map(all).set(`${message.id} ${persona}`, say));
              onPress(message, say);
            }}
            onQuote={() => onQuote(message)}
          />
        ))}
        {open.map((draft) => (
          <DraftBubble key={draft.messageId} draft={draft} onAgain={() => onAgain(draft)} />
        ))}
      </ol>
      {unread > 0 && (
        <button type="button" className="unread" onClick={toEnd}>
          有{unread}条新的，点击看
        </button>
      )}
    </div>
  );
}

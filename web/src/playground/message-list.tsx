import { useEffect, useLayoutEffect, useRef, useState } from 'react';

import { Bubble, DraftBubble, type Picture } from './bubble.tsx';
import { cardStanding, type CardStanding } from './card-effects.ts';
import { dayWords } from './moments.ts';
import type { Draft, Message } from './types.ts';

interface MessageListProps {
  readonly label: string;
  readonly persona: string;
  readonly messages: readonly Message[];
  readonly drafts: readonly Draft[];
  /** What to do first, while nobody has said anything. */
  readonly hint: string;
  /** Why drafts are not on their way. */
  readonly waiting: string;
  readonly onPress: (message: Message, say: string) => void;
  readonly onQuote: (message: Message) => void;
  readonly onPicture: (picture: Picture) => void;
  readonly onAgain: (draft: Draft) => void;
}

const NEAR_END_PX = 80;
/** More would make a long demo slow; earlier ones are a button away. */
const SHOWN = 100;
const OPEN: CardStanding = { kind: 'open' };

/** The messages of a chat. New ones follow only a reader who is at the end; nobody's place is taken away. */
export function MessageList(props: MessageListProps) {
  const { label, persona, messages, drafts, hint, waiting, onPress, onQuote, onPicture, onAgain } = props;
  const [shown, setShown] = useState(SHOWN);
  const { list, unread, toEnd, onScroll } = useFollowing(messages.length, drafts);
  const first = Math.max(0, messages.length - shown);

  return (
    <div className="messages">
      {/* Scrolled by keys too, so it takes focus. */}
      <ol ref={list} aria-label={label} tabIndex={0} onScroll={onScroll}>
        {messages.length === 0 && drafts.length === 0 && <li className="hint">{hint}</li>}
        {first > 0 && (
          <li className="earlier">
            <button type="button" className="quiet" onClick={() => setShown((all) => all + SHOWN)}>
              看更早的
            </button>
          </li>
        )}
        {messages
          .slice(first)
          .flatMap((message, index) => [
            ...dayMark(message, messages[first + index - 1]),
            <Bubble
              key={message.id}
              message={message}
              own={!message.from.bot && message.from.name === persona}
              standing={message.card ? cardStanding(first + index, messages, drafts, persona) : OPEN}
              onPress={onPress}
              onQuote={onQuote}
              onPicture={onPicture}
            />,
          ])}
        {drafts.map((draft) => (
          <DraftBubble key={draft.messageId} draft={draft} waiting={waiting} onAgain={() => onAgain(draft)} />
        ))}
      </ol>
      {unread > 0 && (
        <button type="button" className="unread" onClick={toEnd}>
          有{unread}条新的，点击看
        </button>
      )}
      <NewestAloud message={messages.at(-1)} />
    </div>
  );
}

function dayMark(message: Message, before: Message | undefined) {
  const day = dayWords(Date.parse(message.at));
  if (before && dayWords(Date.parse(before.at)) === day) return [];
  return [
    <li key={`${message.id} day`} className="day">
      {day}
    </li>,
  ];
}

/** Read out once: what the bot has just said. */
function NewestAloud({ message }: { readonly message: Message | undefined }) {
  const [openedAt] = useState(message?.seq ?? 0);
  const isNew = message !== undefined && message.from.bot && message.seq > openedAt;
  return (
    <p className="aloud" aria-live="polite">
      {isNew ? `${message.from.name}说了${message.text.slice(0, 60)}` : ''}
    </p>
  );
}

/** Stays at the end for a reader who is there; counts what is new for all others. */
function useFollowing(count: number, drafts: readonly Draft[]) {
  const list = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const previous = useRef(0);
  const previousDrafts = useRef(0);
  const [unread, setUnread] = useState(0);

  useLayoutEffect(() => {
    // Whoever speaks wants to see it.
    if (drafts.length > previousDrafts.current) atEnd.current = true;
    previousDrafts.current = drafts.length;
    if (atEnd.current) scrollToEnd(list.current);
  }, [count, drafts]);
  useEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    const stay = () => {
      if (atEnd.current) scrollToEnd(element);
    };
    // The list gets smaller when photos or a quote wait below it; pictures get their height when they have come.
    const observer = new ResizeObserver(stay);
    observer.observe(element);
    element.addEventListener('load', stay, true);
    return () => {
      observer.disconnect();
      element.removeEventListener('load', stay, true);
    };
  }, []);
  useEffect(() => {
    const arrived = count - previous.current;
    previous.current = count;
    if (!atEnd.current && arrived > 0) setUnread((waiting) => waiting + arrived);
  }, [count]);

  const toEnd = () => {
    scrollToEnd(list.current);
    setUnread(0);
  };
  const onScroll = () => {
    const element = list.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    if (atEnd.current) setUnread(0);
  };
  return { list, unread, toEnd, onScroll };
}

function scrollToEnd(element: HTMLElement | null): void {
  element?.scrollTo({ top: element.scrollHeight });
}

import { memo, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';

import type { Picture } from './bubble.tsx';
import { Composer, type ComposerHandle } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { suggestionsFor } from './suggestions.ts';
import type { Conversation, Message, PhoneKind, Weather } from './types.ts';
import { unconfirmed, useDrafts } from './use-drafts.ts';
import { useReceived } from './use-received.ts';
import { useWeather } from './use-weather.ts';
import { WeatherNote, WeatherSelect } from './weather.tsx';

interface PhoneProps {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
  /** The demo's day, for words with a date. */
  readonly todayMs: number;
  /** One-to-one phones can be handed to somebody else. */
  readonly chooser?: ReactNode;
  readonly onPicture: (picture: Picture) => void;
  readonly composer: Ref<ComposerHandle>;
}

const HINTS: Readonly<Record<PhoneKind, string>> = {
  residents: '还没有人说话。点下面「反映 …」，再按「发送」，看助手怎么回。',
  secretaries: '社区工作人员在这里办事。居民反映以后，发「待办」看清单。',
  liaison: '联络组在这里看交办的事。有了交办，助手会发到这里。',
  department: '物业在这里收交办、报办结。有了交办，助手会发到这里。',
  direct: '和助手一对一：收编号、回执和答复。可以先发「进度」。',
};

/** Who the tour is about: they hold the phones at first. */
export const TOUR: readonly string[] = ['张桂兰', '刘敏', '刘建国', '周岚'];

export const kindOf = (conversation: Conversation): PhoneKind => conversation.groupKind ?? 'direct';
export const titleOf = ({ kind, name }: Conversation): string =>
  kind === 'direct' ? `${name}的一对一` : name;

/** One phone of the row: a chat, and who speaks in it. */
export const Phone = memo(function Phone({
  conversation,
  messages,
  todayMs,
  chooser,
  onPicture,
  composer,
}: PhoneProps) {
  const [persona, setPersona] = usePersona(conversation);
  const [quote, setQuote] = useState<Message>();
  const { weather, failed, change, tap } = useWeather(conversation);
  const { received, holdFromHere } = useReceived(messages, weather);
  const { drafts, send, flush, again } = useDrafts(conversation.id, weather);
  const title = titleOf(conversation);
  const isGroup = conversation.kind === 'group';

  const turn = (next: Weather) => {
    if (next === 'offline' || next === 'slow') holdFromHere();
    void change(next);
    if (next !== 'offline') void flush();
  };
  const switchPersona = (event: KeyboardEvent) => {
    const digit = /^Digit([1-9])$/u.exec(event.code)?.[1];
    const member = digit === undefined ? undefined : conversation.members[Number(digit) - 1];
    if (!event.altKey || event.nativeEvent.isComposing || !member) return;
    event.preventDefault();
    setPersona(member.name);
  };

  return (
    <section
      className={`phone ${kindOf(conversation)}`}
      aria-label={title}
      data-phone={conversation.id}
      onKeyDown={switchPersona}
    >
      <header>
        <h2>
          <bdi>{title}</bdi>
        </h2>
        {chooser ?? <p>{conversation.members.length}人</p>}
        <WeatherSelect value={weather} isGroup={isGroup} onChange={turn} />
      </header>
      <WeatherNote weather={weather} onTap={() => void tap()} />
      {failed && (
        <p className="weather-note" role="alert">
          没改成，再选一次。
        </p>
      )}
      <MessageList
        label={`${title}的消息`}
        persona={persona}
        messages={received}
        drafts={unconfirmed(drafts, received)}
        hint={HINTS[kindOf(conversation)]}
        waiting={weather === 'offline' ? '，等网络' : weather === 'slow' ? '，网络慢' : ''}
        onPress={(message, say) =>
          send({
            persona,
            text: '',
            mentionsBot: true,
            attachments: [],
            cardAction: { messageId: message.id, say },
          })
        }
        onQuote={setQuote}
        onPicture={onPicture}
        onAgain={again}
      />
      <Composer
        ref={composer}
        conversation={conversation}
        persona={persona}
        onPersona={setPersona}
        quote={quote}
        onDropQuote={() => setQuote(undefined)}
        suggestions={suggestionsFor(kindOf(conversation), received, todayMs)}
        onSend={({ text, mentionsBot, attachments }) => {
          send({ persona, text, mentionsBot, attachments, ...(quote && { quote: quoteOf(quote) }) });
          setQuote(undefined);
        }}
      />
    </section>
  );
});

function quoteOf(message: Message): NonNullable<Message['quote']> {
  return { from: message.from.name, text: message.text.slice(0, 500), messageId: message.id };
}

/** Kept per phone, so that a reload does not make one somebody else. */
function usePersona(conversation: Conversation): [string, (name: string) => void] {
  const key = `yishi.persona.${conversation.id}`;
  const names = conversation.members.map((member) => member.name);
  const [chosen, setChosen] = useState(() => localStorage.getItem(key) ?? '');
  const fallback = names.find((name) => TOUR.includes(name)) ?? names[0] ?? '';
  const persona = names.includes(chosen) ? chosen : fallback;
  return [
    persona,
    (name) => {
      localStorage.setItem(key, name);
      setChosen(name);
    },
  ];
}

import { useState } from 'react';

import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { suggestionsFor } from './suggestions.ts';
import type { Conversation, Message } from './types.ts';
import { useDrafts } from './use-drafts.ts';

interface PhoneProps {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
  /** One-to-one phones can be handed to somebody else. */
  readonly chooser?: React.ReactNode;
}

/** One phone of the row: a chat, and who speaks in it. */
export function Phone({ conversation, messages, chooser }: PhoneProps) {
  const [persona, setPersona] = usePersona(conversation);
  const [quote, setQuote] = useState<Message>();
  const { drafts, send, again } = useDrafts(conversation.id);
  const title = conversation.kind === 'direct' ? `${conversation.name}的一对一` : conversation.name;

  return (
    <section className={`phone ${conversation.groupKind ?? 'direct'}`} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {chooser ?? <p>{conversation.members.length}人</p>}
      </header>
      <MessageList
        label={`${title}的消息`}
        persona={persona}
        messages={messages}
        drafts={drafts}
        onPress={(message, say) =>
          send({ persona, text: '', mentionsBot: true, attachments: [], cardAction: { messageId: message.id, say } })
        }
        onQuote={setQuote}
        onAgain={again}
      />
      <Composer
        conversation={conversation}
        persona={persona}
        onPersona={setPersona}
        quote={quote}
        onDropQuote={() => setQuote(undefined)}
        suggestions={suggestionsFor(conversation)}
        onSend={({ text, mentionsBot, attachments }) => {
          send({ persona, text, mentionsBot, attachments, ...(quote && { quote: quoteOf(quote) }) });
          setQuote(undefined);
        }}
      />
    </section>
  );
}

function quoteOf(message: Message): NonNullable<Message['quote']> {
  return { from: message.from.name, text: message.text.slice(0, 500), messageId: message.id };
}

/** Kept per phone, so that a reload does not make one somebody else. */
function usePersona(conversation: Conversation): [string, (name: string) => void] {
  const key = `yishi.persona.${conversation.id}`;
  const names = conversation.members.map((member) => member.name);
  const [chosen, setChosen] = useState(() => localStorage.getItem(key) ?? '');
  const persona = names.includes(chosen) ? chosen : (names[0] ?? '');
  return [
    persona,
    (name) => {
      localStorage.setItem(key, name);
      setChosen(name);
    },
  ];
}

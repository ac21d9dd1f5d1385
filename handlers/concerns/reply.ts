import type { Card } from '#core/card';
import { type MessageContext, replyHere } from '#core/command';
import type { Decision } from '#core/decision';
import type { Text } from '#texts/catalogue';

/** A text of the catalogue in the form of the conversation: one-to-one the first line quotes nothing. */
export function inForm<Data>(context: MessageContext, text: Text<Data>, data: Data): string {
  return context.message.conversationKind === 'direct' ? text.private(data) : text(data);
}

/** Answers in the conversation with a catalogue text. The event is its key. */
export function say<Data>(context: MessageContext, text: Text<Data>, data: NoInfer<Data>): Decision {
  return replyHere(context, inForm(context, text, data), text.key);
}

/** Like `say`, with a card that repeats the text's choices. */
export function sayWithCard<Data>(
  context: MessageContext,
  text: Text<Data>,
  data: NoInfer<Data>,
  card: Card,
): Decision {
  const answer = say(context, text, data);
  return {
    ...answer,
    dispatches: answer.dispatches.map((dispatch) => ({ ...dispatch, body: { ...dispatch.body, card } })),
  };
}

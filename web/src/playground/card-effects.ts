import type { Draft, Message } from './types.ts';

type Card = NonNullable<Message['card']>;

/** How a card stands for one persona. */
export type CardStanding =
  | { readonly kind: 'open' }
  /** Pressed, and nothing has come of it yet; a ballot stays so and can be changed. */
  | { readonly kind: 'pressed'; readonly say: string }
  /** Buttons have given way to what happened. */
  | { readonly kind: 'done'; readonly words: string };

/** What the bot says when a press has had its effect, by the purpose of the card. */
const EFFECTS: Readonly<Record<string, RegExp>> = {
  similar: /^(?:已附议|已登记|诉求#\d+您附议过了)/u,
  rsvp: /^已(?:报名|请假)/u,
  rating: /已记下/u,
  confirm: /^(?!没有|没看明白|这)/u,
};

/** Read off the conversation, so that it is the same after a reload and for words typed instead of pressed. */
export function cardStanding(
  at: number,
  messages: readonly Message[],
  drafts: readonly Draft[],
  persona: string,
): CardStanding {
  const message = messages[at];
  const card = message?.card;
  if (!message || !card) return { kind: 'open' };
  const later = messages.slice(at + 1);
  if (card.purpose === 'choice' && isOver(card, later)) return { kind: 'done', words: '已截止' };
  const under = drafts.findLast(
    (draft) => draft.cardAction?.messageId === message.id && draft.persona === persona,
  );
  const mine = later.findLastIndex(
    ({ from, text }) => from.name === persona && card.choices.some(({ say }) => say === text),
  );
  const say = mine < 0 ? under?.cardAction?.say : later[mine]?.text;
  if (say === undefined) return { kind: 'open' };
  const effect = EFFECTS[card.purpose];
  const hasCome =
    mine >= 0 &&
    effect !== undefined &&
    later.slice(mine + 1).some(({ from, text }) => from.bot && effect.test(text));
  return hasCome ? { kind: 'done', words: effectWords(card, say) } : { kind: 'pressed', say };
}

function effectWords(card: Card, say: string): string {
  const label = card.choices.find((choice) => choice.say === say)?.label ?? say;
  switch (card.purpose) {
    case 'rating':
      return `已评价：${label}`;
    case 'similar':
      return say.startsWith('附议') ? `已${label}` : '已单独登记';
    default:
      return `已${label}`;
  }
}

function isOver(card: Card, later: readonly Message[]): boolean {
  const topic = /^议题#\d+/u.exec(card.title)?.[0];
  return (
    topic !== undefined && later.some(({ from, text }) => from.bot && text.startsWith(`【结果】${topic} `))
  );
}

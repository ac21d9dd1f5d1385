import type { InboundMessage } from '#core/message';
import { createDice, oneOf } from './chance.ts';
import { directOf, OLD_CONCERNS, TOWN, type BenchGroup } from './town.ts';
import { concernWords, talkWords } from './words.ts';

/** What residents say in the mix. Only plain talk is not answered. */
export type Said = 'concern' | 'endorsement' | 'ballot' | 'talk';

export interface BenchMessage {
  readonly said: Said;
  readonly message: InboundMessage;
}

/** Shares of the mix, in the words of its report. */
export const MIX =
  '35 % 反映, 25 % 附议, 20 % 投票, 20 % plain talk; 100 groups in 20 communities, 3,000 residents';

function saidAt(share: number): Said {
  if (share < 0.35) return 'concern';
  if (share < 0.6) return 'endorsement';
  return share < 0.8 ? 'ballot' : 'talk';
}

function wordsOf(said: Said, dice: () => number): string {
  switch (said) {
    case 'concern':
      return `反映 ${concernWords(dice)}`;
    case 'endorsement':
      return `附议 ${1 + Math.floor(dice() * OLD_CONCERNS)}`;
    case 'ballot':
      return `投 ${1 + Math.floor(dice() * 3)}`;
    case 'talk':
      return talkWords(dice);
  }
}

/** A mixed crowd: `count` messages, the same for the same `run`, from everybody in turn so that nobody talks too fast. */
export function mixedMessages(count: number, run: string, seed: number): BenchMessage[] {
  const dice = createDice(seed);
  return Array.from({ length: count }, (_, index) => {
    const group = oneOf(TOWN, dice);
    const said = saidAt(dice());
    return {
      said,
      message: messageIn(group, residentAt(group, index), `${run}-${index}`, wordsOf(said, dice)),
    };
  });
}

/** The same residents come round only after everybody else of the group. */
function residentAt(group: BenchGroup, index: number): string {
  return group.residents[Math.floor(index / TOWN.length) % group.residents.length] ?? '';
}

/** A text in a group, sent now. */
export function messageIn(
  group: BenchGroup,
  resident: string,
  messageId: string,
  text: string,
): InboundMessage {
  return {
    from: group.ref,
    conversationKind: 'group',
    messageId,
    sender: { vendorId: resident, displayName: resident, isSelf: false, direct: directOf(resident) },
    mentionsBot: false,
    sentAt: new Date(),
    body: { type: 'text', text },
    attachments: [],
  };
}

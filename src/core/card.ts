/** Why a card is shown; decides which vendor card it becomes. */
export type CardPurpose =
  'choice' | 'similar' | 'rsvp' | 'rating' | 'confirm' | 'assignment' | 'announcement';

/**
 * One structure that every channel renders as it can: vendor card, markdown with numbers, or plain text. A card
 * never holds what its text twin lacks.
 */
export interface Card {
  readonly purpose: CardPurpose;
  readonly title: string;
  readonly description?: string;
  /** Where it comes from and how urgent it is: 黄灯 还剩3个工作日. */
  readonly source?: { readonly text: string; readonly tone: 'neutral' | 'attention' | 'late' | 'good' };
  readonly emphasis?: { readonly value: string; readonly label: string };
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** `say` is the command text that a press sends, with its numbers: 议题3 投1. */
  readonly choices: readonly { readonly label: string; readonly say: string }[];
  readonly link?: { readonly label: string; readonly url: string };
}

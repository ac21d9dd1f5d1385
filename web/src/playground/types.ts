import type { ClockAnswer, ConversationsAnswer, MessageAnswer } from '../../../src/http/playground/schemas.ts';

export type { ConsoleLink } from '../../../src/http/playground/schemas.ts';

export type Conversation = ConversationsAnswer['conversations'][number];
export type Message = MessageAnswer;
export type DemoClock = ClockAnswer;

/** A message of ours that the server has not confirmed yet. */
export interface Draft {
  readonly messageId: string;
  readonly persona: string;
  readonly text: string;
  readonly quote?: Message['quote'];
  readonly cardAction?: { readonly messageId: string; readonly say: string };
  readonly mentionsBot: boolean;
  readonly attachments: readonly { readonly name: string; readonly mime: string; readonly data: string }[];
  /** `sending`: 待存; `failed`: not kept, can be sent again under the same id. */
  readonly state: 'sending' | 'failed';
  readonly problem?: string;
}

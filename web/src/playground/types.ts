import type {
  ClockAnswer,
  ConversationsAnswer,
  MessageAnswer,
  StepsAnswer,
  TraceAnswer,
} from '../../../src/http/playground/schemas.ts';

export type { ConsoleLink } from '../../../src/http/playground/schemas.ts';

export type Conversation = ConversationsAnswer['conversations'][number];
export type Message = MessageAnswer;
export type DemoClock = ClockAnswer;
export type Trace = TraceAnswer;
export type StepName = StepsAnswer['done'][number];
export type MessagesById = ReadonlyMap<string, readonly Message[]>;

/** What goes wrong around a phone. The first three happen on the phone, the last two at the vendor. */
export type Weather = 'normal' | 'offline' | 'slow' | 'doubled' | 'removed' | 'needsTap';

/** Which phone of the row: the kind of its group, or the one-to-one phone. */
export type PhoneKind = NonNullable<Conversation['groupKind']> | 'direct';

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

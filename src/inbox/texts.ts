import type { AnyCommand } from '#core/command';
import type { Place } from '#core/people';

/** The texts that belong to no command. The catalogue fills them in. */
export interface InboxTexts {
  readonly unsure: () => string;
  readonly unknown: (likely: readonly AnyCommand[]) => string;
  readonly wrongRole: (trigger: string) => string;
  readonly slow: () => string;
  readonly rateLimited: (count: number) => string;
  /** The same to everybody in a group, when there is no one-to-one chat with who talks too fast. */
  readonly rateLimitedHere: () => string;
  readonly welcome: (place: Place) => string;
  /** For a chat that belongs to no place yet. */
  readonly unbound: () => string;
  /** What somebody without a readable name is called. */
  readonly nameless: () => string;
}

/** Where the inbox tells what became of messages: ids and counts, never texts or names. */
export interface InboxEvents {
  /** One message came to this end: `concern.registered`, `ignored.unaddressed`, `duplicate`, `dead` … */
  happened(event: string, fields: { readonly rowId?: string; readonly conversation?: string }): void;
  /** A fault; `dead` ones and unknown errors need an operator. */
  failed(event: string, error: unknown, fields: { readonly rowId?: string }): void;
}

import type { MessageContext, Said } from '#core/command';
import { readLeadingNumber } from '#language/references';

/** The concern that the quoted message names: people answer by quoting the bot's 诉求#9. */
export function quotedConcern({ message: { quote } }: Pick<MessageContext, 'message'>): number | undefined {
  const named = /诉求\s*#?\s*(\d{1,7})/u.exec(quote?.text.slice(0, 500) ?? '')?.[1];
  return named === undefined ? undefined : Number(named);
}

/** The number in 附议 9, 附议一下 9 or a quoted message; undefined for the concern that the bot just asked about. */
export function namedForEndorsing(said: Pick<Said, 'rest' | 'message'>): number | undefined {
  const { rest } = said;
  const read = readLeadingNumber(rest) ?? readLeadingNumber(rest.replace(/^[^#\d]{0,6}(?=#?\d)/u, ''));
  return read?.value ?? quotedConcern(said);
}

export interface NamedConcern {
  readonly number: number | undefined;
  /** The words behind the number, as they were written. */
  readonly words: string;
  /** The number is a topic's: 补充 议题3. */
  readonly isTopic: boolean;
}

/** A number in front, and what follows it; else the number of a quoted message and all the words. */
export function namedConcern(original: string, context: Pick<MessageContext, 'message'>): NamedConcern {
  const read = readLeadingNumber(original);
  if (!read) return { number: quotedConcern(context), words: original, isTopic: false };
  return { number: read.value, words: read.rest, isTopic: read.kind === 'topic' };
}

import { readLeadingNumber } from '#language/references';

/** A number a person answers with, and what they say about it, in their own spelling. */
export interface NumberedWords {
  readonly number: number;
  readonly words: string;
}

/**
 * Reads `T5 说明`, `t5说明`, `5 说明`, `#5，说明`. Digits in front count even where a measure word follows (5 天前修好了):
 * a command that wants a number got one.
 */
export function readNumbered(original: string): NumberedWords | undefined {
  const found =
    readLeadingNumber(original) ??
    (/^\s*[0-9０-９]/u.test(original) ? readLeadingNumber(`第${original.trimStart()}`) : undefined);
  if (!found || (found.kind !== undefined && found.kind !== 'assignment')) return undefined;
  return { number: found.value, words: found.rest };
}

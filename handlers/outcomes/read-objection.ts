import { readLeadingNumber } from '#language/references';

/** 异议 with the number of the topic, when one was given, and the reason as it was written. */
export interface ObjectionWords {
  readonly topicNumber?: number;
  readonly reason: string;
}

/**
 * Reads `3 分摊不合理`, `议题3：分摊不合理`, `3分摊不合理` and a reason alone. Digits in front are the topic's number even before
 * a measure word, unless they name a house (3号楼).
 */
export function readObjection(original: string): ObjectionWords {
  const isDigits = /^\s*[0-9０-９]{1,7}(?!\s*[0-9０-９号號楼樓栋棟幢座单單])/u.test(original);
  const found =
    readLeadingNumber(original) ?? (isDigits ? readLeadingNumber(`第${original.trimStart()}`) : undefined);
  const isTopic = found && (found.kind === undefined || found.kind === 'topic');
  return isTopic ? { topicNumber: found.value, reason: found.rest } : { reason: original };
}

import { normalizeCommandText } from '#language/normalize';
import { readLeadingNumber } from '#language/references';

/** What somebody chose, before it is known in which poll. */
export type Choice =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'words'; readonly words: string }
  /** More than one number where one is allowed. */
  | { readonly kind: 'several' };

export interface BallotWords {
  /** 议题3, when it was said. */
  readonly topicNumber?: number;
  readonly choice?: Choice;
}

const VERB = /^(?:我|咱)?(?:要|想)?(?:投票|投|选择|选)?(?:给|了)?[\s:,，：、]*/u;
const TRIM = /^[\s,，:：、;；.。!！「」"“”]+|[\s,，:：、;；.。!！「」"“”]+$/gu;

/** What follows 投, 投票 or 议题: `议题3 投1`, `1`, `赞成`, `第一项`, `1 赞成`. `text` is normalised. */
export function readBallot(text: string): BallotWords {
  const named = readLeadingNumber(text);
  if (named?.kind !== 'topic') return choiceOf(text.replace(VERB, ''));
  return { topicNumber: named.value, ...choiceOf(named.rest.replace(VERB, '')) };
}

/** The same for what follows the word 议题 itself: the first number is the topic's. */
export function readTopicBallot(text: string): BallotWords {
  const named = readLeadingNumber(text);
  return named ? { topicNumber: named.value, ...choiceOf(named.rest.replace(VERB, '')) } : {};
}

function choiceOf(text: string): BallotWords {
  const words = text.replace(TRIM, '');
  if (words === '') return {};
  const found = readLeadingNumber(words);
  if (!found || found.kind !== undefined) return { choice: { kind: 'words', words } };
  const after = found.rest.replace(TRIM, '');
  const next = readLeadingNumber(after);
  if (next?.kind === 'topic')
    return { topicNumber: next.value, choice: { kind: 'number', value: found.value } };
  if (next) return { choice: { kind: 'several' } };
  // 1 赞成: the number decides, the word repeats it.
  return { choice: { kind: 'number', value: found.value } };
}

const LONGEST_BARE = 8;

/**
 * A message that is nothing but a number: 1, ①, １, 第一项, 2号. Larger numbers than any poll has options are talk (666).
 * `text` is normalised.
 */
export function readBareNumber(text: string): number | undefined {
  const words = text.replace(TRIM, '');
  if (words.length > LONGEST_BARE) return undefined;
  const found = readLeadingNumber(words);
  if (!found || found.kind !== undefined || found.rest !== '') return undefined;
  return found.value <= 20 ? found.value : undefined;
}

/** The option a choice means: its index, or undefined when there is none or more than one. */
export function optionOf(choice: Choice, options: readonly string[]): number | undefined {
  switch (choice.kind) {
    case 'number':
      return choice.value >= 1 && choice.value <= options.length ? choice.value - 1 : undefined;
    case 'words':
      return optionByWords(choice.words, options);
    case 'several':
      return undefined;
  }
}

/** The option that is named exactly or by a beginning that no other option shares; 投赞成票 and 赞成! count. */
function optionByWords(words: string, options: readonly string[]): number | undefined {
  const wanted = words.replace(/票$/u, '');
  const names = options.map((option) => normalizeCommandText(option));
  const exact = names.findIndex((name) => name === words || name === wanted);
  if (exact >= 0) return exact;
  const starting = names.flatMap((name, option) =>
    wanted !== '' && name.startsWith(wanted) ? [option] : [],
  );
  return starting.length === 1 ? starting[0] : undefined;
}

/** Whether the whole message is the name of an option. */
export function isOptionName(text: string, options: readonly string[]): boolean {
  const words = text.replace(TRIM, '');
  return options.some((option) => normalizeCommandText(option) === words);
}

/** The topic that a quoted message of the bot is about: 【表决】议题#3 … */
export function quotedTopic(quote: { readonly text: string } | undefined): number | undefined {
  const found = /议题\s*[#＃]?\s*(\d{1,7})/u.exec(quote?.text ?? '');
  return found ? Number(found[1]) : undefined;
}

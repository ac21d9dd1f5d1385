import type { Poll } from '#core/poll';
import type { GivenChoice } from '#core/vote-method';
import { readBallotFigures } from '#language/ballot-form';
import { normalizeCommandText } from '#language/normalize';
import { readLeadingNumber } from '#language/references';
import { checkChoice, type CheckedChoice } from '#procedure/choices';

/** What somebody said they choose, before it is known in which poll. */
export type SaidChoice = GivenChoice | { readonly kind: 'words'; readonly words: string };

export interface BallotWords {
  /** 议题3, when it was said. */
  readonly topicNumber?: number;
  readonly said?: SaidChoice;
}

const VERB = /^(?:我|咱)?(?:要|想)?(?:投票|投|选择|选|排序|排|打分|给分|分)?(?:给|了)?[\s:,，：、]*/u;
const TRIM = /^[\s,，:：、;；.。!！「」"“”]+|[\s,，:：、;；.。!！「」"“”]+$/gu;
/** 1 议题3 */
const TOPIC_BEHIND = /^(.*\S)[\s,]*议题\s*#?\s*(\d{1,7})$/u;

/** What follows 投, 投票 or 议题: `议题3 投1`, `1 3 5`, `赞成`, `第一项`, `1 赞成`, `2>1>3`, `1:5 2:3`. `text` is normalised. */
export function readBallot(text: string): BallotWords {
  const named = readLeadingNumber(text);
  if (named?.kind === 'topic') return { topicNumber: named.value, ...saidIn(named.rest) };
  const [, before, number] = TOPIC_BEHIND.exec(text) ?? [];
  if (before !== undefined) return { topicNumber: Number(number), ...saidIn(before) };
  return saidIn(text);
}

/** The same for what follows the word 议题 itself: the first number is the topic's. */
export function readTopicBallot(text: string): BallotWords {
  const named = readLeadingNumber(text);
  return named ? { topicNumber: named.value, ...saidIn(named.rest) } : {};
}

function saidIn(text: string): BallotWords {
  const figures = readBallotFigures(text);
  if (figures) return { said: figures };
  const words = text.replace(VERB, '').replace(TRIM, '');
  if (words === '') return {};
  const found = readLeadingNumber(words);
  // 1 赞成: the number decides, the word repeats it.
  return found && found.kind === undefined
    ? { said: { kind: 'list', values: [found.value] } }
    : { said: { kind: 'words', words } };
}

const LONGEST_BARE = 8;
/** Larger numbers than any poll has options are talk: 666. */
const LARGEST_BARE = 20;

/** Whether figures without a word of voting can be one: 1, ①, 第一项, 1 3 5; not 666, not 2026 12 20. */
export function isBareVote(text: string, figures: GivenChoice): boolean {
  if (figures.kind === 'pairs') return false;
  const isShort = figures.values.length > 1 || text.replace(TRIM, '').length <= LONGEST_BARE;
  return isShort && figures.values.every((value) => value <= LARGEST_BARE);
}

const BETWEEN_NAMES = /[\s,、;>]+|和/u;

/** The figures that the words stand for: options named one by one; undefined when one of them names no option. */
export function givenOf(said: SaidChoice, options: readonly string[]): GivenChoice | undefined {
  if (said.kind !== 'words') return said;
  const whole = optionByWords(said.words, options);
  if (whole !== undefined) return { kind: 'list', values: [whole + 1] };
  const names = said.words.split(BETWEEN_NAMES).filter((name) => name !== '');
  const found = names.flatMap((name) => optionByWords(name, options) ?? []);
  if (found.length === 0 || found.length < names.length) return undefined;
  return { kind: 'list', values: found.map((option) => option + 1) };
}

/** What was said, as a choice of this poll or as what is wrong with it. */
export function checkSaid(poll: Pick<Poll, 'method' | 'options'>, said: SaidChoice): CheckedChoice {
  const given = givenOf(said, poll.options);
  return given ? checkChoice(poll, given) : { ok: false, problem: { kind: 'unclear' } };
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

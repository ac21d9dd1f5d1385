import type { Poll } from '#core/poll';
import type { GivenChoice } from '#core/vote-method';
import { readBallotFigures } from '#language/ballot-form';
import { normalizeCommandText } from '#language/normalize';
import { readLeadingNumber } from '#language/references';
import {
  beginsWithStance,
  isStanceAlone,
  onceOnly,
  sameStance,
  VOTING_VERB,
  withoutThanks,
} from '#language/voting-words';
import { checkChoice, type CheckedChoice } from '#procedure/choices';

/** What somebody said they choose, before it is known in which poll. */
export type SaidChoice = GivenChoice | { readonly kind: 'words'; readonly words: string };

export interface BallotWords {
  /** 议题3, when it was said. */
  readonly topicNumber?: number;
  readonly said?: SaidChoice;
}

const TRIM = /^[\s,，:：、;；.。!！~「」"“”]+|[\s,，:：、;；.。!！~「」"“”]+$/gu;
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

function saidIn(said: string): BallotWords {
  const text = withoutThanks(said);
  const figures = readBallotFigures(text);
  if (figures) return { said: figures };
  return withoutVerb(text) === '' ? {} : { said: { kind: 'words', words: trimmed(text) } };
}

function trimmed(text: string): string {
  return text.replace(TRIM, '');
}

/**
 * What is chosen, with the words of voting in front, without the first, and without any: 投 我选修路. An option may itself
 * begin like one of them: 分期付款. Empty when nothing else is said.
 */
function formsOf(text: string): readonly [string, ...string[]] {
  const whole = trimmed(text);
  const once = trimmed(whole.replace(VOTING_VERB, ''));
  const bare = trimmed(once.replace(VOTING_VERB, ''));
  return [whole, once, bare === '' ? once : bare];
}

function withoutVerb(text: string): string {
  return formsOf(text).at(-1) ?? '';
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

/**
 * The figures that the words stand for; undefined when they name no option, or name one and say something against it.
 * An option may itself begin like a verb or a number: 分期付款, 1部电梯.
 */
export function givenOf(said: SaidChoice, options: readonly string[]): GivenChoice | undefined {
  if (said.kind !== 'words') return said;
  const forms = formsOf(withoutThanks(said.words));
  const whole = first(forms, (form) => namedExactly(form, options) ?? byStance(form, options));
  const option = whole ?? first(forms, (form) => byBeginning(form, options));
  if (option !== undefined) return { kind: 'list', values: [option + 1] };
  return numberedOption(forms.at(-1) ?? '', options) ?? first(forms, (form) => namesIn(form, options));
}

function first<Found>(
  forms: readonly string[],
  find: (form: string) => Found | undefined,
): Found | undefined {
  for (const form of forms) {
    const found = find(form);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Names of options one after the other; undefined when one of them is none. */
function namesIn(words: string, options: readonly string[]): GivenChoice | undefined {
  const names = words.split(BETWEEN_NAMES).filter((name) => name !== '');
  const found = names.flatMap((name) => optionByWords(name, options) ?? []);
  if (found.length === 0 || found.length < names.length) return undefined;
  return { kind: 'list', values: found.map((option) => option + 1) };
}

/** Said of a choice that it is none, or another, or asked: 不, 改, 还是, 吗. */
const DOUBT = /[不没别无非改撤错?？]|反对|弃权|取消|还是|或|吗|呢/u;
const AND = /^(?:和|与|跟|及|再|还有|加|或)\s*/u;
/** 投一票 says that somebody votes, not for what. */
const AMOUNT = /^[^\s第号]{1,4}票/u;
/** What may stand right behind a number without belonging to it. */
const PARTICLE = /^(?:吧|啊|呀|哈|哦|噢|啦|谢|多谢|我|同意|支持|赞)/u;

/** 1 赞成, 1，谢谢: the number decides as long as what follows says nothing else. */
function numberedOption(words: string, options: readonly string[]): GivenChoice | undefined {
  const found = readLeadingNumber(words);
  if (!found || found.kind !== undefined || AMOUNT.test(words)) return undefined;
  const behind = trimmed(found.rest);
  const option = found.value - 1;
  const given: GivenChoice = { kind: 'list', values: [found.value] };
  if (behind === '') return given;
  const named = optionByWords(behind, options);
  if (named !== undefined) return named === option ? given : undefined;
  const isGlued = !/[^\p{L}\p{N}]$/u.test(words.slice(0, words.length - found.rest.length));
  const isOther =
    readLeadingNumber(behind.replace(AND, '')) !== undefined ||
    options.some((name, other) => other !== option && behind.includes(normalizeCommandText(name)));
  return isOther || DOUBT.test(behind) || (isGlued && !PARTICLE.test(behind)) ? undefined : given;
}

/** What was said, as a choice of this poll or as what is wrong with it. */
export function checkSaid(poll: Pick<Poll, 'method' | 'options'>, said: SaidChoice): CheckedChoice {
  const given = givenOf(said, poll.options);
  return given ? checkChoice(poll, given) : { ok: false, problem: { kind: 'unclear' } };
}

/** The option that is named: exactly, by another word for the same stance, or by a beginning. */
function optionByWords(words: string, options: readonly string[]): number | undefined {
  return namedExactly(words, options) ?? byStance(words, options) ?? byBeginning(words, options);
}

/** A beginning that one option alone has; a number is none, whatever an option begins with. */
function byBeginning(words: string, options: readonly string[]): number | undefined {
  const wanted = words.replace(/票$/u, '');
  if (/^\p{N}*$/u.test(wanted)) return undefined;
  const starting = options.flatMap((option, index) =>
    normalizeCommandText(option).startsWith(wanted) ? [index] : [],
  );
  return starting.length === 1 ? starting[0] : undefined;
}

/** 投赞成票 and 赞成！赞成！ name it as well. */
function namedExactly(words: string, options: readonly string[]): number | undefined {
  const wanted = [words, words.replace(/票$/u, ''), onceOnly(words)];
  const index = options.findIndex((option) => wanted.includes(normalizeCommandText(option)));
  return index >= 0 ? index : undefined;
}

/** 同意 is 赞成, and 不同意 反对, where one option alone says so. */
function byStance(words: string, options: readonly string[]): number | undefined {
  const same = sameStance(onceOnly(words));
  const meant = options.flatMap((option, index) =>
    same.includes(normalizeCommandText(option)) ? [index] : [],
  );
  return meant.length === 1 ? meant[0] : undefined;
}

/**
 * How a message without a trigger stands to a poll's options: it is the name of one, with its number or without; it means
 * one by another word (`stance`); or it is about them and says nothing that could be counted (`unclear`).
 */
export function optionSaid(
  said: string,
  options: readonly string[],
): 'name' | 'stance' | 'unclear' | undefined {
  const text = withoutThanks(said);
  const words = withoutVerb(text);
  if (formsOf(text).some((form) => namedExactly(form, options) !== undefined)) return 'name';
  if (byStance(words, options) !== undefined) return 'stance';
  const behind = trimmed(readLeadingNumber(words)?.rest ?? '');
  if ((namedExactly(behind, options) ?? byStance(behind, options)) !== undefined)
    return numberedOption(words, options) ? 'name' : 'unclear';
  const asksStance = options.some((option) => sameStance(normalizeCommandText(option)).length > 0);
  return asksStance && (isStanceAlone(text) || beginsWithStance(text)) ? 'unclear' : undefined;
}

/** Whether a quote may be of a poll: it speaks of a topic, or is a picture, as the opening's is. */
export function isOfPoll(quoted: string): boolean {
  return /议题|^\s*[[［【]?图片[\]］】]?\s*$/u.test(quoted);
}

/** The topic that a quoted message of the bot is about: 【表决】议题#3 …; undefined where it names several. */
export function quotedTopic(quote: { readonly text: string } | undefined): number | undefined {
  const found = [...(quote?.text ?? '').matchAll(/议题\s*[#＃]?\s*(\d{1,7})/gu)].map(([, number]) =>
    Number(number),
  );
  return new Set(found).size === 1 ? found[0] : undefined;
}

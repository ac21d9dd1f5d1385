import { normalizeCommandText } from './normalize.ts';

/** Who says it: for a household one of them speaks. */
const SPEAKER = '(?:(?:我们|咱们|我|咱|俺)家?|全家)';
const VERB = '(?:投票|投|选择|选|排序|排名|排|打分|给分|分)';

/** A word of voting in front: 投, 我选, 我家投, 打分：. Normalised text only. */
export const VOTING_VERB = new RegExp(`^${SPEAKER}?(?:要|想)?${VERB}?(?:给|了)?[\\s:,、]*`, 'u');

const AGREE = ['赞成', '赞同', '同意', '支持'];
const DISAGREE = ['反对', '不赞成', '不赞同', '不同意', '不支持'];
const STANCES: readonly (readonly string[])[] = [AGREE, DISAGREE, ['弃权']];
/** 不反对 says too little to be a vote. The longest first: 不赞成 is not 赞成. */
const STANCE = [...STANCES.flat(), '不反对'].sort((a, b) => b.length - a.length).join('|');

/** What people say instead of a number, also several times over: 赞成, 1 赞成, 我投反对票, 反对！反对！ */
const STANCE_SAID = new RegExp(
  `^(?:\\d{1,2}[\\s.、,:]*)?${SPEAKER}?(?:要|想)?[投选]?\\s*(?:(?:${STANCE})票?[\\s。.!~,、]*){1,4}$`,
  'u',
);

/** 我投赞成，但是太贵: in so few words nobody says it of anything else. */
const CLAIM = new RegExp(`^${SPEAKER}(?:要|想)?投`, 'u');
/** 我投诉, 我投了, 我投票以后: no vote is being cast. */
const NO_CLAIM = /投[诉资入稿影保递放奔靠]|[了过没谁吗?？]|以后|之后|时候|结果|回执/u;
/** 投 and a gap. */
const BEGUN = /^投票?[\s:,、]/u;
const MOST_SAID = 40;

const THANKS = /[\s,，、.。!！~]*(?:谢谢|谢了|多谢|感谢|辛苦)[\p{L}]{0,6}[\s!！。.~]*$/u;

/** 1，谢谢大家 is 1. */
export function withoutThanks(text: string): string {
  return text.replace(THANKS, '');
}

/** A stance and nothing else, whoever it is said to. */
export function isStanceAlone(raw: string): boolean {
  return raw.length <= MOST_SAID && STANCE_SAID.test(normalizeCommandText(raw));
}

const STANCE_FIRST = new RegExp(`^${SPEAKER}?(?:要|想)?[投选]?(?:${STANCE})票?[\\s.。,、!;]`, 'u');

/** A stance and then more: 赞成，但是太贵. */
export function beginsWithStance(raw: string): boolean {
  return raw.length <= MOST_SAID && STANCE_FIRST.test(normalizeCommandText(raw));
}

/** Somebody says in so many words that they vote now: 我投赞成，但是太贵; 我家投1. */
export function claimsVote(raw: string): boolean {
  if (raw.length > MOST_SAID) return false;
  const text = normalizeCommandText(raw);
  return CLAIM.test(text) && !NO_CLAIM.test(text);
}

/** The same, or 投 with something behind it, which the command of that name takes in front of anything it knows. */
export function meansToVote(raw: string): boolean {
  return claimsVote(raw) || BEGUN.test(normalizeCommandText(raw.slice(0, MOST_SAID)));
}

/** The words that a vote begins with, as commands have them. */
export const VOTING_TRIGGERS = ['投', '投票'] as const;

/** 投修路: whether that is an option only the open polls know. */
export function mayNameOption(raw: string): boolean {
  return raw.length <= MOST_SAID && /^投(?!票?了)/u.test(normalizeCommandText(raw));
}

/** The one stance that is said, once or several times over, with 票 or without; else the text as it is. */
export function onceOnly(text: string): string {
  const said = text.match(new RegExp(STANCE, 'gu')) ?? [];
  const isAlone = text.replace(new RegExp(`(?:${STANCE})票?|[\\s。.!~,、]`, 'gu'), '') === '';
  return isAlone && new Set(said).size === 1 ? (said[0] ?? text) : text;
}

/** All words for the same stance: 同意 and 支持 are 赞成. */
export function sameStance(word: string): readonly string[] {
  return STANCES.find((words) => words.includes(word)) ?? [];
}

import type { Card } from '#core/card';
import { graphemesOf, oneLine } from './units.ts';

/** How much each part of a vendor's card holds: signs for texts, a number for lists. */
export interface CardCaps {
  readonly title: number;
  readonly description: number;
  readonly source: number;
  readonly factLabel: number;
  readonly factValue: number;
  readonly emphasisValue: number;
  readonly emphasisLabel: number;
  readonly linkLabel: number;
  readonly option: number;
  readonly button: number;
  readonly facts: number;
  readonly options: number;
  readonly buttons: number;
}

const SHARED_CAPS = {
  source: 13,
  factLabel: 5,
  linkLabel: 13,
  button: 10,
  facts: 6,
  options: 20,
  buttons: 6,
} as const;

/** Caps that vendors suggest, by kind of sender; the web channel draws cards under those of `robot`. */
export const CARD_CAPS = {
  /** Group robot and webhook. */
  robot: {
    ...SHARED_CAPS,
    title: 26,
    description: 30,
    factValue: 26,
    emphasisValue: 10,
    emphasisLabel: 15,
    option: 11,
  },
  /** An application of the organisation. */
  app: {
    ...SHARED_CAPS,
    title: 36,
    description: 44,
    factValue: 30,
    emphasisValue: 14,
    emphasisLabel: 22,
    option: 17,
  },
} as const satisfies Record<string, CardCaps>;

function cutToSigns(text: string, signs: number): string {
  const graphemes = graphemesOf(oneLine(text));
  return graphemes.length <= signs
    ? graphemes.join('')
    : `${graphemes
        .slice(0, signs - 1)
        .join('')
        .trimEnd()}…`;
}

/**
 * The card as a vendor draws it whole: longer texts end with …, longer lists lose their end. What is left out stays
 * in the message's text and behind the link. What a button says is never cut.
 */
export function fitCard(card: Card, caps: CardCaps): Card {
  const isBallot = card.purpose === 'choice';
  const { description, source, emphasis, link } = card;
  return {
    purpose: card.purpose,
    title: cutToSigns(card.title, caps.title),
    ...(description !== undefined && { description: cutToSigns(description, caps.description) }),
    ...(source && { source: { ...source, text: cutToSigns(source.text, caps.source) } }),
    ...(emphasis && {
      emphasis: {
        value: cutToSigns(emphasis.value, caps.emphasisValue),
        label: cutToSigns(emphasis.label, caps.emphasisLabel),
      },
    }),
    facts: card.facts.slice(0, caps.facts).map(({ label, value }) => ({
      label: cutToSigns(label, caps.factLabel),
      value: cutToSigns(value, caps.factValue),
    })),
    choices: card.choices.slice(0, isBallot ? caps.options : caps.buttons).map(({ label, say }) => ({
      label: cutToSigns(label, isBallot ? caps.option : caps.button),
      say,
    })),
    ...(link && { link: { ...link, label: cutToSigns(link.label, caps.linkLabel) } }),
  };
}

type Mark = (text: string) => string;

/** Bare digits are offered for ballots only; any other choice is words to copy. */
function choiceLines(card: Card, mark: Mark): string[] {
  if (card.choices.length === 0) return [];
  if (card.purpose === 'choice') return ['回复数字：', ...card.choices.map(({ label }) => mark(label))];
  return card.choices.map(({ label, say }) =>
    label === say ? `回复「${mark(say)}」` : `${mark(label)}：回复「${mark(say)}」`,
  );
}

function bodyLines(card: Card, mark: Mark): string[] {
  const { description, emphasis, facts } = card;
  return [
    ...(description === undefined ? [] : [mark(description)]),
    ...(emphasis ? [`${mark(emphasis.value)} ${mark(emphasis.label)}`] : []),
    ...facts.map(({ label, value }) => `${mark(label)}：${mark(value)}`),
    ...choiceLines(card, mark),
  ];
}

/** The card as a plain message: every fact, uncut. */
export function cardAsPlainText(card: Card): string {
  const { source, link } = card;
  return [
    ...(source ? [oneLine(source.text)] : []),
    oneLine(card.title),
    ...bodyLines(card, oneLine),
    ...(link ? [`${link.label}：${link.url}`] : []),
  ].join('\n');
}

const MARKDOWN_SIGNS: Readonly<Record<string, string>> = {
  '*': '＊',
  _: '＿',
  '`': '｀',
  '~': '∼',
  '[': '［',
  ']': '］',
  '<': '＜',
  '>': '＞',
  '|': '｜',
  '\\': '＼',
};

/**
 * A text that no markdown reader takes for markup. Signs are replaced by their wide twins and not escaped: vendors
 * show the backslashes.
 */
export function plainInMarkdown(text: string): string {
  return oneLine(text)
    .replace(/[*_`~[\]<>|\\]/gu, (sign) => MARKDOWN_SIGNS[sign] ?? sign)
    .replace(/^[#+-]+(?=\s)/u, '·')
    .replace(/^(\d+)\.(?=\s)/u, '$1、');
}

/** The card as markdown, for channels that read it: every fact, uncut. */
export function cardAsMarkdown(card: Card): string {
  const { source, link } = card;
  return [
    ...(source ? [`> ${plainInMarkdown(source.text)}`] : []),
    `**${plainInMarkdown(card.title)}**`,
    ...bodyLines(card, plainInMarkdown),
    ...(link ? [`[${plainInMarkdown(link.label)}](${link.url})`] : []),
  ].join('\n\n');
}

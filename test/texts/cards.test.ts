import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card } from '#core/card';
import { publicityCard, noticeCard, resultCard } from '#texts/announcement-cards';
import { assignmentCard } from '#texts/assignment-card';
import {
  CARD_CAPS,
  cardAsMarkdown,
  cardAsPlainText,
  fitCard,
  plainInMarkdown,
  type CardCaps,
} from '#texts/cards';
import { ratingCard, similarCard } from '#texts/concern-cards';
import { rsvpCard } from '#texts/meeting-cards';
import { confirmCard, pollCard } from '#texts/poll-cards';
import { pollFigures } from '#texts/poll-figures';
import { graphemesOf, oneLine } from '#texts/units';

const link = 'https://yishi.example.cn/x';
const long = fc.string({ unit: 'grapheme', minLength: 60, maxLength: 60 });

/** One card of each purpose with this text wherever people's words go. */
function cardsOf(words: string): Card[] {
  const options = [words, '反对', `${words}二`];
  const counted = {
    roll: 120,
    voted: 98,
    quorum: 80,
    valid: true,
    checks: [],
    rules: { threshold: 'plurality' },
    unit: '户',
    method: { kind: 'single' },
    leading: 0,
    options: pollFigures(
      { method: { kind: 'single' }, options, unit: '户' },
      { counts: [0, 1, 2], voters: 3 },
    ),
  } as const;
  const single = { method: { kind: 'single' }, options } as const;
  const budget = {
    method: { kind: 'budget', limit: 9, costs: [1, 2, 3], unit: '万元' },
    options,
  } as const;
  return [
    ...[single, budget].map((poll) =>
      pollCard({ topicNumber: 3, title: words, electorate: words, closes: '12月20日（周日）18:00', poll }),
    ),
    similarCard({ number: 9, title: words }),
    ratingCard(12),
    rsvpCard({ number: 4, title: words, starts: '12月22日（周二）19:00', room: words, invited: words }),
    confirmCard({ title: words, label: '发给6个群', say: '确认 8842' }),
    assignmentCard({
      number: 5,
      action: words,
      responsible: { unit: words, name: words },
      due: '12月30日（周三）',
      topicNumber: 3,
      light: 'yellow',
      standing: '还剩3个工作日',
      link,
    }),
    noticeCard({ number: 8, text: words, from: words, link }),
    publicityCard({
      topicNumber: 3,
      title: words,
      range: '12月23日至27日',
      items: [{ action: words, ownerName: words, due: '12月30日' }],
      link,
    }),
    resultCard({ ...counted, topicNumber: 3, title: words, nextStep: words, link }),
  ];
}

function factsOf(card: Card): string[] {
  const { description, source, emphasis, link: to } = card;
  return [
    card.title,
    ...(description === undefined ? [] : [description]),
    ...(source ? [source.text] : []),
    ...(emphasis ? [emphasis.value, emphasis.label] : []),
    ...card.facts.flatMap(({ label, value }) => [label, value]),
    ...card.choices.map(({ label }) => label),
    ...(to ? [to.url] : []),
  ].map(oneLine);
}

function tooLong(card: Card, caps: CardCaps): string[] {
  const over = (text: string | undefined, cap: number): boolean =>
    text !== undefined && graphemesOf(text).length > cap;
  const isBallot = card.purpose === 'choice';
  const checks: [string, boolean][] = [
    ['title', over(card.title, caps.title)],
    ['description', over(card.description, caps.description)],
    ['source', over(card.source?.text, caps.source)],
    [
      'emphasis',
      over(card.emphasis?.value, caps.emphasisValue) || over(card.emphasis?.label, caps.emphasisLabel),
    ],
    [
      'facts',
      card.facts.length > caps.facts ||
        card.facts.some((fact) => over(fact.label, caps.factLabel) || over(fact.value, caps.factValue)),
    ],
    ['choices', card.choices.length > (isBallot ? caps.options : caps.buttons)],
    ['labels', card.choices.some(({ label }) => over(label, isBallot ? caps.option : caps.button))],
    ['link', over(card.link?.label, caps.linkLabel)],
  ];
  return checks.filter(([, isOver]) => isOver).map(([part]) => part);
}

describe('a card', () => {
  it('has a plain twin with all its facts', () => {
    fc.assert(
      fc.property(long, (words) => {
        for (const card of cardsOf(words)) {
          const twin = cardAsPlainText(card);
          expect(factsOf(card).filter((fact) => !twin.includes(fact))).toEqual([]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('has a markdown twin with all its facts', () => {
    fc.assert(
      fc.property(long, (words) => {
        for (const card of cardsOf(words)) {
          const twin = cardAsMarkdown(card);
          expect(
            factsOf(card).filter((fact) => !twin.includes(fact) && !twin.includes(plainInMarkdown(fact))),
          ).toEqual([]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('fits what a vendor draws', () => {
    fc.assert(
      fc.property(long, fc.constantFrom(...Object.values(CARD_CAPS)), (words, caps) => {
        for (const card of cardsOf(words)) expect(tooLong(fitCard(card, caps), caps)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('holds at most twenty options', () => {
    const options = Array.from({ length: 25 }, (_, index) => `方案${index + 1}`);
    const card = pollCard({
      topicNumber: 3,
      title: '电梯',
      electorate: '业主',
      closes: '12月20日（周日）18:00',
      poll: { method: { kind: 'single' }, options },
    });
    expect(fitCard(card, CARD_CAPS.robot).choices).toHaveLength(20);
    expect(cardAsPlainText(card)).toContain('方案25');
  });

  it('says whole commands with their numbers', () => {
    const says = cardsOf('电梯').flatMap((card) => card.choices.map(({ say }) => say));
    expect(says).toEqual([
      ...[
        '议题3 投1',
        '议题3 投2',
        '议题3 投3',
        '附议 9',
        '另记',
        '评价 12 满意',
        '评价 12 基本满意',
        '评价 12 不满意',
      ],
      ...['报名 4', '请假 4', '确认 8842'],
    ]);
  });

  it('keeps what its buttons say when it is cut', () => {
    const [ballot] = cardsOf('很长的选项'.repeat(12));
    expect(ballot && fitCard(ballot, CARD_CAPS.robot).choices.map(({ say }) => say)).toEqual(
      ballot?.choices.map(({ say }) => say),
    );
  });

  it('offers bare digits for ballots only', () => {
    const others = cardsOf('电梯').filter(({ purpose }) => purpose !== 'choice');
    expect(others.filter((card) => /回复数字/u.test(cardAsPlainText(card)))).toEqual([]);
  });
});

describe("people's words in markdown", () => {
  it('are text whatever they hold', () => {
    expect(plainInMarkdown('**粗** [点我](http://x) <img> `a`')).toBe(
      '＊＊粗＊＊ ［点我］(http://x) ＜img＞ ｀a｀',
    );
    expect(plainInMarkdown('# 标题')).toBe('· 标题');
    expect(plainInMarkdown('1. 一')).toBe('1、 一');
    expect(plainInMarkdown('诉求#12')).toBe('诉求#12');
  });
});

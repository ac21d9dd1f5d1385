import type { Card } from '#core/card';
import { RATING_WORDS } from './words.ts';

/** The two buttons under concern.similar: the same matter, or not. */
export function similarCard({ number, title }: { number: number; title: string }): Card {
  return {
    purpose: 'similar',
    title: `像诉求#${number}`,
    description: title,
    facts: [],
    choices: [
      { label: `附议#${number}`, say: `附议 ${number}` },
      { label: '不是一件事', say: '另记' },
    ],
  };
}

/** The three buttons under an answer; none stands out. */
export function ratingCard(number: number): Card {
  const words = [RATING_WORDS.satisfied, RATING_WORDS.basically, RATING_WORDS.dissatisfied];
  return {
    purpose: 'rating',
    title: `诉求#${number}有结果了`,
    facts: [],
    choices: words.map((word) => ({ label: word, say: `评价 ${number} ${word}` })),
  };
}

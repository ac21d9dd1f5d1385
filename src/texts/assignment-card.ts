import type { Card } from '#core/card';
import type { Light } from '#core/outcome';
import { LIGHT_WORDS, staffWords, type Staff } from './words.ts';

const LIGHT_TONES = { green: 'neutral', yellow: 'attention', red: 'late' } as const;

/** An assignment with its light; reporting and asking for more time need words, so they open a page. */
export function assignmentCard(data: {
  number: number;
  action: string;
  responsible: Staff;
  due: string;
  topicNumber: number;
  light: Light;
  /** 还剩3个工作日 */
  standing: string;
  link?: string | undefined;
}): Card {
  const { link } = data;
  return {
    purpose: 'assignment',
    title: `T${data.number} ${data.action}`,
    description: `办好发「办结 T${data.number}」加一句说明，来不及发「延期 T${data.number}」加理由`,
    source: { text: `${LIGHT_WORDS[data.light].word} ${data.standing}`, tone: LIGHT_TONES[data.light] },
    facts: [
      { label: '负责', value: staffWords(data.responsible) },
      { label: '期限', value: data.due },
      { label: '来由', value: `议题#${data.topicNumber}` },
    ],
    choices: [],
    ...(link !== undefined && { link: { label: '办结、延期', url: link } }),
  };
}

import type { Card } from '#core/card';

/** What a ballot card shows. */
export interface PollCardData {
  readonly topicNumber: number;
  readonly title: string;
  readonly electorate: string;
  readonly closes: string;
  readonly options: readonly string[];
  /** Where one votes unseen. */
  readonly link?: string | undefined;
}

/** The ballot: one choice an option. What a press says holds the topic's number, so that it fits one poll only. */
export function pollCard({ topicNumber, title, electorate, closes, options, link }: PollCardData): Card {
  return {
    purpose: 'choice',
    title: `议题#${topicNumber} ${title}`,
    description: `${closes}截止，可以改`,
    facts: [{ label: '谁来投', value: electorate }],
    choices: options.map((option, index) => ({
      label: `${index + 1} ${option}`,
      say: `议题${topicNumber} 投${index + 1}`,
    })),
    ...(link !== undefined && { link: { label: '不公开投', url: link } }),
  };
}

/** The same card after the poll has closed: nothing left to press. */
export function closedPollCard(data: PollCardData): Card {
  return { ...pollCard(data), description: `${data.closes}已截止`, choices: [] };
}

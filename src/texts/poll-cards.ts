import type { Card } from '#core/card';

interface BallotCard {
  readonly topicNumber: number;
  readonly title: string;
  readonly electorate: string;
  readonly closes: string;
  readonly options: readonly string[];
}

/** One press votes; what a press says names the topic, so that two open polls are never mixed up. */
export function pollCard({ topicNumber, title, electorate, closes, options }: BallotCard): Card {
  return {
    purpose: 'choice',
    title: `议题#${topicNumber} ${title}`,
    description: `${closes}截止，可以改`,
    facts: [{ label: '谁能投', value: electorate }],
    choices: options.map((option, index) => ({
      label: `${index + 1} ${option}`,
      say: `议题${topicNumber} 投${index + 1}`,
    })),
  };
}

/** The button under a preview: the words that confirm it. */
export function confirmCard({ title, label, say }: { title: string; label: string; say: string }): Card {
  return { purpose: 'confirm', title, facts: [], choices: [{ label, say }] };
}

/** The same for a step of a topic that goes to groups: 表决, 开会, 公示. */
export function confirmTopicCard(topicNumber: number, command: string, groups: number): Card {
  const [title, label] = [`议题#${topicNumber}`, `发给${groups}个群`];
  return confirmCard({ title, label, say: `确认${command} ${topicNumber}` });
}

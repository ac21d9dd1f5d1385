import type { Card } from '#core/card';
import { howToVote, optionLabels, type Ballot } from './method-words.ts';

interface BallotCard {
  readonly topicNumber: number;
  readonly title: string;
  readonly electorate: string;
  readonly closes: string;
  readonly poll: Ballot;
}

/**
 * Where one option is a whole vote, one press votes; what it says names the topic, so that two open polls are never
 * mixed up. Every other way to choose needs words: the card shows the options and an example.
 */
export function pollCard({ topicNumber, title, electorate, closes, poll }: BallotCard): Card {
  const { kind } = poll.method;
  const isOnePress = kind === 'forAgainst' || kind === 'single';
  const labels = optionLabels(poll).map((option, index) => ({ number: index + 1, option }));
  const who = { label: '谁能投', value: electorate };
  return {
    purpose: isOnePress ? 'choice' : 'announcement',
    title: `议题#${topicNumber} ${title}`,
    description: isOnePress ? `${closes}截止，可以改` : `${howToVote(poll)}，${closes}截止`,
    facts: isOnePress
      ? [who]
      : [who, ...labels.map(({ number, option }) => ({ label: `${number}`, value: option }))],
    choices: isOnePress
      ? labels.map(({ number, option }) => ({
          label: `${number} ${option}`,
          say: `议题${topicNumber} 投${number}`,
        }))
      : [],
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

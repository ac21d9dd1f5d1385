import type { Card } from '#core/card';

interface DelegationCard {
  readonly topicNumber: number;
  readonly voter: string;
  readonly decline: string;
  readonly closes: string;
}

/** The button of whoever was authorised and does not want to vote for somebody else. */
export function delegationCard({ topicNumber, voter, decline, closes }: DelegationCard): Card {
  return {
    purpose: 'confirm',
    title: `议题#${topicNumber} 有人委托您投票`,
    facts: [
      { label: '委托人', value: voter },
      { label: '截止', value: closes },
    ],
    choices: [{ label: '退回委托', say: decline }],
  };
}

import type { Card } from '#core/card';

interface RsvpCard {
  readonly number: number;
  readonly title: string;
  readonly starts: string;
  readonly room: string;
  readonly invited: string;
}

/** The two buttons under an invitation. */
export function rsvpCard({ number, title, starts, room, invited }: RsvpCard): Card {
  return {
    purpose: 'rsvp',
    title: `协商会#${number} ${title}`,
    facts: [
      { label: '时间', value: starts },
      { label: '地点', value: room },
      { label: '请了', value: invited },
    ],
    choices: [
      { label: '报名', say: `报名 ${number}` },
      { label: '请假', say: `请假 ${number}` },
    ],
  };
}

import type { Poll } from '#core/poll';
import type { RollEntry } from '#core/roll';

type Called = Pick<RollEntry, 'label' | 'building' | 'unit' | 'room'>;

/** What a holder says to vote for this voter: 代投 议题3 3-2-501 1, with the name where the voter is a person. */
export function sayFor(poll: Pick<Poll, 'topicNumber'>, voter: Called): string {
  return `代投 议题${poll.topicNumber} ${calledInWords(voter)} 1`;
}

/** What a holder says not to vote for this voter: 退回委托 议题3 3-2-501. */
export function sayDecline(poll: Pick<Poll, 'topicNumber'>, voter: Called): string {
  return `退回委托 议题${poll.topicNumber} ${calledInWords(voter)}`;
}

function calledInWords({ building = '', unit = '', room = '', label = '' }: Called): string {
  const door = [building, unit, room].filter((part) => part !== '').join('-');
  const name = nameIn(label);
  if (door === '') return label;
  return name === undefined ? door : `${door} ${name}`;
}

/** The person's name behind the door: 3号楼2单元501 王芳. */
export function nameIn(label: string): string | undefined {
  return / (\S+)$/u.exec(label)?.[1];
}

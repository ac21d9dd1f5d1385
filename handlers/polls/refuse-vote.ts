import { replyPrivately, type MessageContext } from '#core/command';
import type { Decision } from '#core/decision';
import type { Poll } from '#core/poll';
import type { ChoiceProblem } from '#core/vote-method';
import { ballotTexts } from '#texts/ballot-texts';
import { choiceTexts } from '#texts/choice-texts';
import { joinedTexts } from '#texts/joined-texts';
import { notOnRollTexts } from '#texts/not-on-roll-texts';
import { pollTexts } from '#texts/poll-texts';
import { isStruck } from './join-voters.ts';
import { closesWords } from './poll-words.ts';

/** Why a vote did not count, one-to-one where possible; it says nothing private, so the group may see it. */
export function refuse(context: MessageContext, event: string, text: string): Decision {
  return replyPrivately(context, text, event, text);
}

/** The answer where the message was sent after the end, or the poll was annulled; undefined while it can be voted in. */
export function refusedAsOver(context: MessageContext, poll: Poll): Decision | undefined {
  const { topicNumber, title, annulledReason: reason = '', state } = poll;
  if (state === 'annulled')
    return refuse(context, 'ballot.annulled', pollTexts.annulled({ topicNumber, title, reason }));
  if (state === 'open' && context.message.sentAt <= poll.closesAt) return undefined;
  const closed = closesWords(poll, context.now, context.place);
  return refuse(
    context,
    'ballot.late',
    ballotTexts.late({ topicNumber, closed, announced: state === 'closed' }),
  );
}

/** Who is on no roll, or was struck from it: why, and what they can do. */
export function refusedStranger(context: MessageContext, poll: Poll): Decision {
  const { topicNumber, electorate } = poll;
  const contact = context.place.dutyContact;
  const text = notOnRollTexts.notOnRoll({ topicNumber, electorate, contact, roll: poll });
  if (!isStruck(poll, context.person.id)) return refuse(context, 'ballot.notOnRoll', text);
  // That two accounts are one person is theirs to tell: a group reads what every stranger is told.
  return replyPrivately(context, joinedTexts.voteElsewhere({ topicNumber, contact }), 'ballot.joined', text);
}

export function refusedChoice(context: MessageContext, poll: Poll, problem: ChoiceProblem): Decision {
  const text = choiceTexts.refused({ topicNumber: poll.topicNumber, poll, problem });
  return refuse(context, 'ballot.invalid', text);
}

import type { MessageContext } from '#core/command';
import { standsOver } from '#core/ballot-order';
import type { Dispatch } from '#core/decision';
import type { Ballot, Poll } from '#core/poll';
import type { RollEntry } from '#core/roll';
import { rollTexts } from '#texts/roll-texts';
import type { PollDeps } from './poll-deps.ts';
import { closesWords } from './poll-words.ts';

/**
 * One-to-one to the other members when one of a household changed its ballot: that it was changed, never to what. Nobody
 * is told of a first vote, nor of one's own change.
 */
export async function tellHousehold(
  { people }: Pick<PollDeps, 'people'>,
  context: MessageContext,
  poll: Poll,
  { personIds }: RollEntry,
  { before, after }: { readonly before: Ballot | undefined; readonly after: Omit<Ballot, 'receipt'> },
): Promise<Dispatch[]> {
  const isOthers = before !== undefined && before.personId !== after.personId;
  if (!isOthers || standsOver(before, after)) return [];
  // What an authorised voter chose is not said, not even by keeping silent.
  if (before.path !== 'proxy' && before.choice.join() === after.choice.join()) return [];
  const others = personIds.filter((id) => id !== context.person.id);
  const direct = await people.directOf(others);
  const closes = closesWords(poll, context.now, context.place);
  const text = rollTexts.changedByMember({ topicNumber: poll.topicNumber, closes });
  return [...direct].map(([personId, to]) => ({
    key: `ballot-changed:${context.requestId}:${personId}`,
    to,
    body: { text },
    expiresAt: poll.closesAt,
  }));
}

import { replyPrivately, type MessageContext } from '#core/command';
import { NOTHING, type Decision } from '#core/decision';
import type { Poll, PollStore } from '#core/poll';
import { delegationTexts } from '#texts/delegation-texts';
import { pollTexts } from '#texts/poll-texts';
import { systemTexts } from '#texts/system-texts';
import { findPoll } from './find-poll.ts';
import { refuse, refusedAsOver } from './refuse-vote.ts';

type Found = { readonly poll: Poll } | { readonly refused: Decision };

/**
 * The open poll that a word about a delegation means: the one named, else the only one open for this person whose rules
 * allow it.
 */
export async function findProxyPoll(
  polls: Pick<PollStore, 'openInGroup' | 'openFor' | 'byTopicNumber' | 'list'>,
  context: MessageContext,
  command: string,
  topicNumber?: number,
): Promise<Found> {
  const found = await findPoll(polls, context, { topicNumber });
  if (found.kind === 'unknown') {
    const text = systemTexts.numberUnknown({ kind: 'topic', number: found.topicNumber });
    return { refused: refuse(context, 'number.unknown', text) };
  }
  if (found.kind === 'none') return { refused: refuse(context, 'poll.noneOpen', pollTexts.noneOpen()) };
  const open = found.kind === 'one' ? [found.poll] : found.polls;
  const allowing = open.filter(({ rules }) => rules.proxiesPerHolder !== undefined);
  const [poll = open[0], ...others] = allowing;
  if (!poll) return { refused: refuse(context, 'poll.noneOpen', pollTexts.noneOpen()) };
  if (others.length > 0) {
    const topics = allowing.map((one) => one.topicNumber);
    return { refused: refuse(context, 'number.ambiguous', delegationTexts.whichPoll({ command, topics })) };
  }
  const over = refusedAsOver(context, poll);
  if (over) return { refused: over };
  if (poll.rules.proxiesPerHolder !== undefined) return { poll };
  const text = delegationTexts.refused({ topicNumber: poll.topicNumber, why: 'notAllowed' });
  return { refused: refuse(context, 'delegation.notAllowed', text) };
}

/** Who votes for whom is no matter for a group: what to do when it is said there; undefined one-to-one. */
export function notInGroup(context: MessageContext): Decision | undefined {
  if (!context.group) return undefined;
  if (!context.message.mentionsBot) return { ...NOTHING, event: 'ignored.unaddressed' };
  const text = delegationTexts.askPrivately();
  return replyPrivately(context, text, 'delegation.notHere', text);
}

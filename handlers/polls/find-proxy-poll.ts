import { replyPrivately, type MessageContext } from '#core/command';
import { NOTHING, type Decision } from '#core/decision';
import type { Poll, PollStore } from '#core/poll';
import { delegationTexts } from '#texts/delegation-texts';
import { pollTexts } from '#texts/poll-texts';
import { systemTexts } from '#texts/system-texts';
import { findPoll } from './find-poll.ts';
import { refuse, refusedAsOver } from './refuse-vote.ts';

type Found = { readonly poll: Poll } | { readonly refused: Decision };

interface Wanted {
  readonly command: string;
  readonly topicNumber?: number | undefined;
  /** Of several the ones that are meant: those in which there is something that the words can be about. */
  readonly isMeant?: (poll: Poll) => Promise<boolean>;
}

/**
 * The open poll that a word about a delegation means: the one named, else the only one open for this person whose rules
 * allow it.
 */
export async function findProxyPoll(
  polls: Pick<PollStore, 'openInGroup' | 'openFor' | 'byTopicNumber' | 'list'>,
  context: MessageContext,
  { command, topicNumber, isMeant }: Wanted,
): Promise<Found> {
  const found = await findPoll(polls, context, { topicNumber });
  if (found.kind === 'unknown') {
    const text = systemTexts.numberUnknown({ kind: 'topic', number: found.topicNumber });
    return { refused: refuse(context, 'number.unknown', text) };
  }
  if (found.kind === 'none') return { refused: refuse(context, 'poll.noneOpen', pollTexts.noneOpen()) };
  const open = found.kind === 'one' ? [found.poll] : found.polls;
  const allowing = await narrowed(
    open.filter(({ rules }) => rules.proxiesPerHolder !== undefined),
    isMeant,
  );
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

/** All of them where none or no one is meant more than the others. */
async function narrowed(
  polls: readonly Poll[],
  isMeant: Wanted['isMeant'] = async () => true,
): Promise<readonly Poll[]> {
  if (polls.length < 2) return polls;
  const meant = await Promise.all(polls.map(isMeant));
  return meant.includes(true) ? polls.filter((_, index) => meant[index]) : polls;
}

/** Who votes for whom is no matter for a group: what to do when it is said there; undefined one-to-one. */
export function notInGroup(context: MessageContext): Decision | undefined {
  if (!context.group) return undefined;
  if (!context.message.mentionsBot) return { ...NOTHING, event: 'ignored.unaddressed' };
  const text = delegationTexts.askPrivately();
  return replyPrivately(context, text, 'delegation.notHere', text);
}

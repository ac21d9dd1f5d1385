import { DAY_MS, MINUTE_MS } from '#core/clock';
import type { MessageContext } from '#core/command';
import type { Poll, PollStore } from '#core/poll';

/** Which poll a message is about. */
export type FoundPoll =
  | { readonly kind: 'one'; readonly poll: Poll }
  /** Several are open here and none was named, or one-to-one polls of several places have the number that was named. */
  | { readonly kind: 'several'; readonly polls: readonly Poll[] }
  /** A topic was named that has no poll here. */
  | { readonly kind: 'unknown'; readonly topicNumber: number }
  | { readonly kind: 'none' };

type Reads = Pick<PollStore, 'openInGroup' | 'openFor' | 'byTopicNumber' | 'list'>;

/** How long after its end a poll is still what people mean: by a bare number, and by words such as 投 1. */
export const ECHO_MS = { bare: 10 * MINUTE_MS, said: 7 * DAY_MS } as const;

/**
 * The poll that is meant: the one named, else the only one open in the group, or one-to-one the only open one with
 * the person on its roll. Just after the end the poll that ended is meant, so that late votes get an answer.
 */
export async function findPoll(
  polls: Reads,
  context: MessageContext,
  { topicNumber, echoMs = ECHO_MS.said }: { topicNumber?: number | undefined; echoMs?: number } = {},
): Promise<FoundPoll> {
  const open = await openHere(polls, context);
  if (topicNumber !== undefined) return named(polls, context, open, topicNumber);
  const [first] = open;
  if (first) return open.length === 1 ? { kind: 'one', poll: first } : { kind: 'several', polls: open };
  const ended = await justEnded(polls, context, echoMs);
  return ended ? { kind: 'one', poll: ended } : { kind: 'none' };
}

function openHere(polls: Reads, { group, person }: MessageContext): Promise<readonly Poll[]> {
  return group ? polls.openInGroup(group.id) : polls.openFor(person.id);
}

/** In a group only polls of its place and of those above it: another community's poll may have the same number. */
async function named(
  polls: Reads,
  context: MessageContext,
  open: readonly Poll[],
  topicNumber: number,
): Promise<FoundPoll> {
  const { place, group } = context;
  const here = open.filter((poll) => poll.topicNumber === topicNumber);
  // Nearly always it is here: the other look costs a query a person.
  const [first, ...others] = here.length > 0 || !group ? here : await elsewhere(polls, context, topicNumber);
  if (first && others.length > 0) return { kind: 'several', polls: [first, ...others] };
  const poll = first ?? (await polls.byTopicNumber(place.id, topicNumber));
  return poll ? { kind: 'one', poll } : { kind: 'unknown', topicNumber };
}

async function elsewhere(polls: Reads, { person, place }: MessageContext, topicNumber: number) {
  const reach = [place.id, ...place.ancestorIds];
  const open = await polls.openFor(person.id);
  return open.filter((poll) => poll.topicNumber === topicNumber && reach.includes(poll.placeId));
}

async function justEnded(polls: Reads, context: MessageContext, echoMs: number): Promise<Poll | undefined> {
  const { group, place, message } = context;
  if (!group) return undefined;
  const { items } = await polls.list({ placeIds: [place.id], states: ['closed'], limit: 5 });
  return items.find((poll) => {
    const sinceEndMs = message.sentAt.getTime() - poll.closesAt.getTime();
    return poll.groupIds.includes(group.id) && sinceEndMs >= 0 && sinceEndMs < echoMs;
  });
}

import { MINUTE_MS } from '#core/clock';
import { replyPrivately, type MessageContext } from '#core/command';
import { joinDecisions, type Decision, type Dispatch } from '#core/decision';
import type { Person } from '#core/people';
import type { Poll } from '#core/poll';
import { formatMoment } from '#language/dates';
import { toGroups } from '#procedure/broadcast';
import { joiningTexts, type NotJoinedWhy } from '#texts/joining-texts';
import type { RosterDeps } from './roster-deps.ts';

/** An open poll in which two persons have a vote each that a code does not make one. */
export interface UnjoinedPoll {
  readonly poll: Poll;
  readonly why: NotJoinedWhy;
}

/** A poll is counted by then, however late its last messages come. */
const AFTER_END_MS = 10 * MINUTE_MS;

interface Two {
  readonly kept: Person;
  readonly gone: Person;
}

/**
 * Two accounts that are not joined now: who asked is told why and what to do, the secretaries who it is, and both
 * accounts are reminded when the poll is over. However often it is tried, secretaries and reminder come once.
 */
export async function refusedToJoin(
  deps: RosterDeps,
  context: MessageContext,
  two: Two,
  unjoined: UnjoinedPoll,
): Promise<Decision> {
  const { poll, why } = unjoined;
  const { topicNumber } = poll;
  const closes = formatMoment(poll.closesAt, context.now, context.place.timeZone);
  const text = joiningTexts.notJoined({ why, topicNumber, closes, contact: context.place.dutyContact });
  const dispatches = await Promise.all([
    staffTold(deps, two, unjoined),
    remindedAfterEnd(deps, context, two, poll),
  ]);
  return joinDecisions(
    { writes: [], dispatches: dispatches.flat() },
    replyPrivately(context, text, 'identity.bothVote'),
  );
}

/** The same for the two, whichever of them shows the code. */
function keyOf({ kept, gone }: Two, { id }: Poll): string {
  return `${[kept.id, gone.id].sort().join('|')}:${id}`;
}

async function staffTold(deps: RosterDeps, two: Two, { poll, why }: UnjoinedPoll): Promise<Dispatch[]> {
  const secretaries = await deps.groups.inPlace(poll.placeId, 'secretaries');
  const { topicNumber } = poll;
  const text = joiningTexts.notJoinedForStaff({ why, topicNumber, names: [two.kept.name, two.gone.name] });
  return toGroups(
    secretaries,
    `link-refused:${why}:${keyOf(two, poll)}`,
    { text },
    {
      subjectId: `identityLink:${keyOf(two, poll)}`,
    },
  );
}

async function remindedAfterEnd(
  { people }: RosterDeps,
  { place }: MessageContext,
  two: Two,
  poll: Poll,
): Promise<Dispatch[]> {
  const direct = await people.directOf([two.kept.id, two.gone.id]);
  const text = joiningTexts.again({ topicNumber: poll.topicNumber });
  return [...direct].map(([personId, to]) => ({
    key: `link-again:${keyOf(two, poll)}:${personId}`,
    to,
    body: { text },
    notBefore: new Date(poll.closesAt.getTime() + AFTER_END_MS),
    quietZone: place.timeZone,
    placeId: poll.placeId,
  }));
}

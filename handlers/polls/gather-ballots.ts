import { MINUTE_MS } from '#core/clock';
import type { Deadline, DeadlineHandler } from '#core/deadline';
import { NOTHING, type Decision, type Dispatch } from '#core/decision';
import type { Group, Place } from '#core/people';
import type { GatheredLine, Poll } from '#core/poll';
import { gatherGapMs } from '#procedure/gathering';
import { afterQuietHours, isQuiet } from '#procedure/quiet-hours';
import { ballotTexts } from '#texts/ballot-texts';
import type { PollDeps } from './poll-deps.ts';
import { closesWords } from './poll-words.ts';

/**
 * The next look at a group's ballots: a minute after a ballot, but not before the gap since the last look. Each look
 * has a row of its own, so that ballots ask for it again and again and it happens once.
 */
export function nextGathering(
  poll: Pick<Poll, 'id' | 'placeId' | 'gathered'>,
  groupId: string,
  now: Date,
): Deadline {
  const last = poll.gathered?.[groupId];
  const looks = last?.looks ?? 0;
  const soonest = later(now, MINUTE_MS);
  const afterGap = last ? later(last.at, gatherGapMs(looks)) : soonest;
  return {
    id: `poll.gather:${poll.id}:${groupId}:${looks}`,
    kind: 'poll.gather',
    placeId: poll.placeId,
    subjectId: poll.id,
    dueAt: afterGap > soonest ? afterGap : soonest,
    step: looks,
    groupId,
  };
}

const NAMES_SHOWN = 3;

/**
 * One line for all ballots that were sent in a group since the last line. At night it waits for the morning. After a
 * line it looks once more; after a look without news the next ballot asks for one. It ends with the poll.
 */
export function createGatherBallots(deps: PollDeps): DeadlineHandler {
  return async (deadline, now) => {
    const { groupId = '', subjectId, placeId } = deadline;
    const [poll, group, place] = await Promise.all([
      deps.polls.byId(subjectId),
      deps.groups.byId(groupId),
      deps.places.byId(placeId),
    ]);
    if (!poll || !group || !place || poll.state !== 'open' || now >= poll.closesAt) return NOTHING;
    if (isQuiet(now, place.timeZone)) return inTheMorning(deps, deadline, now, place.timeZone);
    const { count, names } = await deps.polls.votersIn(poll, groupId, NAMES_SHOWN);
    const told = poll.gathered?.[groupId]?.voters ?? 0;
    const line: GatheredLine = { voters: count, at: now, looks: deadline.step + 1 };
    const gathered = { ...poll.gathered, [groupId]: line };
    const looked: Decision = {
      writes: [deps.polls.update(poll.id, { gathered }, poll.revision)],
      dispatches: [],
      guarded: true,
    };
    if (count <= told) return { ...looked, event: 'poll.nothingGathered' };
    const shown = { voters: count - told, names: names.slice(0, count - told) };
    const text = await gatheredText(deps, poll, place, now, shown);
    const again = deps.deadlines.setOnce(nextGathering({ ...poll, gathered }, groupId, now));
    return {
      ...looked,
      writes: [...looked.writes, again],
      dispatches: [gatheredDispatch(poll, group, count, text)],
      event: 'poll.gathered',
    };
  };
}

function inTheMorning(deps: PollDeps, deadline: Deadline, now: Date, zone: string): Decision {
  const dueAt = afterQuietHours(now, zone);
  return { writes: [deps.deadlines.again({ ...deadline, dueAt })], dispatches: [], guarded: true };
}

async function gatheredText(
  deps: PollDeps,
  poll: Poll,
  place: Place,
  now: Date,
  shown: { voters: number; names: readonly string[] },
): Promise<string> {
  const turnout = await deps.polls.turnout(poll);
  return ballotTexts.gathered({
    topicNumber: poll.topicNumber,
    ...shown,
    voted: turnout.voters,
    quorum: poll.quorum,
    unit: poll.unit,
    method: poll.method.kind,
    closes: closesWords(poll, now, place),
  });
}

function gatheredDispatch(poll: Poll, group: Group, count: number, text: string): Dispatch {
  return {
    key: `poll-gathered:${poll.id}:${group.id}:${count}`,
    to: group.conversation,
    body: { text },
    groupId: group.id,
    subjectId: poll.id,
    expiresAt: poll.closesAt,
  };
}

function later(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms);
}

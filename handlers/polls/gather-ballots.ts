import type { Deadline, DeadlineHandler } from '#core/deadline';
import { NOTHING, type Decision } from '#core/decision';
import type { Poll } from '#core/poll';
import { gatherGapMs } from '#procedure/gathering';
import { afterQuietHours, isQuiet } from '#procedure/quiet-hours';
import { VOTING_UNIT } from '#procedure/rules';
import { ballotTexts } from '#texts/ballot-texts';
import type { PollDeps } from './poll-deps.ts';
import { closesWords } from './poll-words.ts';

/** The row that gathers a group's ballots into one line; `step` is the number of lines so far. */
export function gatherDeadline(
  poll: Pick<Poll, 'id' | 'placeId'>,
  groupId: string,
  step: number,
  dueAt: Date,
): Deadline {
  return {
    id: `poll.gather:${poll.id}:${groupId}`,
    kind: 'poll.gather',
    placeId: poll.placeId,
    subjectId: poll.id,
    dueAt,
    step,
    groupId,
  };
}

const NAMES_SHOWN = 3;

/**
 * One line for all ballots that were sent in a group since the last line. Without news it looks again later; at night
 * it waits for the morning; it ends with the poll.
 */
export function createGatherBallots(deps: PollDeps): DeadlineHandler {
  return async (deadline, now) => {
    const { groupId = '', subjectId } = deadline;
    const [poll, group, place] = await Promise.all([
      deps.polls.byId(subjectId),
      deps.groups.byId(groupId),
      deps.places.byId(deadline.placeId),
    ]);
    if (!poll || !group || !place || poll.state !== 'open' || now >= poll.closesAt) return NOTHING;
    const again = (step: number, dueAt: Date): Decision => ({
      writes: [deps.deadlines.again({ ...deadline, step, dueAt: afterQuietHours(dueAt, place.timeZone) })],
      dispatches: [],
      guarded: true,
    });
    if (isQuiet(now, place.timeZone)) return again(deadline.step, now);
    const { count, names } = await deps.polls.votersIn(poll.id, groupId, NAMES_SHOWN);
    const voters = count - (poll.gathered?.[groupId]?.voters ?? 0);
    if (voters <= 0) return again(deadline.step, later(now, gatherGapMs(deadline.step)));
    const turnout = await deps.polls.turnout(poll.id);
    const text = ballotTexts.gathered({
      topicNumber: poll.topicNumber,
      voters,
      names: names.slice(0, voters),
      voted: turnout.voters,
      quorum: poll.quorum,
      unit: VOTING_UNIT,
      closes: closesWords(poll, now, place),
    });
    const step = deadline.step + 1;
    const gathered = { ...poll.gathered, [groupId]: { voters: count, at: now } };
    return {
      writes: [
        deps.polls.update(poll.id, { gathered }, poll.revision),
        ...again(step, later(now, gatherGapMs(step))).writes,
      ],
      dispatches: [
        {
          key: `poll-gathered:${poll.id}:${groupId}:${count}`,
          to: group.conversation,
          body: { text },
          groupId,
          subjectId: poll.id,
          expiresAt: poll.closesAt,
        },
      ],
      guarded: true,
      event: 'poll.gathered',
    };
  };
}

function later(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms);
}

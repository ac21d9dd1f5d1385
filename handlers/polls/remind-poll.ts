import type { DeadlineHandler } from '#core/deadline';
import { NOTHING } from '#core/decision';
import { toGroups } from '#procedure/broadcast';
import { pollTexts } from '#texts/poll-texts';
import type { PollDeps } from './poll-deps.ts';
import { closesWords } from './poll-words.ts';

/** Reminds the groups of a poll that ends today, once; nobody when everybody has voted. */
export function createRemindPoll(deps: PollDeps): DeadlineHandler {
  return async ({ subjectId, placeId }, now) => {
    const [poll, place] = await Promise.all([deps.polls.byId(subjectId), deps.places.byId(placeId)]);
    if (!poll || !place || poll.state !== 'open' || now >= poll.closesAt) return NOTHING;
    const { voters, byGroup } = await deps.polls.turnout(poll);
    if (voters >= poll.rollSize) return NOTHING;
    const done = new Set(
      byGroup.filter((group) => group.voters >= group.members).map(({ groupId }) => groupId),
    );
    const groups = (await deps.groups.byIds(poll.groupIds)).filter((group) => !done.has(group.id));
    const text = pollTexts.reminder({
      topicNumber: poll.topicNumber,
      closes: closesWords(poll, now, place),
      poll,
      voted: voters,
      quorum: poll.quorum,
      unit: poll.unit,
    });
    return {
      writes: [],
      dispatches: toGroups(
        groups,
        `poll-reminder:${poll.id}`,
        { text },
        { subjectId: poll.id, expiresAt: poll.closesAt, quietZone: place.timeZone },
      ),
      guarded: true,
      event: 'poll.reminded',
    };
  };
}

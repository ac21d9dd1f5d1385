import type { DeadlineHandler, DeadlineKind } from '#core/deadline';
import { createClosePoll } from './close-poll.ts';
import { createGatherBallots } from './gather-ballots.ts';
import type { PollDeps } from './poll-deps.ts';
import { createRemindPoll } from './remind-poll.ts';

export function createPollDeadlines(deps: PollDeps): Partial<Record<DeadlineKind, DeadlineHandler>> {
  return {
    'poll.gather': createGatherBallots(deps),
    'poll.remind': createRemindPoll(deps),
    'poll.close': createClosePoll(deps),
  };
}

import type { Chance } from '#core/clock';
import type { AnyCommand } from '#core/command';
import type { DeadlineHandler, DeadlineKind } from '#core/deadline';
import { conversationKey } from '#core/message';
import type { DecisionBarrier } from '#core/poll';
import type { ScheduleHandler, ScheduleKind } from '#core/schedule';
import {
  createAssignmentCommands,
  createAssignmentDeadlines,
  createAssignmentUseCases,
} from '#handlers/assignments/commands';
import {
  createConcernCommands,
  createConcernDeadlines,
  createConcernFallbacks,
  createConcernUseCases,
} from '#handlers/concerns/commands';
import { createFeedbackCommands, createFeedbackUseCases } from '#handlers/feedback/commands';
import { createMorningDigest } from '#handlers/digest/morning-digest';
import { createHelpCommands } from '#handlers/help/commands';
import { createMeetingCommands } from '#handlers/meetings/commands';
import { createMeetingDeadlines } from '#handlers/meetings/reminders';
import { createMeetingUseCases } from '#handlers/meetings/use-cases';
import { createNoticeCommands, createNoticeUseCases } from '#handlers/notices/commands';
import { createNoticeDeadlines } from '#handlers/notices/notice-deadlines';
import {
  createOutcomeCommands,
  createOutcomeDeadlines,
  createOutcomeUseCases,
} from '#handlers/outcomes/commands';
import {
  createBareBallot,
  createOptionOr,
  createPageBallot,
  createPageProxyBallot,
} from '#handlers/polls/ballot-commands';
import { createPollCommands } from '#handlers/polls/commands';
import { createPollDeadlines } from '#handlers/polls/deadlines';
import type { PollDeps } from '#handlers/polls/poll-deps';
import { createPollUseCases } from '#handlers/polls/use-cases';
import { createVotePage } from '#handlers/polls/vote-page';
import { createRosterCommands } from '#handlers/roster/commands';
import { createRosterUseCases } from '#handlers/roster/use-cases';
import { createTopicCommands } from '#handlers/topics/commands';
import { createTopicUseCases } from '#handlers/topics/use-cases';
import type { ChannelFacts } from '#procedure/broadcast';

import type { Stores } from './stores.ts';

export interface FeatureDeps {
  readonly stores: Stores;
  readonly chance: Chance;
  readonly channelFacts: ChannelFacts;
  readonly graceMs: number;
  readonly consoleUrl: (path: string) => string;
  readonly votePages: NonNullable<PollDeps['votePages']>;
}

export type Features = ReturnType<typeof createFeatures>;

/** What the product decides: commands for chat, handlers for deadlines, use cases for the console. */
export function createFeatures(deps: FeatureDeps) {
  const { stores } = deps;
  const barrier: DecisionBarrier = {
    passed: async (conversations, before) =>
      !(await stores.inbox.hasUndecidedBefore('any', before)) ||
      !(await stores.inbox.hasUndecidedBefore((await conversations()).map(conversationKey), before)),
  };
  const feedback = createFeedbackUseCases(stores);
  const common = {
    ...stores,
    ...deps,
    pageUrl: deps.consoleUrl,
    barrier,
    proof: stores.delivery,
    answerTopic: feedback.answerTopic,
  };
  const polls = createPollUseCases(common);
  const forRoster = { ...common, joinVoters: polls.joinVoters };
  const fallbacks = createConcernFallbacks(stores);
  const commands: AnyCommand[] = [
    ...createConcernCommands(stores),
    ...createFeedbackCommands(stores),
    ...createTopicCommands(common),
    ...createPollCommands(common),
    ...createMeetingCommands(common),
    ...createOutcomeCommands(common),
    ...createAssignmentCommands(common),
    ...createNoticeCommands(common),
    ...createRosterCommands(forRoster, fallbacks.concern),
  ];
  commands.push(
    ...createHelpCommands({ commands: () => commands, ...stores, consoleUrl: deps.consoleUrl('/console/') }),
  );
  const deadlines: Partial<Record<DeadlineKind, DeadlineHandler>> = {
    ...createConcernDeadlines(stores),
    ...createPollDeadlines(common),
    ...createMeetingDeadlines(common),
    ...createOutcomeDeadlines(common),
    ...createAssignmentDeadlines(common),
    ...createNoticeDeadlines(common),
  };
  const concerns = createConcernUseCases(stores);
  const schedules: Partial<Record<ScheduleKind, ScheduleHandler>> = {
    'digest.morning': createMorningDigest({ ...stores, waiting: concerns.waiting, echo: feedback.echo }),
  };
  return {
    commands,
    fallbacks: {
      ...fallbacks,
      concern: createOptionOr(common, fallbacks.concern),
      bareNumber: createBareBallot(common),
      pageBallot: createPageBallot(common),
      pageProxyBallot: createPageProxyBallot(common),
    },
    deadlines,
    schedules,
    useCases: {
      concerns,
      feedback,
      topics: createTopicUseCases(common),
      polls,
      votePage: createVotePage({ ...common, key: deps.votePages.key }),
      meetings: createMeetingUseCases(common),
      outcomes: createOutcomeUseCases(common),
      assignments: createAssignmentUseCases(common),
      notices: createNoticeUseCases(common),
      roster: createRosterUseCases(forRoster),
    },
  };
}

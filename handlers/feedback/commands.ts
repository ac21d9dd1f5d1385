import type { AnyCommand } from '#core/command';
import { createAnswerCommand, createRedirectCommand } from './answer-commands.ts';
import { createAnswerTopic, createGiveTopicAnswer } from './answer-topic.ts';
import { createAnswerConcerns, createRedirectConcerns } from './answer.ts';
import type { FeedbackDeps } from './deps.ts';
import { createEcho } from './echo.ts';
import { createBareRatingCommands, createRateCommand } from './rate-commands.ts';
import { createRateAnswer } from './rate.ts';

export function createFeedbackCommands(deps: FeedbackDeps): readonly AnyCommand[] {
  return [
    createRateCommand(deps),
    ...createBareRatingCommands(deps),
    createAnswerCommand(deps),
    createRedirectCommand(deps),
  ];
}

export function createFeedbackUseCases(deps: FeedbackDeps) {
  return {
    answer: createAnswerConcerns(deps),
    redirect: createRedirectConcerns(deps),
    /** Port of the assignments: the last one of a topic is done. */
    answerTopic: createAnswerTopic(deps),
    giveTopicAnswer: createGiveTopicAnswer(deps),
    rate: createRateAnswer(deps),
    echo: createEcho(deps),
  };
}

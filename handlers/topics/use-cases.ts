import { createEditTopic, createMoveStage } from './change-topic.ts';
import { createCreateTopic } from './create-topic.ts';
import type { TopicDeps } from './topic-deps.ts';

/** The steps of topics as the console calls them. */
export function createTopicUseCases(deps: TopicDeps) {
  return {
    createTopic: createCreateTopic(deps),
    editTopic: createEditTopic(deps),
    moveStage: createMoveStage(deps),
  };
}

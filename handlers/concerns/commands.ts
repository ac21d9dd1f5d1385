import type { AnyCommand } from '#core/command';
import type { DeadlineHandler, DeadlineKind } from '#core/deadline';
import type { ConcernDeps } from './deps.ts';
import { createEndorseConcern } from './endorse.ts';
import { createEndorseCommand } from './endorse-command.ts';
import { createEnterForCaller } from './enter-for.ts';
import { createMergeConcerns } from './merge.ts';
import { createProgressCommand } from './progress-command.ts';
import { createAskCommand, createConfirmCommand, createRaiseCommand } from './raise-commands.ts';
import { createRaiseConcern } from './raise.ts';
import {
  createEnterForCommand,
  createMergeCommand,
  createQueueCommand,
  createSnoozeCommand,
} from './secretary-commands.ts';
import { createAnotherCommand } from './settle-waiting.ts';
import { createSimilarWaitDeadline } from './similar-wait.ts';
import { createSnoozeConcerns } from './snooze.ts';
import { createSplitCommand } from './split-command.ts';
import { createPhotoCommand, createSupplementCommand } from './supplement-commands.ts';
import { createSupplementConcern } from './supplement.ts';
import { createSplitConcern, createUnmergeConcern } from './take-apart.ts';
import { createReadWaiting } from './waiting.ts';

export function createConcernCommands(deps: ConcernDeps): readonly AnyCommand[] {
  return [
    createRaiseCommand(deps),
    createConfirmCommand(deps),
    createAnotherCommand(deps),
    createEndorseCommand(deps),
    createSupplementCommand(deps),
    createProgressCommand(deps),
    createSplitCommand(deps),
    createQueueCommand(deps),
    createMergeCommand(deps),
    createSnoozeCommand(deps),
    createEnterForCommand(deps),
  ];
}

/** What the router runs without a trigger: free words, a question that may be a concern, and a photo without words. */
export function createConcernFallbacks(deps: ConcernDeps): {
  concern: AnyCommand;
  unsure: AnyCommand;
  photo: AnyCommand;
} {
  return {
    concern: createRaiseCommand(deps),
    unsure: createAskCommand(deps),
    photo: createPhotoCommand(deps),
  };
}

export function createConcernDeadlines(deps: ConcernDeps): Partial<Record<DeadlineKind, DeadlineHandler>> {
  return { 'concern.similarWait': createSimilarWaitDeadline(deps) };
}

export function createConcernUseCases(deps: ConcernDeps) {
  return {
    raise: createRaiseConcern(deps),
    endorse: createEndorseConcern(deps),
    supplement: createSupplementConcern(deps),
    split: createSplitConcern(deps),
    unmerge: createUnmergeConcern(deps),
    merge: createMergeConcerns(deps),
    snooze: createSnoozeConcerns(deps),
    enterFor: createEnterForCaller(deps),
    waiting: createReadWaiting(deps),
  };
}

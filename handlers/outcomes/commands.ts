import { type AnyCommand, defineCommand } from '#core/command';
import type { DeadlineHandler, DeadlineKind } from '#core/deadline';
import { cleanUserText } from '#language/clean-text';
import { isBlankOrEmoji } from '#language/message-frame';
import { outcomeTexts } from '#texts/outcome-texts';
import { createEndPublicity } from './end-publicity.ts';
import { createObject } from './object.ts';
import type { OutcomeDeps } from './outcome-deps.ts';
import { createPrepareOutcomeCommands } from './prepare-outcome.ts';
import { createPreviewOutcome, createPublishOutcome } from './publish-outcome.ts';
import { readObjection, type ObjectionWords } from './read-objection.ts';
import { createAnswerLateObjections, createResolveObjection } from './resolve-objection.ts';

const MAX_REASON_CHARS = 500;
/** Stands in a hint where the person gave no number. */
const EXAMPLE_TOPIC = 3;

/** 异议 for residents; 公示 and 确认公示 for secretaries. */
export function createOutcomeCommands(deps: OutcomeDeps): readonly AnyCommand[] {
  return [objectCommand(deps), ...createPrepareOutcomeCommands(deps)];
}

function objectCommand(deps: OutcomeDeps): AnyCommand {
  const object = createObject(deps);
  return defineCommand<ObjectionWords>({
    name: 'outcome.object',
    triggers: ['异议', '有异议', '我有异议'],
    summary: '对公示有异议（不同意）',
    example: '异议 3 分摊不合理',
    roles: ['resident'],
    parse(_rest, original) {
      const { topicNumber, reason: words } = readObjection(original);
      const reason = cleanUserText(words, { maxChars: MAX_REASON_CHARS }).text;
      if (isBlankOrEmoji(reason)) {
        return {
          ok: false,
          hint: outcomeTexts.objectionReasonMissing({ topicNumber: topicNumber ?? EXAMPLE_TOPIC }),
        };
      }
      return { ok: true, args: { reason, ...(topicNumber !== undefined && { topicNumber }) } };
    },
    run: object,
  });
}

/** What happens to outcomes by itself. */
export function createOutcomeDeadlines(deps: OutcomeDeps): Partial<Record<DeadlineKind, DeadlineHandler>> {
  return { 'publicity.end': createEndPublicity(deps) };
}

/** The steps of outcomes for the console. */
export function createOutcomeUseCases(deps: OutcomeDeps) {
  return {
    preview: createPreviewOutcome(deps),
    publish: createPublishOutcome(deps),
    resolve: createResolveObjection(deps),
    answerLate: createAnswerLateObjections(deps),
  };
}

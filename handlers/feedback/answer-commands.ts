import { type AnyCommand, defineCommand, type MessageContext, replyHere } from '#core/command';
import type { BulkDecision, ConcernStore } from '#core/concern';
import { type Decision, joinDecisions } from '#core/decision';
import { readNumberList } from '#language/references';
import { concernStepTexts } from '#texts/concern-step-texts';
import { systemTexts } from '#texts/system-texts';
import { createAnswerConcerns, createRedirectConcerns } from './answer.ts';
import type { FeedbackDeps } from './deps.ts';
import { type GivenAnswer, readAnswer } from './given-answer.ts';

interface Named {
  readonly numbers: readonly number[];
}

/** 答复 12 办好了：物业换了新灯 */
export function createAnswerCommand(deps: FeedbackDeps): AnyCommand {
  const answer = createAnswerConcerns(deps);
  return defineCommand<Named & { given: GivenAnswer }>({
    name: 'concern.answer',
    triggers: ['答复'],
    summary: '答复提的人和附议的人',
    example: '答复 12 办好了：12月3日换了新灯',
    roles: ['secretary'],
    parse(_rest, original) {
      const read = readNumberList(original);
      if (!read) return { ok: false, hint: numberMissing('答复 12 办好了：12月3日换了新灯') };
      const given = readAnswer(read.rest);
      if (!given) return { ok: false, hint: concernStepTexts.answerHow({ number: read.values[0] ?? 0 }) };
      return { ok: true, args: { numbers: read.values, given } };
    },
    async run(context, { numbers, given }) {
      const { ids, problems } = await idsOf(deps.concerns, context, numbers);
      const decision = await answer(context, { ...given, concernIds: ids });
      return withReply(context, decision, problems, 'concern.answered');
    },
  });
}

/** 转办 12 给 街道城管办 电话 8888 1234 */
export function createRedirectCommand(deps: FeedbackDeps): AnyCommand {
  const redirect = createRedirectConcerns(deps);
  return defineCommand<Named & { to: string; how: string }>({
    name: 'concern.redirect',
    triggers: ['转办', '转交'],
    summary: '转给负责的单位，并告诉提的人',
    example: '转办 12 给 街道城管办 电话88881234',
    roles: ['secretary'],
    parse(_rest, original) {
      const read = readNumberList(original);
      if (!read) return { ok: false, hint: numberMissing('转办 12 给 街道城管办 电话88881234') };
      const [, to, how] =
        /^(?:给|到|至|由)?\s*([^\s,，。;；:：]{2,60})[\s,，。;；:：]+(\S[^]*)$/u.exec(read.rest) ?? [];
      if (to === undefined || how === undefined) return { ok: false, hint: concernStepTexts.redirectHow() };
      return { ok: true, args: { numbers: read.values, to, how } };
    },
    async run(context, { numbers, to, how }) {
      const { ids, problems } = await idsOf(deps.concerns, context, numbers);
      const decision = await redirect(context, { concernIds: ids, to, how });
      return withReply(context, decision, problems, 'concern.redirected');
    },
  });
}

function numberMissing(example: string): string {
  return systemTexts.numberMissing({ kind: 'concern', example });
}

async function idsOf(concerns: ConcernStore, { place }: MessageContext, numbers: readonly number[]) {
  const read = await Promise.all(numbers.map((number) => concerns.byNumber(place.id, number)));
  const missing = numbers.filter((_, at) => read[at] === undefined);
  return {
    ids: read.flatMap((concern) => (concern ? [concern.id] : [])),
    problems: missing.map((number) => systemTexts.numberUnknownStaff({ kind: 'concern', number })),
  };
}

function withReply(
  context: MessageContext,
  { rows, ...decision }: BulkDecision,
  missing: readonly string[],
  event: string,
): Decision {
  const problems = [...missing, ...rows.flatMap(({ problem }) => problem ?? [])];
  const lines = new Set([decision.summary ?? '', ...problems.slice(0, 3)].filter((line) => line !== ''));
  return joinDecisions(decision, replyHere(context, [...lines].join('\n'), event));
}

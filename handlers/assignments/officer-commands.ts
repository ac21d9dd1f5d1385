import { type AnyCommand, defineCommand, type MessageContext, type Parsed, replyHere } from '#core/command';
import { joinDecisions, NOTHING, type Decision } from '#core/decision';
import type { Role } from '#core/people';
import { formatRange } from '#language/dates';
import { parseDeadline } from '#language/deadline';
import { isBlankOrEmoji } from '#language/message-frame';
import { assignmentTexts } from '#texts/assignment-texts';
import { systemTexts } from '#texts/system-texts';
import type { AssignmentDeps } from './assignment-deps.ts';
import { createAskExtension } from './extension.ts';
import type { AssignmentName } from './find-assignment.ts';
import { createHandBack } from './hand-back.ts';
import { readNumbered } from './read-assignment.ts';
import { createReportDone } from './report-done.ts';

/** Whoever is handed work; the use case looks closely. */
export const WORKERS: readonly Role[] = ['department', 'liaison', 'secretary'];

interface Words {
  readonly number: number;
  readonly words: string;
}

/** The commands of those who do the work: 办结, 延期, 退回. */
export function createOfficerCommands(deps: AssignmentDeps): readonly AnyCommand[] {
  return [doneCommand(deps), extensionCommand(deps), returnCommand(deps)];
}

function doneCommand(deps: AssignmentDeps): AnyCommand {
  const report = createReportDone(deps);
  return defineCommand<Words>({
    name: 'assignment.report',
    triggers: ['办结', '办好', '办完', '已办结', '已办好'],
    summary: '报办结',
    example: '办结 T5 灯换好了',
    roles: WORKERS,
    parse(_rest, original): Parsed<Words> {
      const read = readNumbered(original);
      if (!read) return { ok: false, hint: numberMissing('办结 T5 灯换好了') };
      if (isBlankOrEmoji(read.words))
        return { ok: false, hint: assignmentTexts.doneWordless({ number: read.number }) };
      return { ok: true, args: read };
    },
    run: (context, { number, words }) => {
      const { attachments, sentAt } = context.message;
      return answered(
        context,
        report(context, { ...named(context, number), text: words, attachments, reportedAt: sentAt }),
      );
    },
  });
}

function extensionCommand(deps: AssignmentDeps): AnyCommand {
  const ask = createAskExtension(deps);
  return defineCommand<Words & { toAt: Date }>({
    name: 'assignment.askExtension',
    triggers: ['延期', '申请延期'],
    summary: '要延期',
    example: '延期 T5 至12月31日 缺配件',
    roles: WORKERS,
    parse(_rest, original, context): Parsed<Words & { toAt: Date }> {
      const read = readNumbered(original);
      if (!read) return { ok: false, hint: numberMissing('延期 T5 至12月31日 缺配件') };
      const { number } = read;
      const date = parseDeadline(read.words, context.now, context.place.timeZone);
      const reason = date ? date.rest : read.words;
      const missing = [...(date ? [] : ['到哪一天']), ...(isBlankOrEmoji(reason) ? ['理由'] : [])];
      if (date && missing.length === 0) return { ok: true, args: { number, words: reason, toAt: date.at } };
      const example = date ? formatRange(date.at, date.at, context.now, context.place.timeZone) : '12月31日';
      return { ok: false, hint: assignmentTexts.extensionMissing({ number, missing, example }) };
    },
    run: (context, { number, words, toAt }) =>
      answered(context, ask(context, { ...named(context, number), toAt, reason: words })),
  });
}

function returnCommand(deps: AssignmentDeps): AnyCommand {
  const handBack = createHandBack(deps);
  return defineCommand<Words>({
    name: 'assignment.return',
    triggers: ['退回', '不归我们'],
    summary: '不归我们',
    example: '退回 T5 路灯归城管办',
    roles: WORKERS,
    parse(_rest, original): Parsed<Words> {
      const read = readNumbered(original);
      if (!read) return { ok: false, hint: numberMissing('退回 T5 路灯归市政养护') };
      if (isBlankOrEmoji(read.words))
        return { ok: false, hint: assignmentTexts.returnReasonMissing({ number: read.number }) };
      return { ok: true, args: read };
    },
    run: (context, { number, words }) =>
      answered(context, handBack(context, { ...named(context, number), reason: words })),
  });
}

function numberMissing(example: string): string {
  return systemTexts.numberMissing({ kind: 'assignment', example });
}

/** The assignment by what it is called in this conversation. */
export function named({ group }: MessageContext, number: number): AssignmentName {
  return { number, ...(group && { group }) };
}

/** Says the step's one-line summary where the command was given. */
export async function answered(context: MessageContext, step: Promise<Decision>): Promise<Decision> {
  const decision = await step;
  const text = decision.summary ?? '';
  return joinDecisions(
    decision,
    text === '' ? NOTHING : replyHere(context, text, decision.event ?? 'assignment.step'),
  );
}

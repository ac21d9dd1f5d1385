import { type AnyCommand, defineCommand, type Parsed } from '#core/command';
import type { Role } from '#core/people';
import { systemTexts } from '#texts/system-texts';
import type { AssignmentDeps } from './assignment-deps.ts';
import { createConfirmDone, createSendBack } from './confirm-done.ts';
import { createDecideExtension } from './extension.ts';
import { answered, named } from './officer-commands.ts';
import { readNumbered, type NumberedWords } from './read-assignment.ts';
import { createUrge } from './urge.ts';

const SECRETARIES: readonly Role[] = ['secretary'];

/** The commands of those who follow the work: 核实, 打回, 准延, 不延, 催办. */
export function createSecretaryCommands(deps: AssignmentDeps): readonly AnyCommand[] {
  const [confirm, sendBack] = [createConfirmDone(deps), createSendBack(deps)];
  const [decide, urge] = [createDecideExtension(deps), createUrge(deps)];
  return [
    defineCommand<NumberedWords>({
      name: 'assignment.confirm',
      triggers: ['核实', '确认办结', '验收'],
      summary: '核实办结',
      example: '核实 T5',
      roles: SECRETARIES,
      parse: (_rest, original) => numbered(original, '核实 T5'),
      run: (context, { number }) => answered(context, confirm(context, named(context, number))),
    }),
    defineCommand<NumberedWords>({
      name: 'assignment.sendBack',
      triggers: ['打回', '重办', '退回办理'],
      summary: '没办好，再办',
      example: '打回 T5 还有一盏不亮',
      roles: SECRETARIES,
      parse: (_rest, original) => numbered(original, '打回 T5 还有一盏不亮'),
      run: (context, { number, words: reason }) =>
        answered(context, sendBack(context, { ...named(context, number), reason })),
    }),
    defineCommand<NumberedWords>({
      name: 'assignment.grant',
      triggers: ['准延', '同意延期', '可以延期'],
      summary: '同意延期',
      example: '准延 T5',
      roles: SECRETARIES,
      parse: (_rest, original) => numbered(original, '准延 T5'),
      run: (context, { number }) =>
        answered(context, decide(context, { ...named(context, number), granted: true })),
    }),
    defineCommand<NumberedWords>({
      name: 'assignment.refuse',
      triggers: ['不延', '不同意延期', '不能延期'],
      summary: '不同意延期',
      example: '不延 T5 供暖前必须完成',
      roles: SECRETARIES,
      parse: (_rest, original) => numbered(original, '不延 T5 供暖前必须完成'),
      run: (context, { number, words: answer }) =>
        answered(context, decide(context, { ...named(context, number), granted: false, answer })),
    }),
    defineCommand<NumberedWords>({
      name: 'assignment.urge',
      triggers: ['催办', '催一下', '催'],
      summary: '催一下',
      example: '催办 T5',
      roles: SECRETARIES,
      parse: (_rest, original) => numbered(original, '催办 T5'),
      run: (context, { number }) => answered(context, urge(context, named(context, number))),
    }),
  ];
}

function numbered(original: string, example: string): Parsed<NumberedWords> {
  const read = readNumbered(original);
  return read
    ? { ok: true, args: read }
    : { ok: false, hint: systemTexts.numberMissing({ kind: 'assignment', example }) };
}

import type { StepInput } from '../../../../src/http/contract.ts';
import { VOTING_UNIT } from '../../../../src/procedure/rules.ts';
import type { Errors } from '../data/use-form.ts';
import { instantOf } from '../data/wall-time.ts';
import { electorateOf } from './voters-field.tsx';
import { filledOptions, optionsProblem } from '../topics/options-field.tsx';

export const WIZARD_STEPS = [
  { key: 'question', word: '题目' },
  { key: 'voters', word: '谁能投' },
  { key: 'rules', word: '规则' },
  { key: 'preview', word: '预览' },
] as const;

type WizardStep = (typeof WIZARD_STEPS)[number]['key'];

export interface PollValues {
  readonly options: readonly string[];
  /** Who votes, as the list of voters-field.tsx has it. */
  readonly voters: string;
  readonly groupIds: readonly string[];
  readonly electorate: string;
  /** Wall time in the place's zone. */
  readonly closesAt: string;
  readonly quorum: string;
  readonly nextStep: string;
  readonly showsCountsWhileOpen: boolean;
}

/** What is missing at one step of the wizard. */
export function checkPoll(values: PollValues, step: WizardStep, now: Date): Errors {
  switch (step) {
    case 'question': {
      const wrong = optionsProblem(values.options);
      return wrong === undefined ? {} : { options: wrong };
    }
    case 'voters':
      return values.groupIds.length === 0 ? { groupIds: '还没选群' } : {};
    case 'rules':
      return { ...closingProblem(values.closesAt, now), ...quorumProblem(values.quorum) };
    case 'preview':
      return {};
  }
}

function closingProblem(closesAt: string, now: Date): Errors {
  const at = instantOf(closesAt);
  if (at === undefined) return { closesAt: '还没定截止时间' };
  return Date.parse(at) <= now.getTime() ? { closesAt: '这个时间已经过了，选晚一点' } : {};
}

function quorumProblem(quorum: string): Errors {
  return /^\d{1,7}$/u.test(quorum.trim()) ? {} : { quorum: `写上多少${VOTING_UNIT}投了才算数，没有规定写0` };
}

/** The input of the step; undefined while something is missing. */
export function pollInput(topicId: string, values: PollValues): StepInput<'poll.open'> | undefined {
  const closesAt = instantOf(values.closesAt);
  if (
    closesAt === undefined ||
    optionsProblem(values.options) ||
    values.groupIds.length === 0 ||
    quorumProblem(values.quorum)['quorum']
  ) {
    return undefined;
  }
  return {
    topicId,
    groupIds: [...values.groupIds],
    electorateOf: electorateOf(values.voters),
    closesAt,
    quorum: Number(values.quorum),
    options: filledOptions(values.options),
    showsCountsWhileOpen: values.showsCountsWhileOpen,
    ...(values.electorate.trim() !== '' && { electorate: values.electorate.trim() }),
    ...(values.nextStep.trim() !== '' && { nextStep: values.nextStep.trim() }),
  };
}

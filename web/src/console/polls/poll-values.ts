import type { StepInput } from '../../../../src/http/contract.ts';
import { VOTING_UNIT } from '../../../../src/procedure/rules.ts';
import type { Errors } from '../data/use-form.ts';
import { instantOf } from '../data/wall-time.ts';
import { electorateOf, type VoterValues } from './voters-field.tsx';
import { methodOf, methodProblems, optionsOf, type MethodValues } from './method-values.ts';
import { approvalOf, isByArea, rulesOf, type RuleValues } from './rule-values.ts';

export const WIZARD_STEPS = [
  { key: 'question', word: '题目' },
  { key: 'voters', word: '谁能投' },
  { key: 'rules', word: '规则' },
  { key: 'preview', word: '预览' },
] as const;

type WizardStep = (typeof WIZARD_STEPS)[number]['key'];

export interface PollValues extends MethodValues, RuleValues, VoterValues {
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
    case 'question':
      return methodProblems(values);
    case 'voters':
      return values.groupIds.length === 0 ? { groupIds: '还没选群' } : {};
    case 'rules':
      return {
        ...closingProblem(values.closesAt, now),
        ...quorumProblem(values),
        ...cellProblem(values),
        ...proxyProblem(values),
      };
    case 'preview':
      return {};
  }
}

function closingProblem(closesAt: string, now: Date): Errors {
  const at = instantOf(closesAt);
  if (at === undefined) return { closesAt: '还没定截止时间' };
  return Date.parse(at) <= now.getTime() ? { closesAt: '这个时间已经过了，选晚一点' } : {};
}

/** What this poll counts in. */
export function unitOf({ voters }: Pick<PollValues, 'voters'>): string {
  return voters === 'households' ? '户' : VOTING_UNIT;
}

function quorumProblem(values: PollValues): Errors {
  const { quorum } = values;
  // By area the law says itself how many must take part.
  if (isByArea(approvalOf(values))) return {};
  return /^\d{1,7}$/u.test(quorum.trim())
    ? {}
    : { quorum: `写上多少${unitOf(values)}投了才算数，没有规定写0` };
}

function cellProblem({ minCell }: PollValues): Errors {
  return minCell === '' || /^(?:[3-9]|[1-9]\d)$/u.test(minCell) ? {} : { minCell: '写3至99的数，或者不填' };
}

function proxyProblem({ proxies, voters }: PollValues): Errors {
  if (proxies === '') return {};
  if (voters === 'members') return { proxies: '按群里的人投，核对不出是谁，不能委托；不填就行' };
  return /^(?:[1-9]|10)$/u.test(proxies) ? {} : { proxies: '写1至10的数，或者不填' };
}

/** The input of the step; undefined while something is missing. */
export function pollInput(topicId: string, values: PollValues): StepInput<'poll.open'> | undefined {
  const closesAt = instantOf(values.closesAt);
  if (
    closesAt === undefined ||
    Object.keys(methodProblems(values)).length > 0 ||
    values.groupIds.length === 0 ||
    quorumProblem(values)['quorum']
  ) {
    return undefined;
  }
  return {
    topicId,
    groupIds: [...values.groupIds],
    electorateOf: electorateOf(values),
    closesAt,
    quorum: isByArea(approvalOf(values)) ? 0 : Number(values.quorum),
    options: optionsOf(values),
    method: methodOf(values),
    rules: rulesOf(values),
    showsCountsWhileOpen: values.showsCountsWhileOpen && !values.isSecret,
    ...(values.electorate.trim() !== '' && { electorate: values.electorate.trim() }),
    ...(values.nextStep.trim() !== '' && { nextStep: values.nextStep.trim() }),
  };
}

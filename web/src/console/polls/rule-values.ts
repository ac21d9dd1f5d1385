import type { StepInput } from '../../../../src/http/contract.ts';
import type { MethodValues } from './method-values.ts';

/** What makes the poll count, as it is chosen. */
export interface RuleValues {
  readonly approval: Approval;
  readonly ignoresAbstentions: boolean;
  readonly isSecret: boolean;
  readonly showsNames: boolean;
  /** Fewest voters of a building that is shown apart; '' for no such table. */
  readonly minCell: string;
  /** For how many one voter may vote who was authorised; '' for nobody. */
  readonly proxies: string;
}

export const RULE_START: RuleValues = {
  approval: 'plurality',
  ignoresAbstentions: false,
  isSecret: false,
  showsNames: false,
  minCell: '',
  proxies: '',
};

export const APPROVALS = [
  { value: 'plurality', label: '看谁最多' },
  { value: 'majority', label: '投票的过半' },
  { value: 'twoThirds', label: '投票的三分之二' },
  { value: 'threeQuarters', label: '投票的四分之三' },
  { value: 'majorityOfRoll', label: '名册上的过半' },
  { value: 'ordinary', label: '民法典第278条，一般事项' },
  { value: 'major', label: '民法典第278条，重大事项（用维修资金、加装电梯、改建）' },
] as const;

type Approval = (typeof APPROVALS)[number]['value'];

export function isByArea(approval: Approval): boolean {
  return approval === 'ordinary' || approval === 'major';
}

/** What was chosen, as far as the way to choose allows it: it may have been changed afterwards. */
export function approvalOf({ method, approval }: RuleValues & Pick<MethodValues, 'method'>): Approval {
  if (method === 'forAgainst') return approval;
  return method === 'single' && !isByArea(approval) ? approval : 'plurality';
}

/** The rules of the step's input: only what differs from the usual. */
export function rulesOf(
  values: RuleValues & Pick<MethodValues, 'method'>,
): NonNullable<StepInput<'poll.open'>['rules']> {
  const { ignoresAbstentions, isSecret, showsNames, minCell, proxies } = values;
  const approval = approvalOf(values);
  return {
    ...(approval === 'ordinary' || approval === 'major' ? { article278: approval } : { threshold: approval }),
    ...(ignoresAbstentions && { abstentions: 'ignore' as const }),
    ...(isSecret && { secrecy: 'secret' as const }),
    ...(showsNames && !isSecret && { showsNames }),
    ...(minCell !== '' && { minCell: Number(minCell) }),
    ...(proxies !== '' && { proxiesPerHolder: Number(proxies) }),
  };
}

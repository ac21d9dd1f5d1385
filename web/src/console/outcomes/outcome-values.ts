import type { StepInput } from '../../../../src/http/contract.ts';
import type { Errors } from '../data/use-form.ts';
import { instantOf } from '../data/wall-time.ts';

export interface ItemValues {
  readonly action: string;
  readonly ownerName: string;
  readonly unit: string;
  readonly groupId: string;
  /** Wall time in the place's zone. */
  readonly dueAt: string;
}

export interface OutcomeValues {
  readonly items: readonly ItemValues[];
  readonly groupIds: readonly string[];
  /** Wall time; empty = as long as the rules say. */
  readonly publicUntil: string;
}

/** What is missing, field by field: `items.0.action`. */
export function checkOutcome({ items, groupIds, publicUntil }: OutcomeValues, now: Date): Errors {
  const until = instantOf(publicUntil);
  return {
    ...Object.fromEntries(items.flatMap((item, index) => Object.entries(checkItem(item, index, now)))),
    ...(groupIds.length === 0 && { groupIds: '还没选群' }),
    ...(until !== undefined &&
      Date.parse(until) <= now.getTime() && { publicUntil: '这个时间已经过了，选晚一点' }),
  };
}

function checkItem(item: ItemValues, index: number, now: Date): Errors {
  const at = (name: keyof ItemValues) => `items.${index}.${name}`;
  const due = instantOf(item.dueAt);
  return {
    ...(item.action.trim() === '' && { [at('action')]: '还没写办什么事' }),
    ...(item.ownerName.trim() === '' && { [at('ownerName')]: '还没写谁负责' }),
    ...(item.unit.trim() === '' && { [at('unit')]: '还没写哪个单位' }),
    ...(item.groupId === '' && { [at('groupId')]: '还没选交办到哪个群' }),
    ...(due === undefined && { [at('dueAt')]: '还没定期限' }),
    ...(due !== undefined &&
      Date.parse(due) <= now.getTime() && { [at('dueAt')]: '这个时间已经过了，选晚一点' }),
  };
}

export function outcomeInput(topicId: string, values: OutcomeValues): StepInput<'outcome.publish'> {
  const publicUntil = instantOf(values.publicUntil);
  return {
    topicId,
    items: values.items.map(({ action, ownerName, unit, groupId, dueAt }) => ({
      action: action.trim(),
      ownerName: ownerName.trim(),
      unit: unit.trim(),
      groupId,
      dueAt: instantOf(dueAt) ?? '',
    })),
    groupIds: [...values.groupIds],
    ...(publicUntil !== undefined && { publicUntil }),
  };
}

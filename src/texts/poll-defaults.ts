import type { Place } from '#core/people';
import type { Electorate } from '#core/roll';

const VOTERS: Readonly<Record<Electorate['kind'], string>> = {
  members: '居民，每人1票',
  residents: '核对过的居民，每人1票',
  households: '住户，每户1票',
  list: '名单上的人，每人1票',
};

const MOST_NAMED = 3;

/**
 * Who votes, when the secretary puts it in no other words; `parts` are buildings or units, none for the whole place. The
 * name of the place goes without saying where its buildings are named: the line in the group is short.
 */
export function electorateWords(
  place: Pick<Place, 'name'>,
  kind: Electorate['kind'],
  parts: readonly string[] = [],
): string {
  if (parts.length === 0) return `${place.name}${VOTERS[kind]}`;
  const named = parts.slice(0, MOST_NAMED).join('、');
  return `${named}${parts.length > MOST_NAMED ? `等${parts.length}处` : ''}${VOTERS[kind]}`;
}

/** Why a poll is void that was taken back before it was sent to the groups. */
export const CALLED_BACK = '没发到群里就撤回了';

/** What happens with a result: a vote advises, the Party organisation decides (seed S2:7). */
export const NEXT_STEP = '街道党组织研究';

/** What happens when too few voted (interface.md §3, result.invalid). */
export const NEXT_STEP_WHEN_SHORT = '社区开会再商量，时间另外通知';

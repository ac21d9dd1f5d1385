import type { Place } from '#core/people';

/** Who votes, when the secretary names nobody else: the members of the chosen groups. */
export function electorateWords(place: Pick<Place, 'name'>): string {
  return `${place.name}居民，每人1票`;
}

/** What happens with a result: a vote advises, the Party organisation decides (seed S2:7). */
export const NEXT_STEP = '街道党组织研究';

/** What happens when too few voted (interface.md §3, result.invalid). */
export const NEXT_STEP_WHEN_SHORT = '社区开会再商量，时间另外通知';

import type { TodayAnswer } from '../../../../src/http/contract-views.ts';
import { addresses } from '../data/addresses.ts';
import { useRead } from '../data/reads.ts';

/** How much waits, by address; only what waits for the person counts. */
export function useBadges(): Readonly<Record<string, number>> {
  const { data } = useRead<TodayAnswer>('today');
  if (!data) return {};
  const of = (...kinds: readonly string[]) => data.items.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    [addresses.today]: data.items.length,
    [addresses.concerns]: data.counts.unanswered,
    [addresses.topics]: of('objection', 'poll'),
    [addresses.meetings]: of('meeting'),
    [addresses.assignments]: of('assignment', 'claimed', 'returned', 'extension'),
    [addresses.notices]: of('notice'),
  };
}

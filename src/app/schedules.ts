import { HOUR_MS } from '#core/clock';
import type { GroupStore } from '#core/people';
import type { CatchUp, Schedule, ScheduleKind } from '#core/schedule';

/** When each recurring job runs. Patterns of places are meant in the place's own zone. */
const TABLE: Readonly<Record<ScheduleKind, { readonly pattern: string; readonly catchUp: CatchUp }>> = {
  // A morning's digest is of no use in the afternoon.
  'digest.morning': {
    pattern: '30 8 * * *',
    catchUp: { policy: 'skip', lateMs: 3 * HOUR_MS },
  },
};

/** Every schedule there is now: one for each place that has a secretaries' group. */
export function createSchedules({ groups }: { readonly groups: Pick<GroupStore, 'placesWith'> }) {
  return async (): Promise<readonly Schedule[]> => {
    const places = await groups.placesWith('secretaries');
    const kinds = Object.entries(TABLE) as [ScheduleKind, (typeof TABLE)[ScheduleKind]][];
    return kinds.flatMap(([kind, { pattern, catchUp }]) =>
      places.map(({ id, timeZone: zone }) => ({
        id: `${kind}:${id}`,
        kind,
        placeId: id,
        pattern,
        zone,
        catchUp,
      })),
    );
  };
}

import { HOUR_MS } from '#core/clock';
import type { GroupStore } from '#core/people';
import type { CatchUp, Schedule, ScheduleKind } from '#core/schedule';

/** Jobs for the whole installation. They run beside everything else, for they take their time. */
export const UPKEEP: readonly Schedule[] = [
  {
    id: 'check.hourly',
    kind: 'check.hourly',
    pattern: '17 * * * *',
    zone: 'Asia/Shanghai',
    catchUp: { policy: 'once' },
  },
];

type PlaceKind = Exclude<ScheduleKind, 'check.hourly'>;

/** When each recurring job of a place runs, in the place's own zone. */
const TABLE: Readonly<Record<PlaceKind, { readonly pattern: string; readonly catchUp: CatchUp }>> = {
  // A morning's digest is of no use in the afternoon.
  'digest.morning': {
    pattern: '30 8 * * *',
    catchUp: { policy: 'skip', lateMs: 3 * HOUR_MS },
  },
};

/** The schedules of places: one for each that has a secretaries' group. */
export function createSchedules({ groups }: { readonly groups: Pick<GroupStore, 'placesWith'> }) {
  return async (): Promise<readonly Schedule[]> => {
    const places = await groups.placesWith('secretaries');
    const kinds = Object.entries(TABLE) as [PlaceKind, (typeof TABLE)[PlaceKind]][];
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

import { definedFields } from '#core/decision';
import type { Standing, StandingInDetail, TimetableEntry } from '#core/machinery';
import type { OutboxTime } from '#core/outbox';
import type { Schedule } from '#core/schedule';
import { nextSlot } from '#src/schedule/occurrences';

import { diagnose } from './diagnosis.ts';
import type { Stores } from './stores.ts';

export type MachineryStores = Pick<Stores, 'machinery' | 'outboxOperations' | 'schedules' | 'selfCheck'>;

const MOST_DIFFERENCES = 200;

/** How everything stands at one moment, and what of it needs somebody. */
export async function readStanding(stores: MachineryStores, time: OutboxTime): Promise<Standing> {
  const { machinery, outboxOperations, schedules, selfCheck } = stores;
  const [inbox, deadlines, leases, counts, senders, standings, differences] = await Promise.all([
    machinery.inbox(time.now),
    machinery.deadlines(time.now),
    machinery.leases(),
    outboxOperations.counts(),
    outboxOperations.senders(time),
    schedules.standings(),
    selfCheck.standing(MOST_DIFFERENCES),
  ]);
  const outbox = { ...counts, senders };
  const read = { inbox, deadlines, leases, outbox, schedules: standings, differences };
  return { ...read, findings: diagnose(read, time) };
}

const LANES_SHOWN = 10;

/** The same with what the page 运行 shows besides. */
export async function readStandingInDetail(
  stores: MachineryStores,
  listSchedules: () => Promise<readonly Schedule[]>,
  time: OutboxTime,
): Promise<StandingInDetail> {
  const [standing, lanes, known] = await Promise.all([
    readStanding(stores, time),
    stores.outboxOperations.lanes({ limit: LANES_SHOWN, realNow: time.realNow }),
    listSchedules(),
  ]);
  const timetable = known.map((schedule): TimetableEntry => {
    const { last, waiting = 0 } = standing.schedules.find((one) => one.scheduleId === schedule.id) ?? {};
    const { id, kind, placeId } = schedule;
    return definedFields({ id, kind, placeId, last, waiting, nextAt: nextSlot(schedule, time.now) });
  });
  const laneGroups = await stores.machinery.laneGroups(lanes.map(({ lane }) => lane));
  return { ...standing, lanes, laneGroups, timetable };
}

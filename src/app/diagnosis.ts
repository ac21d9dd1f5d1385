import { MINUTE_MS } from '#core/clock';
import type { Finding, Machinery } from '#core/machinery';
import type { OutboxTime } from '#core/outbox';

/** Work that has waited longer than this is late: a crashed process's work is taken over within ten seconds. */
const LATE_MS = MINUTE_MS;
/** Rate limits may keep what is due waiting for some minutes; longer means that more is said than may be sent. */
const OUTBOX_LATE_MS = 15 * MINUTE_MS;

/** What is wrong with the machinery, the worst first. Empty: nothing. */
export function diagnose(machinery: Machinery, time: OutboxTime): readonly Finding[] {
  const found = [
    ...leaseFindings(machinery),
    ...inboxFindings(machinery, time),
    ...outboxFindings(machinery, time),
    ...timeFindings(machinery, time),
    ...figureFindings(machinery),
  ];
  return found.sort((one, other) => Number(other.severity === 'broken') - Number(one.severity === 'broken'));
}

function leaseFindings({ leases }: Machinery): Finding[] {
  return leases
    .filter(({ held, partitions }) => held < partitions)
    .map(({ kind, held, partitions }) => ({
      code: 'leases.free',
      severity: 'broken',
      count: partitions - held,
      about: kind,
    }));
}

function inboxFindings({ inbox }: Machinery, { now }: OutboxTime): Finding[] {
  const late = isLate(inbox.oldestAt, now, LATE_MS);
  return [
    ...(late ? [{ code: 'inbox.late', severity: 'broken', count: inbox.count, since: late } as const] : []),
    ...(inbox.dead > 0 ? [{ code: 'inbox.dead', severity: 'look', count: inbox.dead } as const] : []),
  ];
}

function outboxFindings({ outbox }: Machinery, { now }: OutboxTime): Finding[] {
  const { held, dead, senders } = outbox;
  return [
    ...senders.flatMap(({ sender, due, oldestDueAt, pausedUntil }): Finding[] => {
      if (pausedUntil) return [{ code: 'outbox.senderResting', severity: 'look', count: due, about: sender }];
      const since = isLate(oldestDueAt, now, OUTBOX_LATE_MS);
      return since ? [{ code: 'outbox.late', severity: 'broken', count: due, since, about: sender }] : [];
    }),
    ...(held > 0 ? [{ code: 'outbox.held', severity: 'look', count: held } as const] : []),
    ...(dead > 0 ? [{ code: 'outbox.dead', severity: 'look', count: dead } as const] : []),
  ];
}

function timeFindings({ deadlines, schedules }: Machinery, { now }: OutboxTime): Finding[] {
  const since = isLate(deadlines.oldestAt, now, LATE_MS);
  const waiting = schedules.reduce((sum, schedule) => sum + schedule.waiting, 0);
  return [
    ...(since
      ? [{ code: 'deadlines.late', severity: 'broken', count: deadlines.count, since } as const]
      : []),
    ...(waiting > 0 ? [{ code: 'schedules.late', severity: 'look', count: waiting } as const] : []),
  ];
}

const NAMED = 3;

function figureFindings({ differences }: Machinery): Finding[] {
  const [oldest] = differences;
  if (!oldest) return [];
  const named = differences.slice(0, NAMED);
  const about = named.map(({ placeId, name, stored, counted }) => `${placeId} ${name} ${stored}≠${counted}`);
  const count = differences.length;
  return [
    { code: 'figures.differ', severity: 'broken', count, since: oldest.foundAt, about: about.join('; ') },
  ];
}

function isLate(oldestAt: Date | undefined, now: Date, lateMs: number): Date | undefined {
  return oldestAt && now.getTime() - oldestAt.getTime() > lateMs ? oldestAt : undefined;
}

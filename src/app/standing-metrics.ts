import { Gauge, type Registry } from 'prom-client';

import type { Standing } from '#core/machinery';
import type { OutboxTime } from '#core/outbox';
import { CHECKED_FIGURES } from '#core/self-check';

/** A scrape a second by several watchers asks the database no more often than this. */
const KEPT_MS = 5_000;

export interface StandingMetricsDeps {
  readonly registry: Registry;
  readonly read: () => Promise<Standing>;
  readonly time: () => OutboxTime;
  /** Milliseconds of a steady clock. */
  readonly monotonicMs: () => number;
}

/** Gauges of what waits, read when they are asked for. While the database is away they say nothing rather than zero. */
export function addStandingMetrics(deps: StandingMetricsDeps): void {
  const read = keptFor(KEPT_MS, deps);
  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    fill: (one: Gauge, now: Standing) => void,
  ) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [deps.registry],
      async collect() {
        this.reset();
        const standing = await read().catch(() => undefined);
        if (standing) fill(this, standing);
      },
    });
  const ageSeconds = (at: Date) => Math.max(0, deps.time().now.getTime() - at.getTime()) / 1_000;

  gauge(
    'yishi_inbox_rows',
    'Messages kept and not decided (waiting) or set aside (dead)',
    ['state'],
    (one, { inbox }) => {
      one.set({ state: 'waiting' }, inbox.count);
      one.set({ state: 'dead' }, inbox.dead);
    },
  );
  gauge('yishi_outbox_rows', 'Messages to send, by state', ['state'], (one, { outbox }) => {
    for (const state of ['queued', 'leased', 'held', 'dead'] as const) one.set({ state }, outbox[state]);
  });
  gauge('yishi_oldest_seconds', 'Age of the oldest thing that is due', ['work'], (one, standing) => {
    const dues = standing.outbox.senders.flatMap(({ due, oldestDueAt }) => (due > 0 && oldestDueAt) || []);
    const oldest = {
      inbox: standing.inbox.oldestAt,
      outbox: dues.sort((a, b) => a.getTime() - b.getTime())[0],
      deadlines: standing.deadlines.oldestAt,
    };
    for (const [work, at] of Object.entries(oldest)) one.set({ work }, at ? ageSeconds(at) : 0);
  });
  gauge('yishi_leases_held', 'Partitions that a running process works on', ['kind'], (one, { leases }) => {
    for (const { kind, held } of leases) one.set({ kind }, held);
  });
  gauge(
    'yishi_schedules_waiting',
    'Slots that have come and are not done',
    ['kind'],
    (one, { schedules }) => {
      for (const { kind, waiting } of schedules) one.inc({ kind }, waiting);
    },
  );
  gauge(
    'yishi_differences',
    'Figures that the hourly check counted otherwise than they are stored',
    ['figure'],
    (one, { differences }) => {
      for (const figure of CHECKED_FIGURES) one.set({ figure }, 0);
      for (const { figure } of differences) one.inc({ figure });
    },
  );
  gauge(
    'yishi_findings',
    'What an operator should know of, by code',
    ['code', 'severity'],
    (one, { findings }) => {
      for (const { code, severity } of findings) one.inc({ code, severity });
    },
  );
}

/** The last answer, asked for anew when it is older than `keptMs`; those who ask meanwhile get the same. */
function keptFor(keptMs: number, { read, monotonicMs }: StandingMetricsDeps): () => Promise<Standing> {
  let asked: { readonly atMs: number; readonly answer: Promise<Standing> } | undefined;
  return () => {
    if (!asked || monotonicMs() - asked.atMs > keptMs) asked = { atMs: monotonicMs(), answer: read() };
    return asked.answer;
  };
}

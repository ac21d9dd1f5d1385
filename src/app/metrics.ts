import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

import type { InboxEvents } from '../inbox/texts.ts';
import type { Log } from '../log.ts';
import type { OutboxEvent } from '../outbox/worker.ts';
import type { DeadlineEvent } from '../schedule/deadline-runner.ts';
import type { SlotEvent } from '../schedule/slot-runner.ts';

const SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

/** Counts what happens and logs what needs somebody. Names of events are stable; no text, name or id is a label. */
export function createTelling(log: Log) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const inbox = new Counter({
    name: 'yishi_inbox_events_total',
    help: 'What became of messages',
    labelNames: ['event'],
    registers,
  });
  const outbox = new Counter({
    name: 'yishi_outbox_sends_total',
    help: 'How sends ended',
    labelNames: ['status'],
    registers,
  });
  const sendSeconds = new Histogram({
    name: 'yishi_outbox_due_to_end_seconds',
    help: 'From due to the end of a try',
    buckets: SECONDS,
    registers,
  });
  const deadlines = new Counter({
    name: 'yishi_deadlines_total',
    help: 'Deadlines',
    labelNames: ['event', 'kind'],
    registers,
  });
  const slots = new Counter({
    name: 'yishi_slots_total',
    help: 'Slots of recurring jobs',
    labelNames: ['event', 'kind'],
    registers,
  });

  const inboxEvents: InboxEvents = {
    happened(event) {
      inbox.inc({ event });
    },
    failed(event, error, fields) {
      inbox.inc({ event });
      log.error({ event, error, ...fields }, 'inbox: a message could not be handled');
    },
  };
  return {
    registry,
    inboxEvents,
    outboxEvent(event: OutboxEvent) {
      if (event.event !== 'outbox.settled') {
        log.warn(event, 'outbox: a lease was lost or the database is away');
        return;
      }
      outbox.inc({ status: event.status });
      sendSeconds.observe(event.tookMs / 1_000);
      if (event.status === 'rejected' || event.status === 'uncertain')
        log.warn(event, 'outbox: a message needs a decision');
    },
    deadlineEvent(event: DeadlineEvent) {
      deadlines.inc({ event: event.event, kind: event.kind });
      if ('error' in event) log.error(event, 'deadline: a handler failed');
    },
    slotEvent(event: SlotEvent) {
      slots.inc({ event: event.event, kind: event.kind });
      if ('error' in event) log.error(event, 'schedule: a handler failed');
    },
    scheduleAway(error: unknown) {
      log.warn({ error }, 'schedule: the database is away');
    },
  };
}

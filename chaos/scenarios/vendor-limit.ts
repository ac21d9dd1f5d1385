import { setTimeout as delay } from 'node:timers/promises';

import { outboxRowOf, type OutboxDocument } from '#models/outbox';

import { busiestWindow, shareUsed } from '../checks.ts';
import { conversationOf } from '../conversations.ts';
import type { House } from '../house.ts';
import { row, type Row } from '../table.ts';
import { groupName } from '../seed.ts';
import type { Town } from '../town.ts';
import type { VendorAnswer } from '../vendor.ts';
import { everydayRows } from '../verdict.ts';

const LIMIT = 20;
const WINDOW_MS = 60_000;
/** The limit's worth at once, then again each minute; the share is taken over this many minutes. */
const WINDOWS = 2;
/** Longer than the windows, so that the call after them is seen where it comes late. */
const WATCHED_MS = WINDOWS * WINDOW_MS + 25_000;
const LEAST_SHARE = 0.95;
const INSTANCES = 5;
const GROUPS = 4;
/** More than the watched windows can take. */
const WAITING_A_GROUP = (WINDOWS + 2) * LIMIT;
const SAID = GROUPS * 2;
const KEPT_WITHIN_MS = 120_000;
const QUIET_WITHIN_MS = 30_000;

/** Lanes whose vendor behaves, and lanes in which it answers with every kind of trouble. */
const CALM = [groupName(0), groupName(1)];

/** Five instances and a backlog: nobody may send a group more than twenty messages in any minute. */
export async function keepTheLimit(house: House): Promise<readonly Row[]> {
  const town = await house.openTown({ name: 'vendor limit', groups: GROUPS, sendsPerMinute: LIMIT });
  town.vendor.answerWith(troublesome());
  const names = Array.from({ length: INSTANCES }, (_, index) => `instance ${index}`);
  const instances = await Promise.all(names.map((name) => town.start(name)));
  town.openDoors(instances);
  await queueBacklog(town);
  const said = Promise.all(Array.from({ length: SAID }, () => town.say()));
  const firstMs = await firstArrival(town);
  await delay(firstMs + WATCHED_MS - performance.now());
  await said;
  await endBacklog(town);
  await town.becomesQuiet(QUIET_WITHIN_MS);
  await Promise.all(instances.map((instance) => instance.stop()));
  return [...limitRows(town), ...(await everydayRows(town)).filter(isNotOfTheBacklog)];
}

/** Announcements: answers would be joined into few messages before the limit is reached. */
async function queueBacklog({ db }: Town): Promise<void> {
  const now = new Date();
  const rows = Array.from({ length: GROUPS * WAITING_A_GROUP }, (_, index) => {
    const to = conversationOf(groupName(index % GROUPS));
    return outboxRowOf({ key: `announcement:${index}`, to, body: { text: `第${index}条` } }, now, index);
  });
  await db.collection<OutboxDocument>('outbox').insertMany(rows);
}

async function firstArrival({ vendor }: Town): Promise<number> {
  const untilMs = performance.now() + KEPT_WITHIN_MS;
  while (vendor.arrivals.length === 0 && performance.now() < untilMs) await delay(20);
  return vendor.arrivals[0]?.atMs ?? performance.now();
}

function limitRows({ vendor }: Town): readonly Row[] {
  const lanes = Array.from({ length: GROUPS }, (_, index) => groupName(index));
  const timesIn = (lane: string) =>
    vendor.arrivals.filter(({ conversationId }) => conversationId === lane).map(({ atMs }) => atMs);
  const busiest = Math.max(...lanes.map((lane) => busiestWindow(timesIn(lane), WINDOW_MS)));
  const shares = CALM.map((lane) =>
    shareUsed(timesIn(lane), { limit: LIMIT, windowMs: WINDOW_MS, windows: WINDOWS }),
  );
  const share = Math.min(...shares);
  const troubles = new Set(vendor.arrivals.map(({ answer }) => answer));
  return [
    row('vendor limit: most calls in a sliding minute', busiest, `≤ ${LIMIT}`, busiest <= LIMIT),
    row('vendor limit: share used', `${Math.round(share * 100)} %`, '≥ 95 %', share >= LEAST_SHARE),
    row('vendor limit: kinds of answer', [...troubles].sort().join(' '), '7 kinds', troubles.size === 7),
  ];
}

/** One in four calls in the other lanes goes wrong, each time otherwise. */
function troublesome(): (send: { conversationId: string }) => VendorAnswer {
  const troubles: readonly VendorAnswer[] = ['fault', 'close', 'hang', 'down', 'busy', 'tooMany'];
  let calls = 0;
  return ({ conversationId }) => {
    if (CALM.includes(conversationId)) return 'ok';
    calls += 1;
    return calls % 4 === 0 ? (troubles[(calls / 4 - 1) % troubles.length] ?? 'ok') : 'ok';
  };
}

/** What the limit still holds back would take many minutes: it is taken back, as a secretary can. */
async function endBacklog({ db }: Town): Promise<void> {
  await db.collection('outbox').deleteMany({ state: 'queued' });
}

function isNotOfTheBacklog({ test }: Row): boolean {
  return !test.endsWith('without an answer');
}

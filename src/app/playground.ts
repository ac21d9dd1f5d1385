import type { Connection } from 'mongoose';

import { SECOND_MS, type Chance } from '#core/clock';
import type { Deadline, DeadlineKind } from '#core/deadline';
import type { PictureRenderer } from '#core/picture';
import type { WebChannel, WebDirectory } from '#core/web-chat';
import { createDemoProgress } from '#models/demo-progress';
import { createTraceStore } from '#models/traces';

import { monotonicMs, type DatabaseClock } from '../database/clock.ts';
import type { Fired, PlaygroundDeps } from '../http/playground/routes.ts';
import { deadlineLabel } from './deadline-labels.ts';
import { resetDemo } from './demo.ts';
import type { Engine } from './engine.ts';
import type { Features } from './features.ts';
import type { Stores } from './stores.ts';
import { createTurns, type Turns } from './turns.ts';

export interface PlaygroundParts {
  readonly connection: Connection;
  readonly stores: Stores;
  readonly engine: Engine;
  readonly features: Features;
  readonly clock: DatabaseClock;
  readonly web: WebChannel;
  readonly directory: WebDirectory;
  readonly chance: Chance;
  readonly pictures: PictureRenderer;
  readonly consoleLinks: PlaygroundDeps['consoleLinks'];
  /** Only where no real channel is configured is there a demo to begin anew. */
  readonly canReset: boolean;
}

/** What the playground's API needs, out of the parts of the program. */
export function playgroundDepsOf(parts: PlaygroundParts): PlaygroundDeps {
  const { stores, clock, web } = parts;
  const turns = createTurns();
  const moves = createTurns();
  return {
    web: { ...web, receive: (post) => turns.together(() => web.receive(post)) },
    directory: parts.directory,
    transcript: stores.transcript,
    traces: createTraceStore(parts.connection),
    media: stores.media,
    pictures: parts.pictures,
    newId: () => parts.chance.id(),
    clock: {
      now: () => clock.now(),
      offsetMs: () => clock.offsetMs,
      advance: (seconds) => moves.alone(() => turns.together(() => advanceThrough(parts, seconds))),
    },
    nextDeadline: async () => {
      const next = await stores.deadlines.nextDue();
      return next && { at: next.dueAt, label: await deadlineLabel(stores, next) };
    },
    stepsDone: createDemoProgress(parts.connection),
    consoleLinks: parts.consoleLinks,
    ...(parts.canReset && { reset: () => resetAlone(parts, turns) }),
  };
}

async function resetAlone(
  { connection, stores, engine, clock, web, directory }: PlaygroundParts,
  turns: Turns,
): Promise<void> {
  await turns.alone(async () => {
    await engine.whilePaused(() => resetDemo({ connection, stores, engine, clock }));
    const conversations = await directory.conversations();
    for (const { id } of conversations) await web.setWeather(id, 'normal');
  });
}

/** Longer than this a moved clock does not stop at deadlines on its way; they fire late, but all of them. */
const STOPS_WITHIN_MS = 10_000;
const AT_ONCE = 50;

/** Moves the demo's clock from deadline to deadline, so that each fires at its own time, as it would in life. */
async function advanceThrough(
  { stores, engine, clock, features }: PlaygroundParts,
  seconds: number,
): Promise<Fired[]> {
  const target = clock.now().getTime() + seconds * SECOND_MS;
  const stopBefore = monotonicMs() + STOPS_WITHIN_MS;
  const kinds = Object.keys(features.deadlines) as DeadlineKind[];
  const fired: Fired[] = [];
  while (monotonicMs() < stopBefore) {
    const next = await stores.deadlines.nextDue();
    const slotAt = engine.nextSlotAt()?.getTime() ?? Infinity;
    if (slotAt <= target && slotAt < (next?.dueAt.getTime() ?? Infinity)) {
      await advanceTo(clock, slotAt);
      await engine.catchUp();
      continue;
    }
    if (!next || next.dueAt.getTime() > target) break;
    const due = await stores.deadlines.due(kinds, next.dueAt, AT_ONCE);
    fired.push(...(await firedOf(stores, due.length > 0 ? due.map(({ deadline }) => deadline) : [next])));
    await advanceTo(clock, next.dueAt.getTime());
    await engine.catchUp();
  }
  await advanceTo(clock, target);
  return fired;
}

function firedOf(stores: Stores, deadlines: readonly Deadline[]): Promise<Fired[]> {
  return Promise.all(
    deadlines.map(async (deadline) => ({ at: deadline.dueAt, label: await deadlineLabel(stores, deadline) })),
  );
}

async function advanceTo(clock: DatabaseClock, atMs: number): Promise<void> {
  const aheadMs = atMs - clock.now().getTime();
  if (aheadMs > 0) await clock.advance(Math.ceil(aheadMs / SECOND_MS));
}

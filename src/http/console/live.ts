import { createChannel, createSession, type Channel as SseChannel } from 'better-sse';
import { Router, type Request } from 'express';

import type { LiveHint } from '../contract-views.ts';
import type { Viewer } from './viewer.ts';

/** Tells signed-in consoles that a collection changed; they read again what they show. Carries no content. */
export interface LiveHints {
  readonly publish: (collection: string) => void;
  readonly channel: SseChannel;
}

/** Many changes of one collection within this time become one hint. */
const GATHER_MS = 300;

export function createLiveHints(): LiveHints {
  const channel = createChannel();
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    timer = undefined;
    for (const collection of pending) channel.broadcast({ collection } satisfies LiveHint, 'changed');
    pending.clear();
  };
  return {
    channel,
    publish(collection) {
      if (channel.sessionCount === 0) return;
      pending.add(collection);
      timer ??= setTimeout(flush, GATHER_MS);
    },
  };
}

export function liveRoutes(hints: LiveHints, viewer: (request: Request) => Promise<Viewer>): Router {
  const router = Router();
  router.get('/live', async (request, response) => {
    await viewer(request);
    hints.channel.register(await createSession(request, response));
  });
  return router;
}

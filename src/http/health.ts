import { Router } from 'express';
import type { Registry } from 'prom-client';

import type { Channel } from '#core/channel';

export interface HealthDeps {
  readonly channels: readonly Channel[];
  /** Resolves when the database answers. */
  readonly pingDatabase: () => Promise<void>;
  readonly metrics: Registry;
}

/** `/healthz`: the process lives. `/readyz`: it can do its work. `/metrics`: figures for Prometheus. */
export function healthRoutes(deps: HealthDeps): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const database = await answers(deps.pingDatabase);
    const channels = deps.channels.map((channel) => ({
      kind: channel.kind,
      account: channel.account,
      health: channel.health(),
    }));
    // A process may have no channel at all: one that only works on the inbox, say.
    const ready =
      database && (channels.length === 0 || channels.some((channel) => channel.health === 'ready'));
    response.status(ready ? 200 : 503).json({ ready, database: database ? 'ready' : 'down', channels });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(deps.metrics.contentType).send(await deps.metrics.metrics());
  });
  return router;
}

async function answers(ping: () => Promise<void>): Promise<boolean> {
  try {
    await ping();
    return true;
  } catch {
    return false;
  }
}

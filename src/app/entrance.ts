import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Config } from '../config.ts';
import { createDoor, type Closed } from '../http/door.ts';

/** Where requests come in. It is there before the program, so that whoever asks meanwhile gets an honest answer. */
export interface Entrance {
  /** Address of the pages, as people or at least this machine reach it. */
  readonly baseUrl: string;
  open(program: RequestListener, closed: () => Closed | undefined): void;
  /** Lets nobody in any more; resolves when requests under way have ended, or were cut after a moment. */
  shut(): Promise<void>;
}

/** Listens on PORT with the role `http`, without it on HEALTH_PORT, if there is one. */
export async function openEntrance(config: Config): Promise<Entrance> {
  const door = createDoor();
  const isWeb = config.ROLES.includes('http');
  const port = isWeb ? config.PORT : config.HEALTH_PORT;
  const server = port === undefined ? undefined : await listen(door.handler, port, config.HOST);
  const listensOn = isWeb && server ? (server.address() as AddressInfo).port : config.PORT;
  return {
    baseUrl: config.PUBLIC_URL ?? `http://${config.HOST}:${listensOn}`,
    open: door.open,
    shut() {
      door.shut();
      return closeServer(server);
    },
  };
}

function listen(handler: RequestListener, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(handler);
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

const DRAIN_MS = 2_000;

/** Takes no more connections; streams are cut, requests under way get a moment to end. */
function closeServer(server: Server | undefined): Promise<void> {
  if (!server?.listening) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

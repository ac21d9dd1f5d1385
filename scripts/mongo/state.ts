import { randomInt } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import * as z from 'zod';

const knownProcess = z.object({ pid: z.int().positive(), startedAt: z.string() });

const stateFile = z.object({
  /** The replica set's configuration names this port, so every start must use it again. */
  port: z.int().min(1024).max(65535).optional(),
  /** The program that started the database, while it runs. */
  owner: knownProcess.optional(),
  mongod: knownProcess.optional(),
});

/** What a later start must know about this database. Kept in state.json. */
export type MongoState = z.infer<typeof stateFile>;

/** Undefined when this database has never been started, or its notes cannot be read. */
export function readState(homeDir: string): MongoState | undefined {
  try {
    return stateFile.parse(JSON.parse(readFileSync(path.join(homeDir, 'state.json'), 'utf8')));
  } catch {
    return undefined;
  }
}

export function writeState(homeDir: string, state: MongoState): void {
  const file = path.join(homeDir, 'state.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** Outside the range from which systems hand out ports of their own, so that it is still free next time. */
const FIRST_PORT = 27_100;
const LAST_PORT = 27_900;

/**
 * The port of the last start, or a free one for a database that has none or whose port was taken meanwhile.
 * @throws Error when no port can be had
 */
export async function choosePort(kept: number | undefined): Promise<number> {
  if (kept !== undefined && (await isFree(kept))) return kept;
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port between ${FIRST_PORT} and ${LAST_PORT} on 127.0.0.1.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)));
  });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import type { MongoBinary } from './binary-source.ts';
import type { Places } from './places.ts';
import { isStillRunning, knowMyself, knowProcess, type KnownProcess } from './processes.ts';
import { mongodEnvironment } from './provide-mongo.ts';
import { writeState } from './state.ts';

export const REPLICA_SET_OF_THREE = 'three';

/** What a killed program leaves open holds others up for so long. MongoDB's default of 60 s would make a run long. */
const TRANSACTION_LIFETIME_SECONDS = 3;

const ANSWERS_WITHIN_MS = 90_000;
const DIES_WITHIN_MS = 10_000;

/** One mongod of a replica set, to be treated badly. */
export interface Member {
  /** As the replica set's configuration names it: host and port. */
  readonly host: string;
  readonly isRunning: boolean;
  /** Ends it at once, as a power cut would. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Stops its process without ending it: its sockets stay open and nothing answers. */
  pause(): void;
  resume(): void;
  /** Starts it on its files; resolves when it answers. */
  start(): Promise<void>;
  /** Ends it and whatever its binary leaves behind. */
  stop(): Promise<void>;
}

export interface MemberOptions {
  readonly places: Places;
  readonly binary: MongoBinary;
  readonly port: number;
  /** Told when it ends although nobody wanted it to. */
  readonly onLost: (what: string, lastWords: string) => void;
}

export function createMember({ places, binary, port, onLost }: MemberOptions): Member {
  const host = `127.0.0.1:${port}`;
  let running: { readonly child: ChildProcess; readonly known: KnownProcess } | undefined;

  async function kill(): Promise<void> {
    if (!running) return;
    const { known } = running;
    running = undefined;
    if (await isStillRunning(known)) process.kill(known.pid, 'SIGKILL');
    await untilGone(known);
  }

  async function start(): Promise<void> {
    const child = await spawned({ places, binary, port });
    const known = child.pid === undefined ? undefined : await knowProcess(child.pid);
    if (known) {
      writeState(places.homeDir, { port, owner: await knowMyself(), mongod: known });
      if (await answersWithin(host, child)) {
        running = { child, known };
        child.once('exit', (code, signal) => ended(child, signal ?? String(code)));
        return;
      }
    }
    throw new Error(`mongod on ${host} does not start\n${lastLinesOf(places)}`);
  }

  function ended(child: ChildProcess, how: string): void {
    if (running?.child !== child) return;
    running = undefined;
    onLost(`mongod on ${host} ended by itself: ${how}`, lastLinesOf(places));
  }

  function signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    if (running) process.kill(running.known.pid, name);
  }

  return {
    host,
    get isRunning() {
      return running !== undefined;
    },
    kill,
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    start,
    async stop() {
      await kill();
      await binary.sweep?.();
    },
  };
}

async function spawned({ places, binary, port }: Omit<MemberOptions, 'onLost'>): Promise<ChildProcess> {
  const args = [
    ...['--port', String(port), '--bind_ip', '127.0.0.1', '--dbpath', places.dbDir],
    ...['--replSet', REPLICA_SET_OF_THREE, '--oplogSize', '256', '--wiredTigerCacheSizeGB', '0.25'],
    ...['--logpath', logOf(places), '--logappend'],
    ...['--noscripting', '--quiet', ...binary.extraArgs],
    ...['--setParameter', `transactionLifetimeLimitSeconds=${TRANSACTION_LIFETIME_SECONDS}`],
  ];
  const child = spawn(binary.path, args, {
    ...places.account,
    cwd: places.homeDir,
    // A group of its own: a Ctrl-C is for the program, which ends the database when it has finished.
    detached: true,
    stdio: 'ignore',
    env: mongodEnvironment(places),
  });
  await once(child, 'spawn');
  return child;
}

function logOf({ dbDir }: Places): string {
  return path.join(dbDir, 'mongod.log');
}

const LINES = 5;

function lastLinesOf(places: Places): string {
  const file = logOf(places);
  if (!existsSync(file)) return 'it has written no log';
  return readFileSync(file, 'utf8').trim().split('\n').slice(-LINES).join('\n');
}

async function untilGone(known: KnownProcess): Promise<void> {
  for (let waitedMs = 0; waitedMs < DIES_WITHIN_MS; waitedMs += 20) {
    if (!(await isStillRunning(known))) return;
    await delay(20);
  }
  throw new Error(`mongod ${known.pid} is still there after SIGKILL`);
}

/** `false`: it has ended. */
async function answersWithin(host: string, child: ChildProcess): Promise<boolean> {
  const begunAt = performance.now();
  while (performance.now() - begunAt < ANSWERS_WITHIN_MS) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    if (await answers(host)) return true;
    await delay(100);
  }
  throw new Error(`mongod on ${host} does not answer`);
}

async function answers(host: string): Promise<boolean> {
  const client = new MongoClient(`mongodb://${host}/?directConnection=true`, {
    serverSelectionTimeoutMS: 1_000,
  });
  try {
    await client.db('admin').command({ ping: 1 });
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}

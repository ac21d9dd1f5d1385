import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { checkout } from '../scripts/mongo/places.ts';
import { within } from './patience.ts';
import { reportSchema, type Report, type Wishes } from './wishes.ts';

/** A process under test, seen from outside. */
export interface Instance {
  readonly name: string;
  /** Where deliveries go; undefined while it is not ready or not there. */
  readonly doorUrl: string | undefined;
  readonly reports: readonly Report[];
  /** Resolves when it takes deliveries. Rejects when it ends before. */
  readonly ready: Promise<void>;
  /** Resolves with the signal that ended it, or null when it ended by itself. */
  readonly ended: Promise<NodeJS.Signals | null>;
  /** Lets it begin; until then it is only loaded. */
  go(): void;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
  /** Asks it to end; resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** Several are started at once, on machines that do other things besides. */
const READY_WITHIN_MS = 150_000;
const STOPS_WITHIN_MS = 30_000;

const living = new Set<ChildProcess>();

// Whatever happens to the harness: nothing of it stays, paused ones neither.
process.once('exit', () => living.forEach((child) => child.kill('SIGKILL')));

/** Loads an instance; it begins to work with `go`. `environment` is added to its own, e.g. for another clock. */
export function loadInstance(wishes: Wishes, environment: NodeJS.ProcessEnv = {}): Instance {
  const child = spawn(process.execPath, [wishes.program, JSON.stringify(wishes)], {
    cwd: checkout,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment },
  });
  living.add(child);
  const reports: Report[] = [];
  let doorUrl: string | undefined;
  let hasEnded = false;
  const ended = once(child, 'exit').then(([, signal]) => {
    living.delete(child);
    hasEnded = true;
    doorUrl = undefined;
    return signal as NodeJS.Signals | null;
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      const report = reportSchema.parse(message);
      reports.push(report);
      if (report.report !== 'ready') return;
      doorUrl = report.doorUrl;
      resolve();
    });
    void ended.then((signal) =>
      reject(new Error(`${wishes.name} ended before it was ready (${signal ?? 'by itself'})`)),
    );
  });
  const isReady = within(READY_WITHIN_MS, ready, `${wishes.name} is ready`);
  isReady.catch(() => undefined);
  return {
    name: wishes.name,
    get doorUrl() {
      return doorUrl;
    },
    reports,
    ready: isReady,
    ended,
    go: () => void (child.connected && child.send('go')),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async stop() {
      if (!hasEnded) child.kill('SIGTERM');
      await within(STOPS_WITHIN_MS, ended, `${wishes.name} ends`).catch(() => child.kill('SIGKILL'));
      await ended;
      return child.exitCode;
    },
  };
}

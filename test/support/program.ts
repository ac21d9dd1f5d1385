import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Program {
  readonly baseUrl: string;
  /** What it has said so far. */
  said(): string;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to end, as Ctrl-C does; its exit code. */
  interrupt(): Promise<number | null>;
  /** Resolves with its exit code when it has ended by itself or by a signal that was sent. */
  readonly ended: Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
}

const rootDir = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** src/main.ts as a process of its own, ready to serve. Throws with what it said when it ends before that. */
export async function startProgram(environment: Readonly<Record<string, string>>): Promise<Program> {
  const program = runProgram(environment);
  const baseUrl = await program.untilSaid(/(http:\/\/127\.0\.0\.1:\d+)\/console\//);
  return { ...program, baseUrl };
}

export interface RunningProgram extends Omit<Program, 'baseUrl'> {
  /** Resolves with what the pattern's first group caught; throws when it ends before it has said so. */
  untilSaid(pattern: RegExp): Promise<string>;
}

/** The same, whether it is ready or not. */
export function runProgram(environment: Readonly<Record<string, string>>): RunningProgram {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: rootDir,
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      for (const listener of listeners) listener();
    });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return {
    said: () => said,
    ended,
    signal: (signal) => void child.kill(signal),
    untilSaid: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(said);
          if (found) resolve(found[1] ?? found[0]);
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`the program ended before it said so: ${said}`)));
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    interrupt() {
      child.kill('SIGINT');
      return ended;
    },
  };
}

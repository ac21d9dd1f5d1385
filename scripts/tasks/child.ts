import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkout } from '../mongo/places.ts';

const endWithParent = pathToFileURL(path.join(checkout, 'scripts/setup/end-with-parent.mjs')).href;

/** npm passes on a Ctrl-C that the terminal has already sent to everybody: two signals, one wish. */
const ONE_WISH_MS = 1_000;

const PARENT_CHECK_MS = 500;
const parentAtStart = process.ppid;

/**
 * Runs a Node program to its end and answers its exit code (128 + n for signal n, as shells do). SIGINT, SIGTERM and
 * SIGHUP are passed on, once, and this process stays until the program has finished. It is asked to finish when
 * `endWhen` resolves.
 */
export async function runNode(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  { endWhen }: { endWhen?: Promise<unknown> } = {},
): Promise<number> {
  const child = spawn(process.execPath, ['--import', endWithParent, ...args], {
    cwd: checkout,
    // A group of its own, so that a Ctrl-C reaches it through us only, and once.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...environment },
  });
  forwardSignals(child);
  void endWhen?.then(() => child.kill('SIGTERM'));
  return exitCode(child);
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/** The handlers stay when the child has ended: an impatient second Ctrl-C must not cut off the database's own end. */
function forwardSignals(child: ChildProcess): void {
  let lastAt = -Infinity;
  const forward = (signal: NodeJS.Signals) => {
    if (performance.now() - lastAt < ONE_WISH_MS) return;
    lastAt = performance.now();
    child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, forward);
  if (process.env.npm_lifecycle_event) whenParentIsGone(() => forward('SIGTERM'));
}

/** npm runs us through a shell and sends a SIGTERM to that shell only, which ends without telling anybody. */
function whenParentIsGone(act: () => void): void {
  const check = setInterval(() => {
    if (process.ppid === parentAtStart) return;
    clearInterval(check);
    act();
  }, PARENT_CHECK_MS);
  check.unref();
}

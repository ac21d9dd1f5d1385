import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkout } from '../../scripts/mongo/places.ts';
import { chooseAccount, giveTo } from '../../scripts/mongo/run-as.ts';
import { treeCpuSeconds } from './process-cpu.ts';

/** A database server that a peer brings along, on a port of the loopback address. */
export interface PeerServer {
  readonly port: number;
  cpuSeconds(): number;
}

export interface ServerRecipe {
  /** The first of these that is there is run. */
  readonly programs: readonly string[];
  readonly args: (port: number, folder: string) => readonly string[];
  /** Said by the server when it takes connections. */
  readonly readyLine: string;
  /** The signal that ends it soon and cleanly. */
  readonly endSignal: NodeJS.Signals;
  /** Run once in the empty folder before the start. */
  readonly prepare?: (folder: string) => readonly [program: string, ...args: string[]];
}

const READY_WITHIN_MS = 30_000;
const END_WITHIN_MS = 10_000;

export function programOf({ programs }: Pick<ServerRecipe, 'programs'>): string | undefined {
  return programs.find((program) => existsSync(program));
}

/** Runs a fresh server with an empty folder, not as root, and ends and removes it afterwards. */
export async function withServer<Result>(
  recipe: ServerRecipe,
  use: (server: PeerServer) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'yishi-bench-'));
  const account = chooseAccount(checkout);
  giveTo(account, folder);
  const options = { ...account, cwd: folder, env: { PATH: process.env['PATH'], HOME: folder, LC_ALL: 'C' } };
  try {
    if (recipe.prepare) prepare(recipe.prepare(folder), options);
    const port = await freePort();
    const child = spawn(programOf(recipe) ?? '', recipe.args(port, folder), options);
    const endWithUs = () => void child.kill('SIGKILL');
    process.once('exit', endWithUs);
    try {
      await said(child, recipe.readyLine);
      const pid = child.pid ?? NaN;
      return await use({ port, cpuSeconds: () => treeCpuSeconds(pid) });
    } finally {
      await end(child, recipe.endSignal);
      process.removeListener('exit', endWithUs);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function prepare([program, ...args]: readonly [string, ...string[]], options: object): void {
  const { status, stderr, error } = spawnSync(program, args, { ...options, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function said(child: ChildProcess, line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const fail = (why: string) => reject(new Error(`${child.spawnfile}: ${why}\n${heard}`));
    const timer = setTimeout(() => fail('not ready in time'), READY_WITHIN_MS);
    const listen = (chunk: Buffer) => {
      heard = (heard + chunk.toString()).slice(-4_000);
      if (!heard.includes(line)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', ({ message }) => fail(message));
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  const insist = setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS);
  await ended;
  clearTimeout(insist);
}

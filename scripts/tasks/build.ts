import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkout } from '../mongo/places.ts';

interface Build {
  readonly what: string;
  /** Files and folders that decide what comes out. */
  readonly sources: readonly string[];
  readonly outDir: string;
  readonly viteArgs: readonly string[];
}

/** The pages share words and types with the server. */
const WEB_PAGES: Build = {
  what: 'web pages',
  sources: ['web', 'src', 'package-lock.json'],
  outDir: 'web/dist',
  viteArgs: ['build', 'web'],
};

const PROGRAM_PARTS: Build = {
  what: 'program',
  sources: ['src', 'bots', 'handlers', 'models', 'vite.config.ts', 'package.json', 'package-lock.json'],
  outDir: 'dist',
  viteArgs: ['build'],
};

const NO_SOURCE = /(^|\/)(dist|node_modules)(\/|$)/;

/** What `buildProgram` makes of src/main.ts. */
export const PROGRAM = 'dist/main.js';

/**
 * Node's options for the program. Left alone, V8 lets garbage lie until the heap is twice what is in use, and at full
 * speed the process takes half as much memory again.
 */
export const HEAP_OPTIONS: readonly string[] = ['--max-semi-space-size=8', '--heap-growing-percent=50'];

/**
 * Builds the web pages, unless they were built from the very same sources.
 * @throws Error when the build fails; its messages have been printed
 */
export function buildWebPages(log: (line: string) => void): void {
  build(WEB_PAGES, log);
}

/**
 * Builds the program, unless it was built from the very same sources. Half a second of building saves each start one,
 * and each process a third of its memory, beside running TypeScript as it is.
 * @throws Error when the build fails; its messages have been printed
 */
export function buildProgram(log: (line: string) => void): void {
  build(PROGRAM_PARTS, log);
}

function build({ what, sources, outDir, viteArgs }: Build, log: (line: string) => void): void {
  const stampFile = path.join(checkout, outDir, '.built-from');
  const wanted = hashOf(sources);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  log(`Building the ${what} …`);
  const vite = path.join(checkout, 'node_modules/vite/bin/vite.js');
  const { status } = spawnSync(process.execPath, [vite, ...viteArgs, '--logLevel', 'warn'], {
    cwd: checkout,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`The ${what} could not be built. The reason is above.`);
  writeFileSync(stampFile, wanted);
}

function hashOf(sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => listFiles(source)).sort()) {
    hash.update(`${file}\0`).update(readFileSync(path.join(checkout, file)));
  }
  return hash.digest('hex');
}

function listFiles(source: string): string[] {
  const place = path.join(checkout, source);
  if (source.includes('.')) return [source];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(checkout, path.join(entry.parentPath, entry.name)))
    .filter((file) => !NO_SOURCE.test(file));
}

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkout } from '../mongo/places.ts';

/** What the built pages depend on. The pages share words and types with the server. */
const SOURCES = ['web', 'src', 'package-lock.json'];
const NO_SOURCE = /(^|\/)(dist|node_modules)(\/|$)/;

const stampFile = path.join(checkout, 'web/dist/.built-from');

/**
 * Builds the web pages, unless they were built from the very same sources.
 * @throws Error when the build fails; its messages have been printed
 */
export function buildWebPages(log: (line: string) => void): void {
  if (!existsSync(path.join(checkout, 'web/vite.config.ts'))) return log('No web pages to build.');
  const wanted = hashSources();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  log('Building the web pages …');
  const vite = path.join(checkout, 'node_modules/vite/bin/vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', 'web', '--logLevel', 'warn'], {
    cwd: checkout,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error('The web pages could not be built. The reason is above.');
  writeFileSync(stampFile, wanted);
}

function hashSources(): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => listFiles(source)).sort()) {
    hash.update(`${file}\0`).update(readFileSync(path.join(checkout, file)));
  }
  return hash.digest('hex');
}

function listFiles(source: string): string[] {
  const place = path.join(checkout, source);
  if (!existsSync(place)) return [];
  if (source.includes('.')) return [source];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(checkout, path.join(entry.parentPath, entry.name)))
    .filter((file) => !NO_SOURCE.test(file));
}

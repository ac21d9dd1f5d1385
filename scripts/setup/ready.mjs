/**
 * Makes a fresh clone ready to run: the right Node, the packages, TypeScript. Plain JavaScript on purpose: nothing is
 * installed yet when it runs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const checkout = path.resolve(import.meta.dirname ?? '.', '../..');
const lockFile = path.join(checkout, 'package-lock.json');
/** npm writes this one last, so it is there only after a complete installation. */
const installed = path.join(checkout, 'node_modules/.package-lock.json');
const stamp = path.join(checkout, 'node_modules/.yishi-installed');

/** Ends the process with a clear message where the clone cannot be made ready. */
export async function makeReady() {
  checkNode();
  process.chdir(checkout);
  if (!isInstalled()) install();
  const { register } = await import('tsx/esm/api');
  register();
}

function checkNode() {
  const { engines } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8'));
  const needed = engines.node.replace('>=', '').split('.').map(Number);
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return;
  fail(
    `Yishi needs Node ${engines.node}; this is ${process.version}. Install a newer one from https://nodejs.org.`,
  );
}

function isInstalled() {
  if (!existsSync(installed)) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()) return true;
  // Somebody ran npm by hand after the last change of the lock file.
  return statSync(installed).mtimeMs >= statSync(lockFile).mtimeMs;
}

function install() {
  refuseLinkedFolder();
  console.log('Installing packages (npm ci), about a minute …');
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  const { status, error } = npm
    ? spawnSync(process.execPath, [npm, ...args], { stdio: ['ignore', 'inherit', 'inherit'] })
    : spawnSync('npm', args, {
        stdio: ['ignore', 'inherit', 'inherit'],
        shell: process.platform === 'win32',
      });
  if (status !== 0) fail(`npm ci failed${error ? `: ${error.message}` : ''}. Its own messages are above.`);
  writeFileSync(stamp, lockHash());
}

/** npm ci begins by emptying the folder, and would empty the one it is a link to. */
function refuseLinkedFolder() {
  const folder = path.join(checkout, 'node_modules');
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  fail(
    'node_modules is a link to another folder and does not fit package-lock.json. Remove the link and start again.',
  );
}

function lockHash() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}

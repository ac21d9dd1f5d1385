import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from '../../scripts/mongo/lock.ts';
import { endProcess, isStillRunning, knowMyself, knowProcess } from '../../scripts/mongo/processes.ts';
import { canReach } from '../../scripts/mongo/run-as.ts';
import { choosePort, readState, writeState } from '../../scripts/mongo/state.ts';
import { refuseUnlessSha256 } from '../../scripts/mongo/windows-files.ts';

let dir: string;
beforeEach(async () => (dir = await mkdtemp(path.join(tmpdir(), 'mongo-parts-'))));
afterEach(() => rm(dir, { recursive: true, force: true }));

async function startSleeper() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")']);
  await once(child.stdout, 'data');
  const known = await knowProcess(child.pid ?? 0);
  if (!known) throw new Error('the sleeper did not start');
  return { child, known };
}

describe('a fetched mongod', () => {
  it('is refused when it is not exactly the known one', async () => {
    const file = path.join(dir, 'mongod.exe');
    await writeFile(file, 'something else');
    await expect(refuseUnlessSha256(file, '0'.repeat(64))).rejects.toThrow(
      /mongod\.exe is not the known one/,
    );
  });

  it('is accepted by its hash', async () => {
    const file = path.join(dir, 'empty');
    await writeFile(file, '');
    const ofNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    await expect(refuseUnlessSha256(file, ofNothing)).resolves.toBeUndefined();
  });
});

describe('the port of an embedded database', () => {
  it('is the one of the last start', async () => {
    const first = await choosePort(undefined);
    writeState(dir, { port: first });
    expect(await choosePort(readState(dir)?.port)).toBe(first);
  });

  it('is another one when the kept one was taken meanwhile', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const taken = (server.address() as { port: number }).port;
    expect(await choosePort(taken)).not.toBe(taken);
    server.close();
  });

  it('is chosen afresh when the notes are damaged', async () => {
    await writeFile(path.join(dir, 'state.json'), '{ "port": "80; rm"');
    expect(readState(dir)).toBeUndefined();
  });
});

describe('a process that was written down', () => {
  it('is ended when it is still the same one', async () => {
    const { child, known } = await startSleeper();
    await endProcess(known, 5_000);
    expect(child.signalCode ?? (await once(child, 'exit'))[1]).toBe('SIGTERM');
    expect(await isStillRunning(known)).toBe(false);
  });

  it('is left alone when its number now belongs to another one', async () => {
    const { child, known } = await startSleeper();
    await endProcess({ ...known, startedAt: 'long ago' }, 100);
    expect(await isStillRunning(known)).toBe(true);
    child.kill();
  });
});

describe('a lock', () => {
  it('lets one in at a time', async () => {
    const file = path.join(dir, 'lock');
    const seen: string[] = [];
    const visit = (name: string) =>
      withLock(
        file,
        async () => {
          seen.push(`${name} in`);
          await new Promise(setImmediate);
          seen.push(`${name} out`);
        },
        () => undefined,
      );
    await Promise.all([visit('one'), visit('two')]);
    expect(seen[1]?.split(' ')[0]).toBe(seen[0]?.split(' ')[0]);
    expect(existsSync(file)).toBe(false);
  });

  it('does not outlive a program that was killed', async () => {
    const file = path.join(dir, 'lock');
    await writeFile(file, JSON.stringify({ ...(await knowMyself()), startedAt: 'long ago' }));
    expect(
      await withLock(
        file,
        async () => 'in',
        () => undefined,
      ),
    ).toBe('in');
  });
});

describe('the account of the database', () => {
  const stranger = { uid: 54_321, gid: 54_321 };

  it('reaches a folder that is open all the way down', async () => {
    await chmod(dir, 0o755);
    expect(canReach(path.join(dir, 'not/made/yet'), stranger)).toBe(true);
  });

  it('does not reach a folder inside a closed one', async () => {
    const closed = path.join(dir, 'home');
    await mkdir(path.join(closed, 'checkout'), { recursive: true });
    await chmod(dir, 0o755);
    await chmod(closed, 0o700);
    expect(canReach(path.join(closed, 'checkout'), stranger)).toBe(false);
  });
});

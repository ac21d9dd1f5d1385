import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { Connection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createAuditLog } from '#models/audit';
import { createDirectory } from '#models/directory';
import { createLoginStore } from '#models/logins';
import { createPeopleStore } from '#models/people';
import { createPlaceStore } from '#models/places';
import { connectDatabase } from '#src/database/connection';
import { connectTestDatabase, type TestDatabase } from '#test/support/mongo';

const checkout = resolve(import.meta.dirname, '../..');
const EXAMPLE = join(checkout, 'docs/examples/community.json');

let database: TestDatabase;
let connection: Connection;
let folder: string;
beforeAll(async () => {
  database = await connectTestDatabase();
  connection = await connectDatabase({ uri: database.uri });
  folder = await mkdtemp(join(tmpdir(), 'yishi-community-'));
});
beforeEach(() => database.empty());
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await connection.close();
  await database.close();
});

/** What an operator types, with `typed` on standard input. */
async function community(args: readonly string[], { typed = '', uri = database.uri } = {}) {
  const program = spawn(process.execPath, ['--import', 'tsx', 'scripts/community.ts', ...args], {
    cwd: checkout,
    env: {
      ...process.env,
      MONGODB_URI: uri,
      PUBLIC_URL: 'https://yishi.example.cn',
      WECHATY: '',
      SESSION_SECRET: '',
    },
  });
  const said = { out: '', wrong: '' };
  program.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  program.stderr.on('data', (chunk: Buffer) => (said.wrong += chunk.toString()));
  program.stdin.end(typed);
  const [code] = (await once(program, 'close')) as [number];
  return { code, ...said };
}

const rows = (collection: string) => database.db.collection<{ _id: string }>(collection).find().toArray();
const tokensIn = (out: string) =>
  [...out.matchAll(/https:\/\/yishi\.example\.cn\/login\/(\S+)/g)].map(([, token = '']) => token);

async function changedExample(change: (text: string) => string): Promise<string> {
  const path = join(folder, 'community.json');
  await writeFile(path, change(await readFile(EXAMPLE, 'utf8')));
  return path;
}

// Each test starts the program several times.
describe('npm run community', { timeout: 60_000 }, () => {
  it('sets up the example, so that its groups and officers are known', async () => {
    const { code, out, wrong } = await community([EXAMPLE]);
    expect({ code, wrong }).toEqual({ code: 0, wrong: '' });
    expect(out).toContain('saved: 2 places, 3 groups, 3 people, 1 identities');
    const conversation = {
      channel: 'wechaty',
      account: 'wechaty',
      conversationId: '20000000001@chatroom',
    } as const;
    const groups = await createDirectory(connection).groupsOf([conversation]);
    expect([...groups.values()][0]).toMatchObject({ id: 'group:heping-residents', placeId: 'place:heping' });
    expect((await createPlaceStore(connection).subtreeIds('place:qingshi')).toSorted()).toEqual([
      'place:heping',
      'place:qingshi',
    ]);
    const officers = await createPeopleStore(connection).withOfficeIn('place:heping');
    expect(officers.map(({ name }) => name).sort()).toEqual(['唐波', '孟晓', '顾月']);
  });

  it('changes nothing the second time, and only what was changed the third', async () => {
    await community([EXAMPLE]);
    const before = [await rows('places'), await rows('groups'), await rows('people'), await rows('audit')];
    expect((await community([EXAMPLE])).out).toContain('saved: 0 places, 0 groups, 0 people, 0 identities');
    expect([await rows('places'), await rows('groups'), await rows('people'), await rows('audit')]).toEqual(
      before,
    );
    const path = await changedExample((text) =>
      text
        .replace('"kind": "department"', '"kind": "liaison"')
        .replace('"unit": "物业",\n      "conversation"', '"conversation"'),
    );
    expect((await community([path])).out).toContain('saved: 0 places, 1 groups, 0 people, 0 identities');
    const group = (await rows('groups')).find(({ _id }) => _id === 'group:heping-property');
    expect(group).not.toHaveProperty('unit');
    expect((await community([path])).out).toContain('saved: 0 places, 0 groups');
  });

  it('notes every change in an unbroken chain, without names', async () => {
    await community([EXAMPLE, '--links']);
    const entries = await rows('audit');
    expect(entries).toHaveLength(2 + 3 + 3 + 1 + 3);
    expect(JSON.stringify(entries)).not.toMatch(/\p{Script=Han}|wxid|mengxiao/u);
    expect(await createAuditLog(connection).firstBreak('place:heping')).toBeUndefined();
  });

  it('prints a link for each officer without password, good once and for seven days', async () => {
    const logins = createLoginStore(connection);
    await logins.setPassword('tangbo', 'person:tang-bo', 'long enough for me');
    const { out } = await community([EXAMPLE, '--links']);
    const tokens = tokensIn(out);
    expect(tokens).toHaveLength(2);
    expect(out).not.toContain('tangbo');
    const { localTime } = (await database.db.admin().command({ hello: 1 })) as { localTime: Date };
    const inDays = (days: number) => new Date(localTime.getTime() + days * 86_400_000);
    expect(await logins.redeem(tokens[0] ?? '', inDays(7.1))).toBeUndefined();
    expect(await logins.redeem(tokens[0] ?? '', inDays(6.9))).toBe('person:meng-xiao');
    expect(await logins.redeem(tokens[0] ?? '', inDays(0))).toBeUndefined();
  });

  it('sets a password that is typed, and keeps short ones and strangers out', async () => {
    const set = await community([EXAMPLE, '--password', 'mengxiao'], { typed: 'correct horse battery\n' });
    expect({ code: set.code, out: set.out }).toMatchObject({
      code: 0,
      out: expect.stringContaining('password of mengxiao set') as string,
    });
    expect(set.out + set.wrong).not.toContain('correct horse');
    const logins = createLoginStore(connection);
    expect(await logins.verify('mengxiao', 'correct horse battery')).toBe('person:meng-xiao');
    expect((await community([EXAMPLE, '--password', 'mengxiao'], { typed: 'short\n' })).code).toBe(2);
    expect(
      (await community([EXAMPLE, '--password', 'nobody'], { typed: 'correct horse battery\n' })).code,
    ).toBe(2);
    expect(await logins.verify('mengxiao', 'correct horse battery')).toBe('person:meng-xiao');
  });

  it('saves nothing of a file with a mistake, and names it', async () => {
    const path = await changedExample((text) => text.replaceAll('"place": "qingshi"', '"place": "qingshui"'));
    const { code, wrong } = await community([path]);
    expect(code).toBe(2);
    expect(wrong).toContain('officers.2.offices.0.place: there is no place qingshui in the file');
    expect(await rows('places')).toEqual([]);
  });

  it.each([
    ['no database is named', [EXAMPLE], 'MONGODB_URI: is needed', ''],
    ['the file is not there', ['nowhere.json'], 'nowhere.json: cannot be read', undefined],
    ['the file is no JSON', ['LICENSE'], 'LICENSE: is no JSON', undefined],
    ['an option is unknown', [EXAMPLE, '--delete'], 'use: npm run community', undefined],
  ])('ends with exit code 2 when %s', async (_, args, words, uri) => {
    const { code, wrong } = await community(args, uri === undefined ? {} : { uri });
    expect(code).toBe(2);
    expect(wrong).toContain(words);
  });

  it('lists chats that belong to no place, for writing the file', async () => {
    const from = { channel: 'wechaty', account: 'wechaty', conversationId: '20000000001@chatroom' };
    const message = (vendorId: string, displayName: string) => ({
      from,
      conversationKind: 'group',
      sender: { vendorId, displayName, isSelf: false },
      body: { type: 'text', text: '不该出现' },
    });
    await database.db.collection<{ _id: string }>('inbox').insertMany([
      {
        _id: 'a',
        event: 'refused.unbound',
        receivedAt: new Date(1),
        message: message('wxid_1', '孟晓'),
      } as { _id: string },
      {
        _id: 'b',
        event: 'ignored.unbound',
        receivedAt: new Date(2),
        message: message('wxid_2', '唐波'),
      } as { _id: string },
      {
        _id: 'c',
        event: 'concern.registered',
        receivedAt: new Date(3),
        message: message('wxid_3', '顾月'),
      } as { _id: string },
    ]);
    const { out } = await community(['--seen']);
    expect(JSON.parse(out)).toEqual([
      {
        conversation: from,
        kind: 'group',
        speakers: [
          { vendorId: 'wxid_2', name: '唐波' },
          { vendorId: 'wxid_1', name: '孟晓' },
        ],
      },
    ]);
    expect(out).not.toContain('不该出现');
  });
});

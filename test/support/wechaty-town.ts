/**
 * The whole program with personal WeChat groups: a real wechaty on a vendor that lives in this process, a real
 * database, and a clock that the test moves.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { vi } from 'vitest';

import { identityKey } from '#core/message';
import type { Group, Place } from '#core/people';
import { saveIdentity } from '#models/identities';
import { DEFAULT_RULES } from '#procedure/rules';
import { buildApp, type App } from '#src/app';
import { createMediaKeeper } from '#src/app/channels';
import { parseConfig } from '#src/config';
import { connectDatabase } from '#src/database/connection';
import { createLog } from '#src/log';
import { mockLogin, type MockContact, type MockLogin, type MockRoom } from '#test/bots/wechaty/mock-login';
import { setClock, TEST_SECRET } from './app.ts';
import { connectTestDatabase } from './mongo.ts';
import { settled } from './settled.ts';

const PLACE: Place = {
  id: 'place:xinyuan',
  name: '新苑',
  kind: 'community',
  ancestorIds: [],
  timeZone: 'Asia/Shanghai',
  dutyContact: { name: '刘敏', unit: '社区', phone: '0000-5550102' },
  rules: DEFAULT_RULES,
};
const STARTS_AT = '2026-12-01T09:00:00+08:00';
const rootDir = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface WechatyTown {
  readonly app: App;
  readonly login: MockLogin;
  readonly residents: MockRoom;
  readonly secretaries: MockRoom;
  readonly people: Readonly<Record<'zhang' | 'li' | 'wang' | 'liu', MockContact>>;
  readonly logged: readonly string[];
  /** Somebody speaks in a room; resolves with what the bot said there until everything was done. */
  readonly says: (who: MockContact, text: string, room: MockRoom, times?: number) => Promise<string>;
  /** What the bot said since the last look, in a room or to somebody, one text behind the other. */
  readonly unread: (to: { readonly id: string }) => string;
  /** Moves the clock and waits until what became due is done. */
  readonly to: (moment: string) => Promise<void>;
  readonly count: (collection: string, filter?: Record<string, unknown>) => Promise<number>;
  readonly stop: () => Promise<void>;
}

export async function openWechatyTown(): Promise<WechatyTown> {
  const database = await connectTestDatabase();
  await setClock(database, STARTS_AT);
  const connection = await connectDatabase({ uri: database.uri });
  const logged: string[] = [];
  const time = { app: undefined as App | undefined };
  const now = () => time.app?.clock.now() ?? new Date(STARTS_AT);
  const login = mockLogin({
    clock: {
      now,
      monotonicMs: () => performance.now(),
      sleep: async (ms, signal) => time.app?.clock.sleep(ms, signal),
    },
    keepMedia: createMediaKeeper(connection),
  });
  const config = parseConfig({ PORT: '0', MONGODB_URI: database.uri, PLAYGROUND: 'on', LOG_LEVEL: 'debug' });
  const app = await buildApp(config, {
    connection,
    log: createLog(config.LOG_LEVEL, { write: (line) => void logged.push(line) }),
    channels: [login.channel],
    rootDir,
    sessionSecret: TEST_SECRET,
    consoleLinks: () => [],
  });
  time.app = app;
  // The vendor's clock goes with the test's, or every vote would be from another month.
  const payloadOf = login.puppet.messageRawPayload.bind(login.puppet);
  login.puppet.messageRawPayload = async (id) => ({ ...(await payloadOf(id)), timestamp: now().getTime() });

  const people = {
    zhang: login.contact('张桂兰'),
    li: login.contact('李明', false),
    wang: login.contact('王芳', false),
    liu: login.contact('刘敏'),
  };
  const residents = login.room('新苑居民群', people.zhang, people.li, people.wang);
  const secretaries = login.room('新苑工作群', people.liu);
  await settlePlace(app, login, { residents, secretaries, secretary: people.liu });
  await app.start();
  login.login();
  await vi.waitUntil(() => login.channel.health() === 'ready', { interval: 5 });

  const quiet = () => settled(database, now);
  const read = new Map<string, number>();
  const unread = ({ id }: { readonly id: string }) => {
    const said = login.said.filter(({ to }) => to === id).map(({ text }) => text);
    const fresh = said.slice(read.get(id) ?? 0);
    read.set(id, said.length);
    return fresh.join('\n---\n');
  };
  const count = (collection: string, filter: Record<string, unknown> = {}) =>
    database.db.collection(collection).countDocuments(filter);

  return {
    app,
    login,
    residents,
    secretaries,
    people,
    logged,
    unread,
    count,
    async says(who, text, room, times = 1) {
      const before = await count('inbox');
      who.say(text, text.startsWith('@') ? [login.self] : []).to(room);
      for (let time = 1; time < times; time += 1) login.repeat();
      await vi.waitUntil(async () => (await count('inbox')) > before, { interval: 10, timeout: 5_000 });
      await quiet();
      return unread(room);
    },
    async to(moment) {
      await app.clock.advance(Math.ceil((Date.parse(moment) - now().getTime()) / 1_000));
      await quiet();
    },
    async stop() {
      await app.stop();
      await connection.close();
      await database.close();
    },
  };
}

/** Binds the vendor's rooms to a place, and makes one contact its secretary. */
async function settlePlace(
  { stores, engine, clock }: App,
  login: MockLogin,
  who: { residents: MockRoom; secretaries: MockRoom; secretary: MockContact },
): Promise<void> {
  const group = (id: string, kind: Group['kind'], room: MockRoom): Group => ({
    id,
    placeId: PLACE.id,
    kind,
    name: room.payload.topic,
    conversation: login.at(room),
  });
  const secretary = { id: 'person:liu', name: '刘敏', homePlaceId: PLACE.id };
  const writes = [
    stores.places.save(PLACE),
    stores.groups.save(group('group:residents', 'residents', who.residents)),
    stores.groups.save(group('group:secretaries', 'secretaries', who.secretaries)),
    stores.people.save({ ...secretary, offices: [{ role: 'secretary', placeId: PLACE.id, unit: '社区' }] }),
    saveIdentity({
      id: identityKey(login.at(who.secretaries), who.secretary.id),
      personId: secretary.id,
      displayName: secretary.name,
    }),
  ];
  await engine.commits.guarded.commitGuarded(
    { writes, dispatches: [] },
    { requestId: 'town', at: clock.now() },
  );
}

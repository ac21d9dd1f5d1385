import { saveIdentity } from '#models/identities';
import { directConversationId, WEB_ACCOUNT, webConversation } from '#core/web-chat';
import { identityKey } from '#core/message';
import type { Group, Person, Place } from '#core/people';
import { DEMO_PLACES } from '#src/demo/community';
import type { TestApp } from './app.ts';
import { cookieFrom, consoleOf, type ConsoleUser } from './console.ts';

export const OTHER_PLACE = 'place:pinganli';
/** In every text of the other community, so that a leak is seen wherever it happens. */
export const CANARY = '金丝雀';

const group = (key: string, kind: Group['kind'], name: string, unit?: string): Group => ({
  id: `group:${key}`,
  placeId: OTHER_PLACE,
  kind,
  name,
  conversation: webConversation(key),
  ...(unit !== undefined && { unit }),
});

export const OTHER_GROUPS: readonly Group[] = [
  group('pinganli-residents', 'residents', `${CANARY}居民群`),
  group('pinganli-secretaries', 'secretaries', `${CANARY}工作群`),
  group('pinganli-property', 'department', `${CANARY}物业群`, '物业'),
];

interface Member {
  readonly key: string;
  readonly name: string;
  readonly role?: 'secretary' | 'department';
  readonly groupKeys: readonly string[];
}

const MEMBERS: readonly Member[] = [
  { key: 'other-1', name: `许静${CANARY}`, groupKeys: ['pinganli-residents'] },
  { key: 'other-2', name: `彭辉${CANARY}`, groupKeys: ['pinganli-residents'] },
  { key: 'other-3', name: `彭辉二${CANARY}`, groupKeys: [] },
  { key: 'other-secretary', name: `马力${CANARY}`, role: 'secretary', groupKeys: ['pinganli-secretaries'] },
  { key: 'other-property', name: `胡军${CANARY}`, role: 'department', groupKeys: ['pinganli-property'] },
];

/** A second community under the same street, with people of its own. Returns the console of its secretary. */
export async function addOtherCommunity(app: TestApp): Promise<ConsoleUser> {
  const { stores, engine, clock } = app.app;
  const at = clock.now();
  const home = DEMO_PLACES[1];
  if (!home) throw new Error('the demo has no community');
  const place: Place = { ...home, id: OTHER_PLACE, name: `平安里${CANARY}` };
  const writes = [
    stores.places.save(place),
    ...OTHER_GROUPS.map((one) => stores.groups.save(one)),
    ...MEMBERS.flatMap(({ key, name, role, groupKeys }) => {
      const offices = role
        ? [{ role, placeId: OTHER_PLACE, unit: role === 'secretary' ? '社区' : '物业' }]
        : [];
      const person: Person = { id: `person:${key}`, name, homePlaceId: OTHER_PLACE, offices };
      const id = identityKey({ channel: 'web', account: WEB_ACCOUNT, conversationId: '' }, key);
      const direct = webConversation(directConversationId(key));
      return [
        stores.people.save(person),
        saveIdentity({ id, personId: person.id, displayName: name, direct }),
        ...groupKeys.map((groupKey) => stores.directory.joined(`group:${groupKey}`, person.id, at)),
      ];
    }),
    // Sitting in a group makes nobody its secretary.
    stores.directory.joined('group:pinganli-secretaries', 'person:secretary', at),
  ];
  await engine.commits.guarded.commitGuarded(
    { writes, dispatches: [] },
    { requestId: 'other-community', at },
  );
  return signInAs(app, 'person:other-secretary');
}

/** The console of any person, resident or officer, through a fresh link. */
export async function signInAs(app: TestApp, personId: string): Promise<ConsoleUser> {
  const expiresAt = new Date(app.app.clock.realNow().getTime() + 3_600_000);
  const token = await app.app.stores.logins.createLink(personId, { expiresAt, uses: 1 });
  return consoleOf(app, await cookieFrom(`${app.baseUrl}/login/${token}`));
}

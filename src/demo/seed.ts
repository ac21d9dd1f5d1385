import type { CommitGuarded } from '#core/commit';
import type { Write } from '#core/decision';
import { identityKey } from '#core/message';
import type { Group, Identity, Person, Place } from '#core/people';
import { WEB_ACCOUNT } from '#core/web-chat';

import { DEMO_GROUPS, DEMO_PEOPLE, DEMO_PLACES, directOf, type DemoPerson } from './community.ts';

export interface SeedDeps {
  readonly isEmpty: () => Promise<boolean>;
  readonly commitGuarded: CommitGuarded;
  readonly now: () => Date;
  readonly save: {
    place(place: Place): Write;
    group(group: Group): Write;
    person(person: Person): Write;
    identity(identity: Identity): Write;
    membership(groupId: string, personId: string, at: Date): Write;
  };
}

/** Puts the demo community into an empty database, in one transaction. `false`: there was something already. */
export async function seedDemo(deps: SeedDeps): Promise<boolean> {
  if (!(await deps.isEmpty())) return false;
  const at = deps.now();
  const writes = [
    ...DEMO_PLACES.map((place) => deps.save.place(place)),
    ...DEMO_GROUPS.map((group) => deps.save.group(group)),
    ...DEMO_PEOPLE.flatMap((demo) => personWrites(deps, demo, at)),
  ];
  await deps.commitGuarded({ writes, dispatches: [] }, { requestId: 'demo-seed', at });
  return true;
}

function personWrites(deps: SeedDeps, { key, person, groupIds }: DemoPerson, at: Date): Write[] {
  const identity: Identity = {
    id: identityKey({ channel: 'web', account: WEB_ACCOUNT, conversationId: '' }, key),
    personId: person.id,
    displayName: person.name,
    direct: directOf(key),
  };
  return [
    deps.save.person(person),
    deps.save.identity(identity),
    ...groupIds.map((groupId) => deps.save.membership(groupId, person.id, at)),
  ];
}

import type { Connection } from 'mongoose';

import type { Chance } from '#core/clock';
import { DAY_MS } from '#core/clock';
import { groupOf, groupsCollection } from '#models/groups';
import { identitiesCollection } from '#models/identities';
import { collectionOf, recordOf } from '#models/collection';
import { peopleCollection } from '#models/people';
import { placesCollection } from '#models/places';
import { createCommits } from '#src/app/engine';
import { communityWrites, createStores, type Stores } from '#src/app/stores';
import type { DatabaseClock } from '#src/database/clock';

import { identityIdOf, type CommunityFile } from './file.ts';
import { auditOf, planCommunity, type CommunityPlan, type Existing, type Officer } from './plan.ts';

export interface CommunityDeps {
  readonly connection: Connection;
  readonly clock: DatabaseClock;
  readonly chance: Chance;
}

export interface CommunitySetup {
  /** Brings the database to what the file says, in one transaction. Throws CommunityError; then nothing is saved. */
  save(file: CommunityFile): Promise<CommunityPlan>;
  /** A sign-in link for each officer who has an office and no password: good once, for seven days. */
  links(
    officers: readonly Officer[],
  ): Promise<readonly { readonly officer: Officer; readonly token: string }[]>;
  setPassword(officer: Officer, password: string): Promise<void>;
}

const LINK_TTL_MS = 7 * DAY_MS;

/** Sets up a real community. Collections and indexes must be there. */
export function createCommunitySetup(deps: CommunityDeps): CommunitySetup {
  const { connection, clock, chance } = deps;
  const stores = createStores(connection, chance);
  const { commitGuarded } = createCommits(deps).guarded;

  function note(action: string, { person }: Officer): Promise<void> {
    const at = clock.now();
    const audit = [{ placeId: person.homePlaceId, action, actorId: 'system', subjectId: person.id, at }];
    return commitGuarded(
      { writes: [], dispatches: [], audit },
      { requestId: `community:${chance.id()}`, at },
    );
  }

  return {
    async save(file) {
      const plan = planCommunity(file, await readExisting(file, connection, stores));
      const at = clock.now();
      const decision = {
        writes: writesOf(plan, stores),
        dispatches: [],
        audit: auditOf(plan, at),
        guarded: true,
      };
      await commitGuarded(decision, { requestId: `community:${chance.id()}`, at });
      return plan;
    },
    async links(officers) {
      const expiresAt = new Date(clock.realNow().getTime() + LINK_TTL_MS);
      const made = [];
      for (const officer of officers) {
        if (officer.hasPassword || officer.person.offices.length === 0) continue;
        await note('login.linkMade', officer);
        made.push({
          officer,
          token: await stores.logins.createLink(officer.person.id, { expiresAt, uses: 1 }),
        });
      }
      return made;
    },
    async setPassword(officer, password) {
      await note('login.passwordSet', officer);
      await stores.logins.setPassword(officer.login, officer.person.id, password);
    },
  };
}

function writesOf({ places, groups, people, identities }: CommunityPlan, stores: Stores) {
  const write = communityWrites(stores);
  return [
    ...places.map((place) => write.place(place)),
    ...groups.map((group) => write.group(group)),
    ...people.map((person) => write.person(person)),
    ...identities.map((identity) => write.identity(identity)),
  ];
}

async function readExisting(
  { officers }: CommunityFile,
  connection: Connection,
  { logins }: Stores,
): Promise<Existing> {
  const identityIds = officers.flatMap((officer) => identityIdOf(officer) ?? []);
  const identities = await collectionOf(connection, identitiesCollection)
    .find({ _id: { $in: identityIds } })
    .toArray();
  const personIds = [
    ...officers.map(({ id }) => `person:${id}`),
    ...identities.map(({ personId }) => personId),
  ];
  const people = collectionOf(connection, peopleCollection).find({
    $or: [{ _id: { $in: personIds } }, { 'offices.placeId': { $exists: true } }],
  });
  return {
    places: (await collectionOf(connection, placesCollection).find().toArray()).map((found) =>
      recordOf(found),
    ),
    groups: (await collectionOf(connection, groupsCollection).find().toArray()).map(groupOf),
    people: (await people.toArray()).map((found) => recordOf(found)),
    identities: identities.map((found) => recordOf(found)),
    logins: await logins.names(),
  };
}

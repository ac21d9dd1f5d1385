import { Router } from 'express';
import { z } from 'zod';

import { definedFields } from '#core/decision';
import type { Person } from '#core/people';
import { householdIdOf, type Household } from '#core/roster';
import type { Verification } from '#core/verification';
import { buildingLabel, roomLabel } from '#language/room-address';
import { ROSTER_TEMPLATE } from '#texts/roster-texts';

import { listQuery } from '../contract.ts';
import type { Page } from '../contract-views.ts';
import type {
  IdentityLinkRow,
  HouseholdRow,
  RosterListRow,
  RosterSummaryAnswer,
  VerificationRow,
} from '../contract-roster.ts';
import { parseInput } from '../problems.ts';
import { withoutNumbers } from './people-views.ts';
import type { AsSecretary } from './routes.ts';
import type { ConsoleStores } from './stores.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MOST_WAITING = 100;
const householdQuery = listQuery.extend({ building: z.string().max(20).optional() });

interface RosterViewDeps {
  readonly stores: ConsoleStores;
  readonly rosterTemplate: () => Promise<Uint8Array>;
}

/** What the pages of the roster read; secretaries only, and only of their place and below. */
export function rosterRoutes({ stores, rosterTemplate }: RosterViewDeps, secretary: AsSecretary): Router {
  const router = Router();
  router.get('/households', async (request, response) => {
    const viewer = await secretary(request);
    const { search, building, after, limit } = parseInput(householdQuery, request.query);
    const query = { placeIds: viewer.placeIds, limit, ...definedFields({ search, building, after }) };
    const page = await stores.roster.page(query);
    const linked = page.items.flatMap(({ residents }) => residents.flatMap(({ personIds }) => personIds));
    const people = await stores.people.byIds([...new Set(linked)]);
    const answer: Page<HouseholdRow> = {
      ...page,
      items: page.items.map((household) => householdRow(household, people)),
    };
    response.json(answer);
  });
  router.get('/roster', async (request, response) => {
    const viewer = await secretary(request);
    const [summary, waiting] = await Promise.all([
      stores.roster.summary(viewer.placeIds),
      stores.verifications.countWaiting(viewer.placeIds),
    ]);
    const buildings = summary.buildings.map((one) => ({ ...one, label: buildingLabel(one.building) }));
    const answer: RosterSummaryAnswer = { ...summary, buildings, waiting };
    response.json(answer);
  });
  router.get('/roster-lists', async (request, response) => {
    const viewer = await secretary(request);
    const lists = await stores.rosterLists.ofPlaces([viewer.place.id]);
    const answer: Page<RosterListRow> = {
      items: lists.map(({ id, name, kind, lines }) => ({ id, name, kind, lines })),
    };
    response.json(answer);
  });
  router.get('/identity-links', async (request, response) => {
    const viewer = await secretary(request);
    const links = await stores.identityLinks.ofPlaces([viewer.place.id], MOST_WAITING);
    const answer: Page<IdentityLinkRow> = {
      items: links.map(({ id, keptName, goneName, at }) => ({
        id,
        keptName: withoutNumbers(keptName),
        goneName: withoutNumbers(goneName),
        at: at.toISOString(),
      })),
    };
    response.json(answer);
  });
  router.get('/verifications', async (request, response) => {
    const viewer = await secretary(request);
    const answer: Page<VerificationRow> = {
      items: await verificationRows(
        stores,
        await stores.verifications.waiting(viewer.placeIds, MOST_WAITING),
      ),
    };
    response.json(answer);
  });
  router.get('/roster/template', async (request, response) => {
    await secretary(request);
    response.attachment(ROSTER_TEMPLATE.fileName).type(XLSX);
    response.send(Buffer.from(await rosterTemplate()));
  });
  return router;
}

function householdRow(household: Household, people: ReadonlyMap<string, Person>): HouseholdRow {
  const { id, areaCents, residents } = household;
  return {
    id,
    label: roomLabel(household),
    ...definedFields({ areaCents }),
    residents: residents.map(({ id: residentId, name, phoneTail, isOwner, personIds }) => ({
      id: residentId,
      name,
      isOwner,
      isLinked: personIds.length > 0,
      persons: personIds.map((personId) => ({
        id: personId,
        name: withoutNumbers(people.get(personId)?.name ?? ''),
      })),
      ...definedFields({ phoneTail }),
    })),
  };
}

async function verificationRows(
  { roster }: ConsoleStores,
  waiting: readonly Verification[],
): Promise<VerificationRow[]> {
  const ids = waiting.map(({ placeId, address }) => householdIdOf(placeId, address));
  const households = new Map((await roster.byIds([...new Set(ids)])).map((one) => [one.id, one]));
  return waiting.map((verification, index) =>
    verificationRow(verification, households.get(ids[index] ?? '')),
  );
}

function verificationRow(verification: Verification, household: Household | undefined): VerificationRow {
  const { id, personId, spokenName, address, name, phoneTail, saidAt } = verification;
  const residents = household?.residents ?? [];
  return {
    id,
    personId,
    spokenName: withoutNumbers(spokenName),
    label: roomLabel(address),
    name,
    saidAt: saidAt.toISOString(),
    ...definedFields({ phoneTail }),
    candidates: [...residents]
      .sort((a, b) => Number(b.name === name) - Number(a.name === name))
      .map((resident) => ({
        residentId: resident.id,
        name: resident.name,
        isSameName: resident.name === name,
        isTaken: resident.personIds.length > 0,
        ...definedFields({ phoneTail: resident.phoneTail }),
      })),
  };
}

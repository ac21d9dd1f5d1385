import type { Request } from 'express';

import type { GroupStore, PeopleStore, Person, Place, PlaceStore, Role } from '#core/people';
import { rolesIn } from '#core/people';

import { forbidden, notFound, notSignedIn } from '../problems.ts';

/** Whoever looks at the console: a person with an office, and the place they look at now. */
export interface Viewer {
  readonly person: Person;
  readonly place: Place;
  /** The place and everything below it: nothing else may be shown. */
  readonly placeIds: readonly string[];
  readonly roles: readonly Role[];
  /** A secretary or admin sees the place; others only the assignments of their groups. */
  readonly isSecretary: boolean;
  /** Department and liaison groups this person is in. */
  readonly ownGroupIds: readonly string[];
}

export interface ViewerDeps {
  readonly people: PeopleStore;
  readonly places: PlaceStore;
  readonly groups: GroupStore;
}

/** Who asks, for which place. Throws 401 without a session, 404 for a place outside the person's offices. */
export async function viewerOf(deps: ViewerDeps, request: Request): Promise<Viewer> {
  const personId = request.session.personId;
  const person = personId ? (await deps.people.byIds([personId])).get(personId) : undefined;
  if (!person) throw notSignedIn();
  if (person.offices.length === 0) throw forbidden();
  const placeId = askedPlace(request) ?? person.offices[0]?.placeId ?? person.homePlaceId;
  const place = await deps.places.byId(placeId);
  const roles = place ? rolesIn(person, place) : [];
  if (!place || roles.every((role) => role === 'resident')) throw notFound();
  const isSecretary = roles.includes('secretary') || roles.includes('admin');
  const placeIds = await deps.places.subtreeIds(place.id);
  return {
    person,
    place,
    placeIds,
    roles,
    isSecretary,
    ownGroupIds: await ownGroups(deps, place.id, person.id),
  };
}

/** Throws 403 unless the viewer is a secretary or admin of the place. */
export function requireSecretary(viewer: Viewer): void {
  if (!viewer.isSecretary) throw forbidden();
}

function askedPlace(request: Request): string | undefined {
  const asked = request.query['place'];
  return typeof asked === 'string' && asked.length > 0 && asked.length <= 300 ? asked : undefined;
}

async function ownGroups(deps: ViewerDeps, placeId: string, personId: string): Promise<string[]> {
  const staffGroups = (await deps.groups.inPlace(placeId)).filter(
    ({ kind }) => kind === 'department' || kind === 'liaison',
  );
  const mine = await Promise.all(
    staffGroups.map(async (group) =>
      (await deps.groups.memberIds([group.id])).includes(personId) ? [group.id] : [],
    ),
  );
  return mine.flat();
}

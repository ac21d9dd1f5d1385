import { requirePlace } from '#core/authorise';
import type { Actor } from '#core/command';
import { UserError } from '#core/errors';
import type { Group } from '#core/people';
import type { Electorate, RollEntry, RosterPart } from '#core/roll';
import { householdIdOfResident, type Household } from '#core/roster';
import { partLabel, roomLabel } from '#language/room-address';
import { householdRoll, householdsWithin, residentRoll } from '#procedure/electorate';
import { rollTexts } from '#texts/roll-texts';
import type { PollDeps } from './poll-deps.ts';

type RollDeps = Pick<PollDeps, 'groups' | 'roster' | 'rosterLists' | 'people'>;

/**
 * Who may vote, as it is at this moment: each voter once, by voter id. Throws UserError where the roster or the list
 * does not say enough.
 */
export async function planRoll(
  deps: RollDeps,
  actor: Actor,
  electorate: Electorate,
  groups: readonly Group[],
): Promise<readonly RollEntry[]> {
  switch (electorate.kind) {
    case 'members':
      return membersRoll(deps, groups);
    case 'households':
      return householdRoll(await rosterOf(deps, actor, electorate.within), roomLabel);
    case 'residents':
      return residentRoll(await rosterOf(deps, actor, electorate.within), roomLabel);
    case 'list':
      return listRoll(deps, actor, electorate.listId);
  }
}

/** What the buildings and units are called that may vote; none where the whole place may. */
export function partLabels(electorate: Electorate): readonly string[] {
  if (!('within' in electorate) || !electorate.within) return [];
  const { buildings, units } = electorate.within;
  return units
    ? units.map((unit) => partLabel({ building: buildings[0] ?? '', unit }))
    : buildings.map((building) => partLabel({ building }));
}

async function rosterOf(
  { roster }: RollDeps,
  { place }: Actor,
  part: RosterPart | undefined,
): Promise<readonly Household[]> {
  const households = await roster.ofPlace(place.id);
  if (households.length === 0) throw new UserError('poll.rosterEmpty', rollTexts.rosterEmpty());
  if (!part) return households;
  const found = householdsWithin(households, part);
  if ('building' in found)
    throw new UserError('poll.partUnknown', rollTexts.partUnknown({ part: partLabel(found) }));
  return found;
}

/** Everybody in the groups at this moment, each once, under the first group they are in. */
async function membersRoll(
  { groups: store }: RollDeps,
  groups: readonly Group[],
): Promise<readonly RollEntry[]> {
  const members = await Promise.all(groups.map((group) => store.memberIds([group.id])));
  const groupOf = new Map<string, string>();
  groups.forEach((group, index) => {
    for (const personId of members[index] ?? []) if (!groupOf.has(personId)) groupOf.set(personId, group.id);
  });
  return [...groupOf]
    .map(([personId, groupId]) => ({ voterId: personId, personIds: [personId], groupId }))
    .sort(byVoter);
}

/** The members of a list: residents of the roster, and people who are only in the chats; nobody twice. */
async function listRoll(deps: RollDeps, actor: Actor, listId: string): Promise<readonly RollEntry[]> {
  const list = requirePlace(actor, await deps.rosterLists.byId(listId), rollTexts.listUnknown());
  const meant = new Set(list.residentIds);
  const households = await deps.roster.byIds([...new Set(list.residentIds.map(householdIdOfResident))]);
  const residents = residentRoll(households, roomLabel, ({ id }) => meant.has(id));
  const known = new Set(residents.flatMap(({ personIds }) => personIds));
  const people = await deps.people.byIds(list.personIds.filter((id) => !known.has(id)));
  const others = [...people.values()].map(({ id, name }) => ({ voterId: id, personIds: [id], label: name }));
  return [...residents, ...others].sort(byVoter);
}

function byVoter(a: RollEntry, b: RollEntry): number {
  return a.voterId < b.voterId ? -1 : 1;
}

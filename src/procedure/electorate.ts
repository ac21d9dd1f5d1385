import type { Household, Resident } from '#core/roster';
import type { RollEntry, RosterPart } from '#core/roll';

/** How staff call a door; handed in, for words are not decided here. */
export type LabelOf = (household: Household) => string;

/** What of a part no household of the roster is in: a building, or a unit of the building. */
export interface MissingPart {
  readonly building: string;
  readonly unit?: string;
}

/** The households of a part of the roster; or the first building or unit of it that the roster does not have. */
export function householdsWithin(
  households: readonly Household[],
  { buildings, units }: RosterPart,
): readonly Household[] | MissingPart {
  const inBuildings = households.filter(({ building }) => buildings.includes(building));
  const building = buildings.find((one) => inBuildings.every((household) => household.building !== one));
  if (building !== undefined) return { building };
  if (units === undefined) return inBuildings;
  const unit = units.find((one) => inBuildings.every((household) => household.unit !== one));
  if (unit !== undefined) return { building: buildings[0] ?? '', unit };
  return inBuildings.filter((household) => units.includes(household.unit));
}

/**
 * One vote a household. Flats with the very same owners are one voter with the sum of their areas (法释〔2009〕7号, article
 * 9: 同一买受人拥有一个以上专有部分的，按一人计算). Whoever owns a flat of the roll speaks for what they own; the other members
 * of a household speak for it only if they own none. A household that nobody in chat belongs to votes on paper.
 */
export function householdRoll(households: readonly Household[], labelOf: LabelOf): readonly RollEntry[] {
  const same = sameResidents(households);
  const flats = [...households].sort(byId);
  const owning = new Set(
    flats.flatMap(({ residents }) =>
      residents.filter(({ isOwner }) => isOwner).flatMap(({ personIds }) => personIds),
    ),
  );
  const byOwners = new Map<string, Household[]>();
  for (const flat of flats) {
    const owners = flat.residents.filter(({ isOwner }) => isOwner).map(({ id }) => same(id));
    const key = owners.length === 0 ? flat.id : [...new Set(owners)].sort().join('\n');
    byOwners.set(key, [...(byOwners.get(key) ?? []), flat]);
  }
  return [...byOwners.values()].flatMap((group) => householdEntry(group, owning, labelOf)).sort(byVoter);
}

function householdEntry(
  flats: readonly Household[],
  owning: ReadonlySet<string>,
  labelOf: LabelOf,
): RollEntry[] {
  const [first, ...others] = flats;
  if (!first) return [];
  const speaking = flats.flatMap(({ residents }) =>
    residents.flatMap(({ isOwner, personIds }) => personIds.filter((id) => isOwner || !owning.has(id))),
  );
  const areas = flats.map(({ areaCents }) => areaCents);
  const areaCents = areas.every((area) => area !== undefined) ? sum(areas) : undefined;
  return [
    {
      voterId: first.id,
      personIds: distinct(speaking),
      label: others.length === 0 ? labelOf(first) : `${labelOf(first)}等${flats.length}套`,
      building: first.building,
      unit: first.unit,
      room: first.room,
      ...(areaCents !== undefined && { areaCents }),
      sourceIds: flats.map(({ id }) => id),
    },
  ];
}

/**
 * One vote a verified resident, wherever they live and however many identities they have. Somebody whom nobody in chat
 * is votes on paper.
 */
export function residentRoll(
  households: readonly Household[],
  labelOf: LabelOf,
  isMeant: (resident: Resident) => boolean = () => true,
): readonly RollEntry[] {
  const same = sameResidents(households);
  const byResident = new Map<string, { household: Household; resident: Resident }[]>();
  for (const household of [...households].sort(byId)) {
    for (const resident of household.residents.filter(isMeant)) {
      const key = same(resident.id);
      byResident.set(key, [...(byResident.get(key) ?? []), { household, resident }]);
    }
  }
  return [...byResident.values()].flatMap((found) => residentEntry(found, labelOf)).sort(byVoter);
}

function residentEntry(
  found: readonly { household: Household; resident: Resident }[],
  labelOf: LabelOf,
): RollEntry[] {
  const [first] = found;
  if (!first) return [];
  const { household, resident } = first;
  return [
    {
      voterId: `resident:${resident.id}`,
      personIds: distinct(found.flatMap((one) => one.resident.personIds)),
      label: `${labelOf(household)} ${resident.name}`,
      building: household.building,
      unit: household.unit,
      room: household.room,
      sourceIds: found.map((one) => one.resident.id),
    },
  ];
}

/**
 * Which residents are one human: those who are the same person in chat, and those of one place with the same name and
 * the same phone tail. Gives every resident the name of their human. A name alone makes nobody the same.
 */
function sameResidents(households: readonly Household[]): (residentId: string) => string {
  const parents = new Map<string, string>();
  const rootOf = (key: string): string => {
    let root = key;
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root))
      root = parent;
    return root;
  };
  const join = (a: string, b: string) => {
    const [first, second] = [rootOf(a), rootOf(b)].sort();
    if (first !== undefined && second !== undefined) parents.set(second, first);
  };
  for (const { placeId, residents } of households) {
    for (const { id, name, phoneTail, personIds } of residents) {
      const known = [
        ...personIds.map((personId) => `person ${personId}`),
        ...(phoneTail === undefined ? [] : [`name ${placeId} ${name} ${phoneTail}`]),
      ];
      for (const key of known) join(`resident ${id}`, key);
    }
  }
  return (residentId) => rootOf(`resident ${residentId}`);
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort();
}

function sum(areas: readonly (number | undefined)[]): number {
  return areas.reduce<number>((total, area) => total + (area ?? 0), 0);
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}

function byVoter(a: RollEntry, b: RollEntry): number {
  return a.voterId < b.voterId ? -1 : 1;
}

import type { Write } from './decision.ts';

/** Where a flat is, in one spelling: building 3, unit 2, room 501. Building and unit are empty where there is none. */
export interface RoomAddress {
  readonly building: string;
  readonly unit: string;
  readonly room: string;
}

/** A resident as the secretary verified them: never a whole phone number, never a number of an identity card. */
export interface Resident {
  /** `residentIdOf(household, name)`. */
  readonly id: string;
  readonly name: string;
  /** The last four digits. */
  readonly phoneTail?: string;
  readonly isOwner: boolean;
  /** Persons known from chat who are this resident. */
  readonly personIds: readonly string[];
}

/** One flat of a place (户) with whoever lives in it or owns it. */
export interface Household extends RoomAddress {
  /** `householdIdOf(placeId, address)`. */
  readonly id: string;
  readonly placeId: string;
  /** Exclusive area (专有部分面积) in 0.01 m². */
  readonly areaCents?: number;
  readonly residents: readonly Resident[];
  /** Counts its changes; absent: new, or kept before they were counted. */
  readonly revision?: number;
}

export interface HouseholdQuery {
  readonly placeIds: readonly string[];
  /** Part of a resident's name, or the beginning of a room. */
  readonly search?: string;
  readonly building?: string;
  readonly after?: string;
  readonly limit: number;
}

/** How much of a place the roster knows. */
export interface RosterSummary {
  readonly households: number;
  readonly residents: number;
  /** Residents who are linked to somebody in chat. */
  readonly linked: number;
  readonly buildings: readonly BuildingUnits[];
}

/** A building of a roster with its units (单元), in their order; no unit where flats are numbered without. */
export interface BuildingUnits {
  readonly building: string;
  readonly units: readonly string[];
}

export interface RosterStore {
  byIds(ids: readonly string[]): Promise<readonly Household[]>;
  /** Every household of a place, by id. */
  ofPlace(placeId: string): Promise<readonly Household[]>;
  /** Households in which one of these persons is a verified resident, of whatever place. */
  ofPersons(personIds: readonly string[]): Promise<readonly Household[]>;
  /** One page in the order building, unit, room. */
  page(query: HouseholdQuery): Promise<{ readonly items: readonly Household[]; readonly next?: string }>;
  summary(placeIds: readonly string[]): Promise<RosterSummary>;
  /**
   * Makes a person known as a resident whom nobody is yet. Guarded by that resident alone, so that a whole household may
   * say who they are at the same moment; whoever plans a change of that household meanwhile plans it anew.
   */
  recognise(household: Household, resident: Resident, personId: string): readonly Write[];
  /** Guarded by the revision that was read, like taking it off: changes of different households never meet. */
  save(household: Household): Write;
  /** Takes a household that is no longer there off the roster. */
  remove(household: Household): Write;
}

export function roomKey({ building, unit, room }: RoomAddress): string {
  return `${building}-${unit}-${room}`;
}

export function householdIdOf(placeId: string, address: RoomAddress): string {
  return `household:${placeId}|${roomKey(address)}`;
}

/** Within a household a name stands for one resident. */
export function residentIdOf(householdId: string, name: string): string {
  return `${householdId}|${name}`;
}

/** The household that a resident's id belongs to. */
export function householdIdOfResident(residentId: string): string {
  return residentId.slice(0, residentId.lastIndexOf('|'));
}

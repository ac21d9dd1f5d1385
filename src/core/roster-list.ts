import type { Write } from './decision.ts';

/** `council`: the members of the council of consultation (议事会). `named`: any list of people. */
export type RosterListKind = 'council' | 'named';

/** People of a place under a name, for a poll or an invitation. */
export interface RosterList {
  readonly id: string;
  readonly placeId: string;
  readonly name: string;
  readonly kind: RosterListKind;
  /** Residents of the roster. */
  readonly residentIds: readonly string[];
  /** People of the chats who are on no roster, e.g. somebody of a department. */
  readonly personIds: readonly string[];
  /** As they were written down, one line each, to be edited. */
  readonly lines: readonly string[];
  readonly revision: number;
}

export interface RosterListStore {
  byId(id: string): Promise<RosterList | undefined>;
  /** The council first, then by name. */
  ofPlaces(placeIds: readonly string[]): Promise<readonly RosterList[]>;
  /** Keeps it in place of the one with `revision`; 0 for a new one. */
  save(list: RosterList, revision: number): Write;
}

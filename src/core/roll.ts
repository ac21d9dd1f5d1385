/** Who may cast one vote of a poll: a person, or a household whose members share it. Frozen at opening. */
export interface RollEntry {
  /** The person's id, or `household:<id>` where a household has one vote. One current ballot each. */
  readonly voterId: string;
  /** Whoever may cast it. */
  readonly personIds: readonly string[];
  /** The group the voter counts under in the turnout. */
  readonly groupId?: string;
  /** As staff call the voter: 3号楼1单元501. */
  readonly label?: string;
  readonly building?: string;
  readonly unit?: string;
  readonly room?: string;
  /** Exclusive area in 0.01 m². */
  readonly areaCents?: number;
  /** The households or residents of the roster that this voter is. */
  readonly sourceIds?: readonly string[];
}

/** A part of a place's roster, in its own spelling: whole buildings, or some units (单元) of one building. */
export interface RosterPart {
  /** At least one. */
  readonly buildings: readonly string[];
  /** Absent: all. Only beside a single building. */
  readonly units?: readonly string[] | undefined;
}

/** Who may vote, as it is asked for: members of the groups, verified residents, one vote a household, or a list. */
export type Electorate =
  | { readonly kind: 'members' }
  /** `within` absent: of the whole place. */
  | { readonly kind: 'residents' | 'households'; readonly within?: RosterPart | undefined }
  | { readonly kind: 'list'; readonly listId: string };

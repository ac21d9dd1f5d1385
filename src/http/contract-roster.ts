/** What the pages of 居民 read: the roster, who waits to be recognised, lists and voters. Times travel as ISO strings. */

/** A flat on the roster. */
export interface HouseholdRow {
  readonly id: string;
  /** 3号楼2单元501 */
  readonly label: string;
  readonly areaCents?: number;
  readonly residents: readonly {
    readonly id: string;
    readonly name: string;
    readonly phoneTail?: string;
    readonly isOwner: boolean;
    /** Somebody in chat is this resident. */
    readonly isLinked: boolean;
    /** Who. */
    readonly persons: readonly { readonly id: string; readonly name: string }[];
  }[];
}

/** Somebody in chat who said who they are, and waits. */
export interface VerificationRow {
  readonly id: string;
  readonly personId: string;
  /** As they are shown in chat. */
  readonly spokenName: string;
  readonly label: string;
  readonly name: string;
  readonly phoneTail?: string;
  readonly saidAt: string;
  /** Residents of that door; the one with the said name first. */
  readonly candidates: readonly {
    readonly residentId: string;
    readonly name: string;
    readonly phoneTail?: string;
    readonly isSameName: boolean;
    /** Somebody else in chat is this resident already. */
    readonly isTaken: boolean;
  }[];
}

/** People under a name: the council, or any list. */
export interface RosterListRow {
  readonly id: string;
  readonly name: string;
  readonly kind: 'council' | 'named';
  readonly lines: readonly string[];
}

/** A voter behind a door, for entering a paper; whether they voted, never what. */
export interface VoterRow {
  readonly voterId: string;
  readonly label: string;
  /** `own`: they cast it themselves; `entered`: staff did; `proxy`: a voter did whom they authorised. */
  readonly voted: 'no' | 'own' | 'entered' | 'proxy';
}

/** A ballot that staff entered; never what was chosen, but a photo shows it. */
export interface PaperRow {
  readonly id: string;
  readonly label: string;
  readonly path: 'paper' | 'phone' | 'visit';
  /** The time on it. */
  readonly at: string;
  readonly enteredAt: string;
  readonly enteredBy: string;
  readonly isCounted: boolean;
  readonly note?: string;
  /** Where its photo is. */
  readonly photo?: string;
}

/** Two accounts that are one person here. */
export interface IdentityLinkRow {
  readonly id: string;
  readonly keptName: string;
  readonly goneName: string;
  readonly at: string;
}

/** A building, as the roster spells it and as it is called: 3, 3号楼. */
export interface RosterBuilding {
  readonly building: string;
  readonly label: string;
  readonly units: readonly string[];
}

export interface RosterSummaryAnswer {
  readonly households: number;
  readonly residents: number;
  readonly linked: number;
  readonly buildings: readonly RosterBuilding[];
  /** How many wait to be known. */
  readonly waiting: number;
}

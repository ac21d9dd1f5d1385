import type { BuildingCount } from '#core/poll';
import type { OptionFigure } from '#texts/poll-figures';

import type { DeliveryRow } from './contract-delivery.ts';

export interface PollRow {
  readonly id: string;
  readonly topicId: string;
  readonly topicNumber: number;
  readonly title: string;
  readonly state: string;
  readonly openedAt: string;
  readonly closesAt: string;
  readonly voters: number;
  readonly rollSize: number;
  readonly quorum: number;
  /** 人 or 户. */
  readonly unit: string;
}

export interface PollDetail extends PollRow {
  /** Whose poll it is, and whom to ask about it. */
  readonly place: {
    readonly name: string;
    readonly contact: { readonly unit: string; readonly name: string; readonly phone: string };
  };
  readonly options: readonly string[];
  readonly method: string;
  /** What was frozen at opening, in words, each with what it is about. */
  readonly rules: readonly (readonly [about: string, words: string])[];
  readonly electorate: string;
  readonly nextStep: string;
  readonly fingerprint: string;
  /** The fingerprint as the groups got it. */
  readonly openingCode: string;
  /** Where people vote unseen; absent where the poll has no page that they can reach. */
  readonly voteLink?: string;
  /** After the end everybody may see who chose what. */
  readonly showsNames: boolean;
  readonly revision: number;
  /** Present only when counts may be shown: after closing, or while open when the poll says so. */
  readonly counts?: readonly number[];
  /** The same as people read it, by option. */
  readonly figures?: readonly OptionFigure[];
  /** Who has voted, where the roll knows buildings; never what. */
  readonly byBuilding: readonly {
    readonly building: string;
    readonly voters: number;
    readonly members: number;
  }[];
  /** The same by unit, where all voters live in one building: 3号楼2单元. */
  readonly byUnit?: readonly {
    readonly unit: string;
    readonly voters: number;
    readonly members: number;
  }[];
  readonly byGroup: readonly {
    readonly groupName: string;
    readonly voters: number;
    readonly members: number;
  }[];
  readonly result?: {
    readonly verdict: string;
    /** Each condition of the rules with what there is and what is needed. */
    readonly checks: readonly string[];
    /** Choices by building; those of too few voters are left out. */
    readonly byBuilding?: readonly BuildingCount[];
    readonly quorumMet: boolean;
    readonly leading?: number;
    readonly countedAt: string;
    /** 核验码, as it was published; polls counted before there were seals have none. */
    readonly code?: string;
  };
  /** How many voters of the roll turned out to be one person with another, where any did. */
  readonly struck?: number;
  /** For how many one voter may vote who was authorised; absent: nobody can be. */
  readonly proxiesPerHolder?: number;
  /** Who authorised whom, the newest first. */
  readonly delegations: readonly DelegationView[];
  readonly closedEarlyReason?: string;
  readonly annulledReason?: string;
  readonly delivery: readonly DeliveryRow[];
}

export interface DelegationView {
  readonly voterId: string;
  readonly voter: string;
  readonly holder: string;
  readonly givenAt: string;
  readonly by: 'paper' | 'chat';
  /** `used`: the holder has cast the vote. `declined`: the holder did not want to. */
  readonly state: 'standing' | 'used' | 'withdrawn' | 'declined';
  /** What was cast before it ended stands until the voter votes. */
  readonly wasUsed: boolean;
}

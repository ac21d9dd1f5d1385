import type { Write } from './decision.ts';

/** A code that one identity of a person shows and another one says; one a person. */
export interface LinkCode {
  /** The person who asked for it. */
  readonly id: string;
  readonly placeId: string;
  /** Six digits; absent when none was asked for or it was used. */
  readonly code?: string;
  readonly expiresAt?: Date;
  /** When this person said a code that nobody had. */
  readonly triedAt: readonly Date[];
  readonly revision: number;
}

/** What is known under a person and goes along when they become one with another. */
export interface Belongings {
  readonly identityIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly concernIds: readonly string[];
  readonly endorsements: readonly { readonly id: string; readonly concernId: string }[];
  readonly feedbackIds: readonly string[];
  /** Links made before these went along have none of them. */
  readonly supplementIds?: readonly string[];
  readonly ratingIds?: readonly string[];
  readonly responseIds?: readonly string[];
  readonly residentIds: readonly string[];
  /** Votes of open polls that they may cast: `<pollId>|<voterId>`. */
  readonly votes: readonly { readonly pollId: string; readonly voterId: string }[];
}

/** Two persons who turned out to be one. */
export interface IdentityLink {
  readonly id: string;
  readonly placeId: string;
  /** Who they are from now on. */
  readonly keptId: string;
  readonly goneId: string;
  readonly keptName: string;
  readonly goneName: string;
  readonly at: Date;
  readonly moved: Belongings;
  readonly undoneAt?: Date;
  readonly revision: number;
}

export interface IdentityLinkStore {
  codeOf(personId: string): Promise<LinkCode | undefined>;
  /** Whose code this is, unless its time is over. */
  withCode(code: string, now: Date): Promise<LinkCode | undefined>;
  saveCode(code: LinkCode, revision: number): Write;
  byId(id: string): Promise<IdentityLink | undefined>;
  /** Those that stand, the latest first. */
  ofPlaces(placeIds: readonly string[], limit: number): Promise<readonly IdentityLink[]>;
  save(link: IdentityLink, revision: number): Write;
  /** Everything of a person but residents and votes, which other stores know. */
  belongingsOf(personId: string): Promise<Omit<Belongings, 'residentIds' | 'votes'>>;
  /** Hands identities, groups, concerns, endorsements, supplements, ratings, answers to invitations and answers given from one person to the other. */
  move(belongings: Belongings, fromId: string, toId: string, at: Date): readonly Write[];
  /** The person is not listed while they are one with another. */
  hide(personId: string, intoId: string | undefined): Write;
}

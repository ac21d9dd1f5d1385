/** How people choose in a poll; frozen at opening. Options are named by their index. */
export type PollMethod =
  /** The options are 赞成, 反对, 弃权, in this order. */
  | { readonly kind: 'forAgainst' }
  | { readonly kind: 'single' }
  | { readonly kind: 'several'; readonly min: number; readonly max: number }
  /** All options, the best first. */
  | { readonly kind: 'ranking'; readonly rule: RankingRule }
  /** Exactly so many points, spread over the options. */
  | { readonly kind: 'points'; readonly points: number }
  /** One to five for every option. */
  | { readonly kind: 'score' }
  /** Options with a cost each; who votes may wish for what the limit pays. Whole numbers of `unit`. */
  | {
      readonly kind: 'budget';
      readonly limit: number;
      readonly costs: readonly number[];
      /** 元 or 万元. */
      readonly unit: string;
    };

export type RankingRule = 'borda' | 'instantRunoff';

/** The options of a poll for and against. */
export const FOR_AGAINST = ['赞成', '反对', '弃权'] as const;

/** Where 弃权 stands in a poll for and against. */
export const ABSTAIN = 2;

export const BEST_SCORE = 5;

/**
 * A voter's choice in canonical form. forAgainst, single: [option]; several, budget: the chosen options, ascending;
 * ranking: all options, the best first; points: points per option; score: 1 to 5 per option.
 */
export type Choice = readonly number[];

/** One round of an instant run-off; options that are out have no votes. */
export interface RunoffRound {
  readonly votes: readonly number[];
  /** The option that leaves after this round; absent in the last one. */
  readonly out?: number;
}

/** What a method has to say beyond one figure an option. */
export type CountDetail =
  | { readonly kind: 'instantRunoff'; readonly rounds: readonly RunoffRound[] }
  /** How many gave 1, 2, 3, 4, 5, by option. */
  | { readonly kind: 'score'; readonly distribution: readonly (readonly number[])[] }
  /** The options that the limit pays, in the order they were taken. */
  | { readonly kind: 'budget'; readonly chosen: readonly number[]; readonly spent: number };

/**
 * What ballots add up to. `counts` per option: votes (forAgainst, single, several, budget), Borda points or the votes
 * of the first round (ranking), points, or the sum of scores.
 */
export interface MethodCount {
  readonly counts: readonly number[];
  readonly voters: number;
  readonly detail?: CountDetail;
}

/** A choice as somebody gives it: figures in the order written, or figures by option. */
export type GivenChoice =
  | {
      readonly kind: 'list';
      readonly values: readonly number[];
      /** What the figures are said to be: 2>1>3 is an order, 打分 5 4 3 are marks. */
      readonly as?: 'order' | 'marks';
    }
  | { readonly kind: 'pairs'; readonly pairs: readonly (readonly [option: number, figure: number])[] };

/** Why a choice does not count. Options are numbered from one, as people see them. */
export type ChoiceProblem =
  | { readonly kind: 'noSuchOption'; readonly given: number }
  | { readonly kind: 'onlyOne' }
  | { readonly kind: 'tooFew'; readonly given: number; readonly min: number }
  | { readonly kind: 'tooMany'; readonly given: number; readonly max: number }
  | { readonly kind: 'twice'; readonly given: number }
  /** Options that a ranking leaves out, or a score does. */
  | { readonly kind: 'leftOut'; readonly missing: readonly number[] }
  /** Another number of figures than options. */
  | { readonly kind: 'figures'; readonly given: number; readonly expected: number }
  | { readonly kind: 'sum'; readonly given: number; readonly expected: number }
  | { readonly kind: 'score'; readonly given: number }
  | { readonly kind: 'overBudget'; readonly cost: number; readonly limit: number }
  /** Figures by option where the method knows none. */
  | { readonly kind: 'unclear' };

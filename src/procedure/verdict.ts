import type { Poll, PollResult, PollRules, RuleCheck, Share, Tally, Threshold } from '#core/poll';
import { ABSTAIN, type CountDetail, type MethodCount, type PollMethod } from '#core/vote-method';
import { suppressSmallCells } from './small-cells.ts';

type Judged = Pick<Poll, 'method' | 'rules' | 'quorum' | 'rollSize'>;

const TWO_THIRDS: Share = { numerator: 2, denominator: 3, isMore: false };
const MORE_THAN_HALF: Share = { numerator: 1, denominator: 2, isMore: true };
const THREE_QUARTERS: Share = { numerator: 3, denominator: 4, isMore: false };

/** The least whole number that is this share of the whole; exact, and never nothing. */
export function leastOf({ numerator, denominator, isMore }: Share, whole: number): number {
  const part = whole * numerator;
  const least = isMore
    ? Math.floor(part / denominator) + 1
    : Math.floor((part + denominator - 1) / denominator);
  return Math.max(1, least);
}

/** The number of voters that the rules ask for on a roll of this size; 0 where they ask for none. */
export function quorumOf({ quorum, article278 }: PollRules, rollSize: number): number {
  if (article278) return leastOf(TWO_THIRDS, rollSize);
  switch (quorum.kind) {
    case 'none':
    case 'households':
      return 0;
    case 'voters':
      return quorum.least;
    case 'share':
      return leastOf(quorum.share, rollSize);
  }
}

export function isMet({ have, need }: RuleCheck): boolean {
  return have >= need;
}

/**
 * What a recount means under the poll's frozen rules. `leading` is there only when one option alone comes first and
 * enough took part: a vote advises, it never decides (seed S2:7), so this says what most people want and nothing more.
 */
export function judgePoll(tally: Tally, poll: Judged, countedAt: Date): PollResult {
  const turnout = turnoutChecks(tally, poll);
  const quorumMet = turnout.every(isMet);
  const first = firstOption(poll.method, tally);
  const approval = approvalChecks(tally, poll, first);
  return {
    counts: tally.counts,
    voters: tally.voters,
    ...(tally.detail && { detail: tally.detail }),
    rollSize: poll.rollSize,
    checks: [...turnout, ...approval],
    quorumMet,
    ...(quorumMet && approval.length > 0 && { adopted: first !== undefined && approval.every(isMet) }),
    ...(quorumMet && first !== undefined && { leading: first }),
    ...(tally.joined &&
      poll.rules.minCell > 0 && {
        byBuilding: suppressSmallCells(tally.joined.byBuilding, poll.rules.minCell),
      }),
    countedAt,
  };
}

function turnoutChecks({ voters, joined }: Tally, { rules, quorum, rollSize }: Judged): RuleCheck[] {
  const checks: RuleCheck[] = [];
  if (quorum > 0) checks.push({ kind: 'voters', have: voters, need: quorum, of: rollSize });
  if (rules.article278) {
    const { votedArea = 0, rollArea = 0 } = joined ?? {};
    checks.push({ kind: 'area', have: votedArea, need: leastOf(TWO_THIRDS, rollArea), of: rollArea });
  } else if (rules.quorum.kind === 'households') {
    const { households = 0, rollHouseholds = 0 } = joined ?? {};
    checks.push({ kind: 'households', have: households, need: rules.quorum.least, of: rollHouseholds });
  }
  return checks;
}

const THRESHOLDS: Readonly<Record<Exclude<Threshold, 'plurality'>, Share>> = {
  majority: MORE_THAN_HALF,
  majorityOfRoll: MORE_THAN_HALF,
  twoThirds: TWO_THIRDS,
  threeQuarters: THREE_QUARTERS,
};

/** What adoption needs: of the votes or the roll; by article 278 of those who took part, in persons and in area. */
function approvalChecks(
  tally: Tally,
  { method, rules, rollSize }: Judged,
  first: number | undefined,
): RuleCheck[] {
  const { article278, threshold, abstentions } = rules;
  if (article278) return byPersonsAndArea(tally, article278 === 'major' ? THREE_QUARTERS : MORE_THAN_HALF);
  if (threshold === 'plurality') return [];
  const option = method.kind === 'forAgainst' ? 0 : first;
  const abstained =
    method.kind === 'forAgainst' && abstentions === 'ignore' ? (tally.counts[ABSTAIN] ?? 0) : 0;
  const whole = threshold === 'majorityOfRoll' ? rollSize : tally.voters - abstained;
  const have = option === undefined ? 0 : (tally.counts[option] ?? 0);
  return [check('forVoters', have, THRESHOLDS[threshold], whole)];
}

function byPersonsAndArea({ counts, voters, joined }: Tally, share: Share): RuleCheck[] {
  const { votedArea = 0, areas = [] } = joined ?? {};
  return [
    check('forVoters', counts[0] ?? 0, share, voters),
    check('forArea', areas[0] ?? 0, share, votedArea),
  ];
}

function check(kind: RuleCheck['kind'], have: number, share: Share, of: number): RuleCheck {
  return { kind, have, need: leastOf(share, of), of };
}

/** The option that alone comes first by the method; undefined for a tie, for no votes, and where several are taken. */
function firstOption(method: PollMethod, count: MethodCount): number | undefined {
  if (method.kind === 'budget') return undefined;
  return onlyFirst(lastVotes(count.detail) ?? count.counts);
}

function lastVotes(detail: CountDetail | undefined): readonly number[] | undefined {
  return detail?.kind === 'instantRunoff' ? detail.rounds.at(-1)?.votes : undefined;
}

function onlyFirst(counts: readonly number[]): number | undefined {
  const most = Math.max(0, ...counts);
  const leaders = counts.flatMap((count, option) => (count === most && count > 0 ? [option] : []));
  return leaders.length === 1 ? leaders[0] : undefined;
}

/** Whether counts may be shown: never before the end unless the poll says so when it opens. */
export function mayShowCounts(
  poll: Pick<Poll, 'state' | 'result'> & { readonly rules: Pick<PollRules, 'showsCountsWhileOpen'> },
): boolean {
  switch (poll.state) {
    case 'open':
      return poll.rules.showsCountsWhileOpen;
    case 'closed':
      return true;
    case 'annulled':
      return poll.result !== undefined;
  }
}

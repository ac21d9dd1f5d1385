import { z } from 'zod';

import type { Poll, PollResult, RollCount, RuleCheck, Tally } from '#core/poll';
import type { PollFault } from '#core/poll-fault';
import type { MethodCount } from '#core/vote-method';
import type { PollExport } from './export-format.ts';
import { canonicalJson } from './hashing.ts';

type Judged = Pick<Poll, 'method' | 'rules' | 'quorum' | 'rollSize'>;

/** Says what counts mean by the rules of a poll. */
export type JudgeTally = (tally: Tally, poll: Judged, countedAt: Date) => PollResult;

const figure = z.int().nonnegative();
const share = z.looseObject({ numerator: figure, denominator: figure, isMore: z.boolean() });

/** The rules that decide on the verdict, as they are frozen since the order of ballots is one of them. */
const frozenRules = z.looseObject({
  ballotOrder: z.literal('ownThenLatest'),
  votersNeeded: figure,
  quorum: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('voters'), least: figure }),
    z.strictObject({ kind: z.literal('households'), least: figure }),
    z.strictObject({ kind: z.literal('share'), share }),
  ]),
  threshold: z.enum(['plurality', 'majority', 'twoThirds', 'threeQuarters', 'majorityOfRoll']),
  article278: z.enum(['ordinary', 'major']).optional(),
  abstentions: z.enum(['count', 'ignore']),
});

const checks = z.array(z.looseObject({ kind: z.string(), have: figure, of: figure }));

/** The parts of a verdict that follow from the counts. */
const PARTS = ['rollSize', 'checks', 'quorumMet', 'adopted', 'leading'] as const;

interface CheckedVerdict {
  /** False for polls opened before their rules were frozen whole: there is nothing to judge by. */
  readonly isJudged: boolean;
  readonly faults: readonly PollFault[];
}

/**
 * Judges the recount anew by the frozen rules and names each part of the published verdict that is another. Areas are
 * added up from the rows where they are open; where they are closed, and for households, the published sums are taken
 * and everything that follows from them is checked.
 */
export function checkVerdict(data: PollExport, counted: MethodCount, judge: JudgeTally): CheckedVerdict {
  const parsed = frozenRules.safeParse(data.poll.rules);
  if (!parsed.success) return { isJudged: false, faults: [] };
  const { votersNeeded: quorum, article278, ...given } = parsed.data;
  const rules = {
    ...given,
    ...(article278 && { article278 }),
    // Neither decides on the verdict.
    secrecy: 'open',
    showsCountsWhileOpen: false,
    minCell: 0,
  } as const;
  const poll = { method: data.poll.method, rules, quorum, rollSize: data.roll.length };
  const judged = judge({ ...counted, joined: joinedOf(data) }, poll, new Date(data.end.closesAt));
  const isOther = (part: (typeof PARTS)[number]) =>
    canonicalJson(data.result[part] ?? null) !== canonicalJson(judged[part] ?? null);
  const faults = PARTS.filter(isOther).map((name): PollFault => ({
    part: 'result',
    kind: 'misjudged',
    name,
  }));
  return { isJudged: true, faults };
}

function joinedOf(data: PollExport): RollCount {
  const published = checks.safeParse(data.result['checks']).data ?? [];
  const said = (kind: RuleCheck['kind']) => published.find((check) => check.kind === kind);
  const [area, inFavour, households] = [said('area'), said('forArea'), said('households')];
  const sums = {
    rollArea: area?.of ?? 0,
    votedArea: area?.have ?? 0,
    areas: [inFavour?.have ?? 0],
    households: households?.have ?? 0,
    rollHouseholds: households?.of ?? 0,
    byBuilding: [],
  };
  return data.form === 'open' ? { ...sums, ...areasOf(data) } : sums;
}

function areasOf({ roll, ballots, poll }: PollExport & { form: 'open' }) {
  const areaOf = new Map(roll.map(({ voter, areaCents = 0 }) => [voter, areaCents]));
  const areas = poll.options.map(() => 0);
  let votedArea = 0;
  for (const { voter, choice } of ballots) {
    const area = areaOf.get(voter) ?? 0;
    votedArea += area;
    for (const option of choice) areas[option] = (areas[option] ?? 0) + area;
  }
  return { rollArea: roll.reduce((sum, { areaCents = 0 }) => sum + areaCents, 0), votedArea, areas };
}

import type { Poll, PollResult, PollStore } from '#core/poll';
import type { ScheduleHandler } from '#core/schedule';
import {
  CHECKED_FIGURES,
  type CheckedFigure,
  type CheckedRange,
  type Counted,
  type Difference,
  type SelfCheckStore,
} from '#core/self-check';
import { judgePoll } from '#procedure/verdict';

export interface SelfCheckDeps {
  readonly checks: SelfCheckStore;
  readonly polls: Pick<PollStore, 'tally'>;
  /** Resolves when what is between two writes of a commit has come to its end. */
  readonly settle: () => Promise<void>;
}

type Look = (range: CheckedRange, now: Date) => Promise<readonly Counted[]>;

interface Check {
  readonly look: Look;
  /** Rows read at a time; so many pages in one check, and the next one goes on from there. */
  readonly page: number;
  readonly isWrong: (one: Counted) => boolean;
}

/** What may be wrong of one figure: found in the pages of this check, or told of by an earlier one. */
interface Suspects {
  readonly figure: CheckedFigure;
  readonly ids: readonly string[];
  readonly standing: readonly Difference[];
  readonly stoppedAt: string | undefined;
}

const MOST_PAGES = 20;
/** When everything is wrong, these are enough to find out why. */
const MOST_TOLD = 200;

/**
 * Counts figures anew that people see or rely on, and tells of those that differ. Puts nothing right: a figure that is
 * wrong has a cause, and a silent repair would hide it.
 */
export function createSelfCheck(deps: SelfCheckDeps): ScheduleHandler {
  const { checks, settle } = deps;
  const table = checksOf(deps);

  async function suspectsOf(figure: CheckedFigure, now: Date): Promise<Suspects> {
    const { wrong, stoppedAt } = await sweep(table[figure], await checks.stoppedAt(figure), now);
    const standing = (await checks.standing(MOST_TOLD)).filter((one) => one.figure === figure);
    const ids = [...new Set([...standing, ...wrong].map(({ subjectId }) => subjectId))].slice(0, MOST_TOLD);
    return { figure, ids, standing, stoppedAt };
  }

  /** What is wrong at a second look, too: the first may have come between two writes. */
  async function verdictOn({ figure, ids, standing, stoppedAt }: Suspects, now: Date) {
    const { look, isWrong } = table[figure];
    const still = ids.length === 0 ? [] : (await look({ ids }, now)).filter(isWrong);
    const gone = standing.filter(({ subjectId }) => !still.some((one) => one.subjectId === subjectId));
    return {
      wrong: still.length,
      writes: [
        ...still.map((one) => checks.found({ ...one, figure, foundAt: now })),
        ...gone.map((one) => checks.gone(one, now)),
        checks.stop(figure, stoppedAt, now),
      ],
    };
  }

  return async (_slot, now) => {
    const suspects: Suspects[] = [];
    for (const figure of CHECKED_FIGURES) suspects.push(await suspectsOf(figure, now));
    if (suspects.some(({ ids }) => ids.length > 0)) await settle();
    const verdicts = await Promise.all(suspects.map((one) => verdictOn(one, now)));
    const event = verdicts.every(({ wrong }) => wrong === 0) ? 'check.clean' : 'check.differs';
    return { writes: verdicts.flatMap(({ writes }) => writes), dispatches: [], guarded: true, event };
  };
}

function checksOf({ checks, polls }: SelfCheckDeps): Readonly<Record<CheckedFigure, Check>> {
  const differs = ({ stored, counted }: Counted) => stored !== counted;
  return {
    endorsements: { look: checks.endorsements, page: 500, isWrong: differs },
    polls: {
      page: 20,
      isWrong: differs,
      async look(range) {
        const counted: Counted[] = [];
        for (const poll of await checks.closedPolls(range)) counted.push(await countedPoll(polls, poll));
        return counted;
      },
    },
    // A group that was added later has none.
    notices: {
      look: checks.notices,
      page: 20,
      isWrong: ({ stored, counted }) => Number(counted) < Number(stored),
    },
    mailings: { look: checks.mailings, page: 50, isWrong: () => true },
  };
}

async function sweep({ look, page, isWrong }: Check, from: string | undefined, now: Date) {
  const wrong: Counted[] = [];
  let after = from;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const rows = await look({ after, limit: page }, now);
    wrong.push(...rows.filter(isWrong));
    if (rows.length < page) return { wrong, stoppedAt: undefined };
    after = rows.at(-1)?.subjectId;
  }
  return { wrong, stoppedAt: after };
}

const JUDGED = [
  'counts',
  'voters',
  'detail',
  'rollSize',
  'checks',
  'quorumMet',
  'adopted',
  'leading',
  'byBuilding',
] as const satisfies readonly (keyof PollResult)[];

/** The published result beside the one that the ballots have today. */
async function countedPoll(polls: Pick<PollStore, 'tally'>, poll: Poll): Promise<Counted> {
  const { id: subjectId, placeId, topicNumber, result } = poll;
  const named = { subjectId, placeId, name: `议题#${topicNumber}` };
  if (!result) return { ...named, stored: '', counted: '' };
  const again = judgePoll(await polls.tally(poll), poll, result.countedAt);
  const changed = JUDGED.filter((key) => !isSame(key, result, again));
  const stored = result.counts.join('/');
  return {
    ...named,
    stored,
    counted: changed.length === 0 ? stored : `${again.counts.join('/')} (${changed.join(', ')})`,
  };
}

function isSame(key: (typeof JUDGED)[number], stored: PollResult, counted: PollResult): boolean {
  // Results of before there were rules have none of their checks.
  if (key === 'checks' && stored.checks.length === 0) return true;
  return JSON.stringify(stored[key]) === JSON.stringify(counted[key]);
}

import type { FaultPart, PollFault } from '#core/poll-fault';
import type { PollSeal } from '#core/poll-seal';
import type { Choice, MethodCount, PollMethod } from '#core/vote-method';
import type { PollExport } from './export-format.ts';
import { canonicalJson } from './hashing.ts';
import { checkBallots, checkEnd, checkRoll, checkStrikes } from './verify-lists.ts';
import { checkEvents, checkStanding } from './verify-events.ts';
import { isPossibleChoice } from './possible-choice.ts';
import { checkVerdict, type JudgeTally } from './verify-verdict.ts';
import {
  choicesHash,
  compareChoices,
  createChoiceSum,
  endHash,
  openingHash,
  questionHash,
  resultHash,
  rulesHash,
  sealed,
  type ChoiceTimes,
} from './seal-poll.ts';
import { openingCode, readCode } from './short-code.ts';

/** Adds ballots up by the poll's method. */
export type CountBallots = (
  method: PollMethod,
  options: number,
) => { add(choice: Choice): void; result(): MethodCount };

/** By what the counts and the verdict are worked out anew. */
export interface CountingRules {
  readonly countBallots: CountBallots;
  readonly judge: JudgeTally;
}

export interface Verification {
  /** Whether the verdict was judged anew; polls of before do not say their rules in full. */
  readonly isJudged: boolean;
  /** Empty: every check passed. */
  readonly faults: readonly PollFault[];
  /** The fingerprint of the opening, as the groups have it. */
  readonly openingCode: string;
  /** All hashes worked out anew from the rows. */
  readonly seal: PollSeal;
  /** Counted anew. */
  readonly counted: MethodCount;
}

/**
 * Works out every hash and figure of an export anew and names whatever differs. A file that was forged as a whole
 * fits itself; only the code that was published with the result, `publishedCode`, tells it from the true one.
 */
export function verifyExport(
  data: PollExport,
  { countBallots, judge }: CountingRules,
  publishedCode?: string,
): Verification {
  const roll = checkRoll(data);
  const voters = new Set(data.roll.map(({ voter }) => voter));
  const ballots = checkBallots(data, voters);
  const seal = rebuilt(data, { roll: roll.root, ballots: ballots.root });
  const events = checkEvents(data);
  const choices = choicesOf(data);
  const counted = recounted(data, countBallots, choices);
  const verdict = checkVerdict(data, counted, judge);
  const whole = sealed(data.poll.id, {
    ...seal,
    events: events.head,
    choices: choicesHash(data.poll.id, choices),
  });
  const faults = [
    ...roll.faults,
    ...ballots.faults,
    ...checkEnd(data),
    ...checkStrikes(data, voters),
    ...events.faults,
    ...(data.form === 'open' ? checkStanding(data) : checkChoices(data)),
    ...miscounts(data, counted),
    ...verdict.faults,
    ...changedParts(data.seal, whole),
    ...otherCode(whole.code, publishedCode),
  ];
  return {
    faults,
    seal: whole,
    openingCode: openingCode(whole.opening),
    counted,
    isJudged: verdict.isJudged,
  };
}

type Rebuilt = Omit<PollSeal, 'events' | 'choices' | 'seal' | 'code'>;

function rebuilt(data: PollExport, roots: Pick<PollSeal, 'roll' | 'ballots'>): Rebuilt {
  const { poll, end, result } = data;
  const parts = { question: questionHash(poll), rules: rulesHash(poll), ...roots };
  return {
    ...parts,
    opening: openingHash(poll.id, parts),
    end: endHash(poll.id, end),
    result: resultHash(poll.id, result),
    rollSize: data.roll.length,
    ballotCount: data.ballots.length,
    eventCount: data.events.length,
  };
}

function choicesOf(data: PollExport): readonly ChoiceTimes[] {
  if (data.form === 'secret') return data.choices;
  const sum = createChoiceSum();
  for (const { choice } of data.ballots) sum.add(choice);
  return sum.sorted();
}

function recounted(
  { poll, ballots }: PollExport,
  countBallots: CountBallots,
  choices: readonly ChoiceTimes[],
): MethodCount {
  const counter = countBallots(poll.method, poll.options.length);
  // More choices than ballots are a fault of their own; a file that claims billions must not keep us counting.
  let left = ballots.length;
  // What nobody could have chosen is a fault of its own, too, and would only spoil the sums.
  for (const { choice, times } of choices.filter((one) => isPossible(poll, one.choice))) {
    for (let time = Math.min(times, left); time > 0; time -= 1) counter.add(choice);
    left -= Math.min(times, left);
  }
  return counter.result();
}

function isPossible({ method, options }: PollExport['poll'], choice: Choice): boolean {
  return isPossibleChoice(method, options.length, choice);
}

function checkChoices(data: PollExport & { form: 'secret' }): readonly PollFault[] {
  const { choices, ballots, poll } = data;
  const faults: PollFault[] = [];
  choices.forEach(({ choice }, index) => {
    const before = choices[index - 1];
    const order = before ? compareChoices(before.choice, choice) : -1;
    const fault = (kind: PollFault['kind']) => faults.push({ part: 'choices', kind, row: index + 1 });
    if (order === 0) fault('repeated');
    if (order > 0) fault('unordered');
    if (!isPossible(poll, choice)) fault('impossible');
  });
  const made = choices.reduce((total, { times }) => total + times, 0);
  if (made !== ballots.length)
    faults.push({ part: 'choices', kind: 'count', found: made, expected: ballots.length });
  return faults;
}

function miscounts({ result }: PollExport, counted: MethodCount): readonly PollFault[] {
  const faults: PollFault[] = [];
  counted.counts.forEach((expected, option) => {
    const found = result.counts[option] ?? 'undefined';
    if (found !== expected)
      faults.push({ part: 'result', kind: 'miscounted', row: option + 1, found, expected });
  });
  if (result.voters !== counted.voters)
    faults.push({ part: 'result', kind: 'miscounted', found: result.voters, expected: counted.voters });
  const detail = canonicalJson(result['detail'] ?? null);
  const isSame =
    result.counts.length === counted.counts.length && detail === canonicalJson(counted.detail ?? null);
  if (faults.length === 0 && !isSame) faults.push({ part: 'result', kind: 'miscounted' });
  return faults;
}

const PARTS: readonly Extract<FaultPart, keyof PollSeal>[] = [
  'question',
  'rules',
  'roll',
  'opening',
  'end',
  'ballots',
  'choices',
  'events',
  'result',
];

const COUNTED = { roll: 'rollSize', ballots: 'ballotCount', events: 'eventCount' } as const;

/** Parts that are not what was sealed, and a seal that does not fit its own parts. */
function changedParts(published: PollSeal, found: PollSeal): readonly PollFault[] {
  const faults: PollFault[] = [];
  for (const [part, field] of Object.entries(COUNTED) as [keyof typeof COUNTED, (typeof COUNTED)['roll']][]) {
    if (published[field] !== found[field])
      faults.push({ part, kind: 'count', found: found[field], expected: published[field] });
  }
  for (const part of PARTS) if (published[part] !== found[part]) faults.push({ part, kind: 'changed' });
  if (published.seal !== found.seal || published.code !== found.code)
    faults.push({ part: 'seal', kind: 'changed' });
  return faults;
}

function otherCode(found: string, published: string | undefined): readonly PollFault[] {
  if (published === undefined || readCode(published) === found) return [];
  return [{ part: 'seal', kind: 'otherCode', found, expected: readCode(published) }];
}

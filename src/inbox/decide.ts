import type { Clock } from '#core/clock';
import { isGuarded, type Decision } from '#core/decision';
import { TransientError, UserError } from '#core/errors';
import type { CommitRows, DecidedRow, InboxStore } from '#core/inbox';
import type { Plan } from './plan.ts';
import type { InboxEvents, InboxTexts } from './texts.ts';

export interface DecideDeps {
  readonly commit: CommitRows;
  readonly store: Pick<InboxStore, 'postpone'>;
  readonly clock: Clock;
  readonly texts: InboxTexts;
  readonly events: InboxEvents;
  /** The partitions whose lease is trusted at this moment: what belongs to others now is not committed. */
  readonly trusted: () => readonly number[];
}

export const MAX_TRIES = 5;
const MAX_RACES = 5;
const DECIDE_WITHIN_MS = 15_000;
const BACKOFF_MS = [200, 1_000, 3_000, 10_000] as const;

type Attempt = { readonly plan: Plan } & (
  { readonly decision: Decision; readonly isMistake?: boolean } | { readonly error: unknown }
);

/** Whether a row is decided for good (`settled`) or waits for another try (`held`). Those without stay where they are. */
export type Ending = 'settled' | 'held';

/**
 * Decides rows together and commits them. A person's mistake becomes a reply; a fault is tried again later, and
 * after five tries the row is set aside with an honest line to the sender. Throws TransientError when the database
 * is away: then nothing was counted as a try.
 */
export async function decideTogether(
  plans: readonly Plan[],
  deps: DecideDeps,
): Promise<ReadonlyMap<Plan, Ending>> {
  const endings = new Map<Plan, Ending>();
  let open = plans;
  for (let race = 0; open.length > 0; race += 1) {
    const attempts = await Promise.all(open.map((plan) => attempt(plan, deps.clock.now())));
    const outcomes = await committed(withoutOvertaking(stillOurs(attempts, deps)), deps);
    const lost: Plan[] = [];
    for (const [plan, outcome] of outcomes) {
      if (outcome.status === 'conflict' && race < MAX_RACES) lost.push(plan);
      else endings.set(plan, outcome.status === 'done' ? 'settled' : await faulty(plan, outcome, deps));
    }
    open = lost;
  }
  return endings;
}

type Outcome =
  | { readonly status: 'done' }
  | { readonly status: 'conflict' }
  | { readonly status: 'failed'; readonly error: unknown };

async function attempt(plan: Plan, now: Date): Promise<Attempt> {
  try {
    return { plan, decision: await within(DECIDE_WITHIN_MS, plan.decide(now)) };
  } catch (error) {
    if (!(error instanceof UserError)) return { plan, error };
    return { plan, decision: mistakeReply(plan, error), isMistake: true };
  }
}

/** Without rows whose lease ran out while they were decided; whoever has it now decides them. */
function stillOurs(attempts: readonly Attempt[], { trusted, events }: DecideDeps): readonly Attempt[] {
  const ours = new Set(trusted());
  const kept = attempts.filter(({ plan }) => ours.has(plan.resolved.row.partition));
  if (kept.length < attempts.length) events.happened('lease.lost', {});
  return kept;
}

/**
 * What may be committed together: of each conversation everything up to the first decision that failed, or that is
 * committed by itself and may be made anew. A mistake behind something waits for it: it may be none by then.
 */
function withoutOvertaking(attempts: readonly Attempt[]): readonly Attempt[] {
  const begun = new Set<string>();
  const ended = new Set<string>();
  return attempts.filter((one) => {
    const { conversation } = one.plan.resolved.row;
    if (ended.has(conversation)) return false;
    const isFirst = !begun.has(conversation);
    begun.add(conversation);
    const isFailed = 'error' in one;
    const mustWait = !isFailed && one.isMistake === true && !isFirst;
    if (isFailed || mustWait || isGuarded(one.decision)) ended.add(conversation);
    return !mustWait;
  });
}

async function committed(
  attempts: readonly Attempt[],
  deps: DecideDeps,
): Promise<ReadonlyMap<Plan, Outcome>> {
  const outcomes = new Map<Plan, Outcome>();
  const decided: { readonly plan: Plan; readonly item: DecidedRow }[] = [];
  for (const one of attempts) {
    if ('error' in one) outcomes.set(one.plan, { status: 'failed', error: one.error });
    else decided.push({ plan: one.plan, item: itemOf(one.plan, one.decision) });
  }
  const results = decided.length > 0 ? await deps.commit(decided.map(({ item }) => item)) : [];
  decided.forEach(({ plan, item }, index) => {
    const result = results[index] ?? { status: 'failed', error: new Error('commit gave no result') };
    outcomes.set(plan, result);
    if (result.status === 'done') deps.events.happened(item.decision.event ?? 'decided', fieldsOf(plan));
  });
  return outcomes;
}

/** A fault: later again, or set aside when it was the last try. */
async function faulty(plan: Plan, outcome: Outcome, deps: DecideDeps): Promise<Ending> {
  const { row } = plan.resolved;
  const error = outcome.status === 'failed' ? outcome.error : new TransientError('lost too many races');
  const tries = row.tries + 1;
  if (tries < MAX_TRIES) {
    deps.events.failed('retry', error, { rowId: row.id });
    const backoffMs = BACKOFF_MS[Math.min(row.tries, BACKOFF_MS.length - 1)] ?? 0;
    await deps.store.postpone(row.id, new Date(deps.clock.now().getTime() + backoffMs));
    return 'held';
  }
  deps.events.failed('dead', error, { rowId: row.id });
  await deps.commit([{ row, decision: apology(plan, deps.texts.slow()), endState: 'dead' }]);
  return 'settled';
}

function mistakeReply(plan: Plan, error: UserError): Decision {
  const { row, speaker } = plan.resolved;
  const dispatch = { key: `reply:${row.id}`, to: row.message.from, body: { text: error.reply } };
  return { writes: speaker?.introduction ?? [], dispatches: [dispatch], event: error.code };
}

function apology({ resolved: { row } }: Plan, text: string): Decision {
  const to = row.message.sender.direct ?? row.message.from;
  return { writes: [], dispatches: [{ key: `reply:${row.id}`, to, body: { text } }], event: 'dead' };
}

function itemOf(plan: Plan, decision: Decision): DecidedRow {
  return { row: plan.resolved.row, decision, endState: 'done' };
}

function fieldsOf({ resolved: { row } }: Plan) {
  return { rowId: row.id, conversation: row.conversation };
}

/** A handler that hangs must not hold up every conversation of its partitions. */
async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TransientError('deciding took too long')), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

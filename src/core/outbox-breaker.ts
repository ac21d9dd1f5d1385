import { groupBy } from './group-by.ts';
import type { OutboxClaim, Settlement } from './outbox.ts';

/** Faults in a row, of different messages, after which a login rests. */
export const BREAK_AFTER_FAULTS = 5;
/** How long the one message that tries a login again may take before another may try. */
export const PROBE_MS = 30_000;

/** How a login stands with its vendor. */
export interface SenderState {
  /** When each of its recent sends ended or will have ended at the latest. */
  readonly ends: readonly Date[];
  readonly faults: number;
  /** It rests till then; when it has had its faults, one message tries it first. */
  readonly openUntil?: Date;
}

/** Which place of a login's minute a claim takes; a row that is tried again takes another one. */
export function placeOf({ row, leaseToken }: OutboxClaim): string {
  return `${leaseToken} ${row.id}`;
}

/** What some settlements say about one login. */
export interface LoginNews {
  readonly sender: string;
  /** Places of messages that were sent. */
  readonly ended: readonly string[];
  /** Messages whose first try failed, or the probe. One message that fails again and again is its own fault. */
  readonly faults: number;
  /** The vendor took or refused a message: it can be spoken to. */
  readonly works: boolean;
  readonly probeWorks: boolean;
  /** The vendor wishes that the whole login rests so long. */
  readonly restMs?: number;
}

const FIRST_REST_MS = 2_000;
const LONGEST_REST_MS = 300_000;

/**
 * How long something rests after a fault: longer each time up to five minutes, and differently for each, so that
 * those that failed together do not come back together (decorrelated jitter). `chance` is a number in [0, 1).
 */
export function restMs(beforeMs: number | undefined, chance: number): number {
  const most = Math.min(LONGEST_REST_MS, 3 * (beforeMs ?? FIRST_REST_MS));
  return Math.round(FIRST_REST_MS + chance * (most - FIRST_REST_MS));
}

/** Whether the outcome is about the whole login: it burns no try of the message. */
export function isLoginsFault({ claim, outcome }: Settlement): boolean {
  return outcome.status === 'retry' && (outcome.scope === 'sender' || claim.isProbe === true);
}

/** What settlements say about the logins that sent; one entry a login. */
export function loginNewsOf(settlements: readonly Settlement[]): readonly LoginNews[] {
  const bySender = groupBy(settlements, ({ claim }) => claim.row.sender);
  return [...bySender].map(([sender, all]) => {
    const ended = all.filter(({ outcome }) => outcome.status !== 'released');
    const works = ended.filter(({ outcome }) => outcome.status !== 'retry' && outcome.status !== 'uncertain');
    const wishes = ended.flatMap(({ outcome }) =>
      outcome.status === 'retry' && outcome.scope === 'sender'
        ? [outcome.retryAfterMs ?? LEAST_PENALTY_MS]
        : [],
    );
    return {
      sender,
      ended: ended.map(({ claim }) => placeOf(claim)),
      faults: works.length > 0 ? 0 : ended.filter(isFault).length,
      works: works.length > 0,
      probeWorks: works.some(({ claim }) => claim.isProbe === true),
      ...(wishes.length > 0 && { restMs: Math.max(...wishes) }),
    };
  });
}

const LEAST_PENALTY_MS = 60_000;

/**
 * Places of what was not sent, by login: they are free again. Only of settlements that were written: one that comes
 * too late may speak of a message that was sent.
 */
export function freedPlaces(written: readonly Settlement[]): ReadonlyMap<string, readonly string[]> {
  const released = written.filter(({ outcome }) => outcome.status === 'released');
  const bySender = groupBy(released, ({ claim }) => claim.row.sender);
  return new Map([...bySender].map(([sender, all]) => [sender, all.map(({ claim }) => placeOf(claim))]));
}

/** A polite "later" is no fault: the vendor can be spoken to. */
function isFault({ claim, outcome }: Settlement): boolean {
  const failed =
    outcome.status === 'uncertain' || (outcome.status === 'retry' && outcome.retryAfterMs === undefined);
  return failed && (claim.row.tries === 0 || claim.isProbe === true);
}

/** What a login may send now; `probe`: one message, to see whether it works again. */
export function roomOf(state: SenderState | undefined, realNow: Date): 'all' | 'none' | 'probe' {
  if (!state) return 'all';
  if (state.openUntil && state.openUntil > realNow) return 'none';
  return state.faults >= BREAK_AFTER_FAULTS ? 'probe' : 'all';
}

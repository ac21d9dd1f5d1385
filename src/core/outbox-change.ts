import {
  MAX_TRIES,
  type OutboxOutcome,
  type OutboxRow,
  type OutboxState,
  type Settlement,
} from './outbox.ts';
import { isLoginsFault, restMs } from './outbox-breaker.ts';

/** What a settlement does to its row, and until when its lane rests. */
export interface RowChange {
  readonly state: OutboxState;
  readonly outcome?: OutboxOutcome;
  readonly reason?: string;
  readonly providerMessageId?: string;
  readonly partsSent: number;
  readonly tries: number;
  readonly mayAlreadyBeSent: boolean;
  /** How long the lane rested last; the next rest is longer. */
  readonly restMs?: number;
  /** Nothing goes to this lane before, so that order survives a retry. In milliseconds from now, real time. */
  readonly pauseMs?: number;
}

/** `chance` is a number in [0, 1): the jitter of the pause. */
export function rowChangeOf(settlement: Settlement, chance: number): RowChange {
  const { claim, outcome } = settlement;
  const { partsSent, tries, mayAlreadyBeSent } = claim.row;
  const same = { partsSent, tries, mayAlreadyBeSent };
  switch (outcome.status) {
    case 'delivered': {
      const { providerMessageId } = outcome;
      return {
        ...same,
        state: 'sent',
        outcome: 'delivered',
        ...(providerMessageId !== undefined && { providerMessageId }),
      };
    }
    case 'accepted':
      return { ...same, state: 'sent', outcome: 'accepted' };
    case 'needsHuman':
      return { ...same, state: 'sent', outcome: 'needsHuman', reason: outcome.reason };
    case 'rejected':
      return { ...same, state: 'dead', outcome: 'rejected', reason: outcome.reason };
    case 'part':
      return { state: 'queued', partsSent: partsSent + 1, tries: 0, mayAlreadyBeSent: false };
    case 'released':
      return { ...same, state: 'queued' };
    case 'uncertain':
      return uncertainChange(claim.row, outcome.reason, chance);
    case 'retry':
      return isLoginsFault(settlement)
        ? loginsFaultChange(claim.row, settlement, chance)
        : retryChange(claim.row, same, outcome, chance);
  }
}

type Kept = Pick<RowChange, 'partsSent' | 'tries' | 'mayAlreadyBeSent'>;

function uncertainChange(row: OutboxRow, reason: string, chance: number): RowChange {
  const { partsSent, tries } = row;
  const unsure = { partsSent, tries, mayAlreadyBeSent: true };
  const mustHold = row.whenUncertain === 'hold' || tries + 1 >= MAX_TRIES;
  if (mustHold) return { ...unsure, state: 'held', outcome: 'uncertain', reason, tries: tries + 1 };
  return retryChange(row, unsure, { reason }, chance);
}

function retryChange(
  row: OutboxRow,
  kept: Kept,
  { reason, retryAfterMs = 0 }: { readonly reason: string; readonly retryAfterMs?: number },
  chance: number,
): RowChange {
  const tries = kept.tries + 1;
  const rest = restMs(row.restMs, chance);
  if (tries < MAX_TRIES) {
    return { ...kept, state: 'queued', reason, tries, restMs: rest, pauseMs: Math.max(rest, retryAfterMs) };
  }
  const outcome = kept.mayAlreadyBeSent ? 'uncertain' : 'rejected';
  return { ...kept, state: outcome === 'uncertain' ? 'held' : 'dead', outcome, reason, tries };
}

/**
 * The whole login is put off: no message is given up for that. The probe's lane rests a little, so that another
 * message tries the login next time and one that always fails cannot keep it shut.
 */
function loginsFaultChange(row: OutboxRow, { claim, outcome }: Settlement, chance: number): RowChange {
  const { partsSent, tries, mayAlreadyBeSent } = row;
  const kept = { state: 'queued' as const, partsSent, tries, mayAlreadyBeSent };
  const reason = 'reason' in outcome ? outcome.reason : '';
  if (claim.isProbe !== true) return { ...kept, reason };
  const rest = restMs(row.restMs, chance);
  return { ...kept, reason, restMs: rest, pauseMs: 2 * rest };
}

import {
  firstLineOf,
  type OutboxOutcome,
  type OutboxRow,
  type OutboxState,
  type OutboxTime,
} from './outbox.ts';

/** A row that waits for a person (`held`) or was given up (`dead`). Of its text only the first line. */
export interface AsideRow {
  readonly id: string;
  readonly state: 'held' | 'dead';
  /** The conversation it goes to. */
  readonly lane: string;
  readonly outcome?: OutboxOutcome;
  readonly reason?: string;
  /** `channel:account`. */
  readonly sender: string;
  readonly placeId?: string;
  readonly groupId?: string;
  readonly subjectId?: string;
  readonly about: string;
  readonly tries: number;
  readonly mayAlreadyBeSent: boolean;
  readonly asideAt: Date;
}

export interface AsideQuery {
  /** Absent: everywhere, also rows of no place. Only for who may see all. */
  readonly placeIds?: readonly string[];
  readonly states?: readonly AsideRow['state'][];
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after?: string;
}

/** What waits in one conversation. */
export interface LaneSummary {
  readonly lane: string;
  readonly sender: string;
  /** Rows that wait, whether due or not. */
  readonly queued: number;
  /** When the first of them was or is to go out. */
  readonly oldestDueAt: Date;
  /** The lane rests till then: after a refusal, or because its rate is used up. Real time. */
  readonly pausedUntil?: Date;
}

/** What waits for one of our logins, and how its vendor treats it. */
export interface SenderSummary {
  readonly sender: string;
  readonly queued: number;
  /** Of these, how many are due. */
  readonly due: number;
  readonly oldestDueAt?: Date;
  /** Faults in a row; from five on it rests, and one message tries it before all others. */
  readonly faults: number;
  /** It rests till then: its vendor wished it, or it did not work. Real time. */
  readonly pausedUntil?: Date;
}

/** `leased`: under way, also as part of another's message. `sent` is an estimate while rows are being written. */
export type OutboxCounts = Readonly<Record<Exclude<OutboxState, 'joined'>, number>>;

/**
 * What operators see of the outbox and do to it; nothing here authorises. Every read is served by an index over live
 * or set-aside rows alone.
 */
export interface OutboxOperations {
  counts(): Promise<OutboxCounts>;
  /** Logins for which something waits, or which do not work. */
  senders(time: OutboxTime): Promise<readonly SenderSummary[]>;
  /** Conversations for which something waits, whose first message is the oldest first. */
  lanes(query: { readonly limit: number; readonly realNow: Date }): Promise<readonly LaneSummary[]>;
  /** Held and dead rows, the latest first. */
  aside(query: AsideQuery): Promise<{ readonly items: readonly AsideRow[]; readonly next?: string }>;
  /** Those of these rows that are held or dead; to judge whose they are before doing anything to them. */
  asideByIds(ids: readonly string[]): Promise<readonly AsideRow[]>;
  /** Sends held and dead rows (again). Returns how many it were. */
  redriveMany(ids: readonly string[], now: Date): Promise<number>;
  /** Somebody has seen these held rows arrive: they count as delivered. Returns how many it were. */
  confirmMany(ids: readonly string[], now: Date): Promise<number>;
}

/** A row as the operators' list shows it; undefined for one that is neither held nor dead. */
export function asideRowOf(
  row: Pick<OutboxRow, 'id' | 'state' | 'lane' | 'sender' | 'tries' | 'mayAlreadyBeSent' | 'dueAt'> &
    Partial<Pick<OutboxRow, 'outcome' | 'reason' | 'placeId' | 'groupId' | 'subjectId' | 'asideAt' | 'body'>>,
): AsideRow | undefined {
  if (row.state !== 'held' && row.state !== 'dead') return undefined;
  const { id, state, lane, sender, tries, mayAlreadyBeSent } = row;
  return {
    id,
    state,
    lane,
    sender,
    tries,
    mayAlreadyBeSent,
    about: firstLineOf(row.body),
    asideAt: row.asideAt ?? row.dueAt,
    ...(row.outcome !== undefined && { outcome: row.outcome }),
    ...(row.reason !== undefined && { reason: row.reason }),
    ...(row.placeId !== undefined && { placeId: row.placeId }),
    ...(row.groupId !== undefined && { groupId: row.groupId }),
    ...(row.subjectId !== undefined && { subjectId: row.subjectId }),
  };
}

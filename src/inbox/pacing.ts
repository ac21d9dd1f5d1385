import { MINUTE_MS, type Clock } from '#core/clock';
import type { Enqueue } from '#core/commit';
import type { Dispatch } from '#core/decision';
import { groupBy } from '#core/group-by';
import { SAID, senderKey, type InboxRow, type InboxStore, type PutOff } from '#core/inbox';
import { createPace, MESSAGES_A_MINUTE } from './pace.ts';
import type { InboxEvents, InboxTexts } from './texts.ts';

export interface PacingDeps {
  readonly store: Pick<InboxStore, 'backlogOf' | 'putOff' | 'putOffUntil'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly enqueue: Enqueue;
  readonly texts: Pick<InboxTexts, 'rateLimited'>;
  readonly events: InboxEvents;
  /** The partitions whose lease is trusted at this moment. */
  readonly trusted: () => readonly number[];
}

/** Puts off what comes from senders who talk too fast. One process does so for a partition: who decides it. */
export interface Pacing {
  /**
   * The rows that may be decided now. Others are put off, and their sender is told; what they said behind that is
   * put off with it. Called again with the same rows it decides the same.
   */
  admit(rows: readonly InboxRow[], partitions: readonly number[]): Promise<readonly InboxRow[]>;
  /** A row is decided for good and does not come again. */
  settled(rowId: string): void;
  /** Others may have put rows off meanwhile: what stands in the rows is read again. */
  forget(): void;
}

const TOLD_EVERY_MS = 10 * MINUTE_MS;
const MAX_TOLD = 10_000;
/** So many of one sender are put off at a time: a flood must not fill each page of its conversation. */
const BACKLOG = 1_000;

interface Memory {
  readonly pace: ReturnType<typeof createPace>;
  /** Partitions whose put-off rows were read. */
  readonly resumed: Set<number>;
  /** When rows that were counted and are not decided yet may be decided: each counts once. */
  readonly counted: Map<string, Date>;
  /** Of senders that others put off: the last such row. Whoever came to it had counted those in front of it. */
  readonly countedTo: Map<string, number>;
  /** When a sender was told. */
  readonly toldAt: Map<string, number>;
}

export function createPacing(deps: PacingDeps): Pacing {
  let memory = emptyMemory();
  return {
    async admit(rows, partitions) {
      // Forgotten meanwhile, this page goes on with what it began with: its lease is asked once more below.
      const own = memory;
      await resume(own, partitions, deps);
      const late = rows.filter(
        (row) => isPaced(row) && timeOf(own, senderKey(row.message), row) > row.receivedAt,
      );
      if (late.length === 0) return rows;
      await putOff(own, late, deps);
      const waiting = new Set(late);
      return rows.filter((row) => !waiting.has(row));
    },
    settled: (rowId) => void memory.counted.delete(rowId),
    forget: () => void (memory = emptyMemory()),
  };
}

function emptyMemory(): Memory {
  return {
    pace: createPace(),
    resumed: new Set(),
    counted: new Map(),
    countedTo: new Map(),
    toldAt: new Map(),
  };
}

/** The pace of a partition that came from another process goes on where its rows say that it stood. */
async function resume(own: Memory, partitions: readonly number[], { store, clock }: PacingDeps) {
  const fresh = partitions.filter((one) => !own.resumed.has(one));
  if (fresh.length === 0) return;
  for (const [sender, { until, order }] of await store.putOffUntil(fresh)) {
    own.pace.resume(sender, until);
    own.countedTo.set(sender, order);
    own.toldAt.set(sender, clock.now().getTime());
  }
  for (const one of fresh) own.resumed.add(one);
}

/** What was put off or tried before was counted before. */
function isPaced({ message, isPutOff, tries }: InboxRow): boolean {
  return isPutOff !== true && tries === 0 && !message.sender.isSelf && SAID.includes(message.body.type);
}

type Counted = Pick<InboxRow, 'id' | 'order' | 'receivedAt'>;

/** When it may be decided; counts it, if it was not. */
function timeOf(own: Memory, sender: string, { id, order, receivedAt }: Counted): Date {
  if (order <= (own.countedTo.get(sender) ?? -Infinity)) return receivedAt;
  const at = own.counted.get(id) ?? own.pace.take(sender, receivedAt);
  own.counted.set(id, at);
  return at;
}

async function putOff(own: Memory, late: readonly InboxRow[], deps: PacingDeps): Promise<void> {
  const trusted = new Set(deps.trusted());
  const ours = late.filter(({ partition }) => trusted.has(partition));
  const bySender = groupBy(ours, ({ message }) => senderKey(message));
  const rows: PutOff[] = [];
  for (const [sender, [first]] of bySender)
    if (first) rows.push(...(await backlog(own, sender, first, deps)));
  // Told first: a crash in between leaves rows that are put off by the next one, who finds the line there.
  for (const [sender, [first]] of bySender) if (first) await tell(own, sender, first, deps);
  await deps.store.putOff(rows);
  for (const { id } of rows) {
    own.counted.delete(id);
    deps.events.happened('rate.limited', { rowId: id });
  }
}

/** What of a sender is to be put off, the late rows of the page and those behind them. */
async function backlog(
  own: Memory,
  sender: string,
  { partition, conversation }: InboxRow,
  { store, clock }: PacingDeps,
): Promise<readonly PutOff[]> {
  const rows = await store.backlogOf({ partition, conversation, sender }, clock.now(), BACKLOG);
  return rows.flatMap((row) => {
    const until = timeOf(own, sender, row);
    return until > row.receivedAt ? [{ id: row.id, until }] : [];
  });
}

/** One line in ten minutes; its key keeps the next owner from repeating it. */
async function tell(own: Memory, sender: string, { message, receivedAt }: InboxRow, deps: PacingDeps) {
  const at = receivedAt.getTime();
  if (at - (own.toldAt.get(sender) ?? -Infinity) < TOLD_EVERY_MS) return;
  const key = `rate:${sender}:${Math.floor(at / TOLD_EVERY_MS)}`;
  const text = deps.texts.rateLimited(MESSAGES_A_MINUTE + 1);
  const line: Dispatch = { key, to: message.sender.direct ?? message.from, body: { text } };
  try {
    await deps.enqueue([line]);
    if (own.toldAt.size >= MAX_TOLD) own.toldAt.clear();
    own.toldAt.set(sender, at);
  } catch (error) {
    // The message itself is kept; only the courtesy line is lost.
    deps.events.failed('rate.limited', error, {});
  }
}

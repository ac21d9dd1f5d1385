import { MINUTE_MS, type Clock } from '#core/clock';
import type { Enqueue } from '#core/commit';
import type { Dispatch } from '#core/decision';
import { groupBy } from '#core/group-by';
import { SAID, senderKey, type BacklogRow, type InboxRow, type InboxStore, type PutOff } from '#core/inbox';
import { createPace, MESSAGES_A_MINUTE } from './pace.ts';
import type { InboxEvents, InboxTexts } from './texts.ts';

export interface PacingDeps {
  readonly store: Pick<InboxStore, 'backlogOf' | 'putOff' | 'putOffUntil'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly enqueue: Enqueue;
  readonly texts: Pick<InboxTexts, 'rateLimited' | 'rateLimitedHere'>;
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
/** So far behind a page the same senders are looked for: a flood must not fill each page of its conversation. */
const BACKLOG = 2_000;

interface Memory {
  readonly pace: ReturnType<typeof createPace>;
  /** Partitions whose put-off rows were read. */
  readonly resumed: Set<number>;
  /** When rows that were counted and are not decided yet may be decided: each counts once. */
  readonly counted: Map<string, Date>;
  /** Of senders that others put off: the last such row. Whoever came to it had counted those in front of it. */
  readonly countedTo: Map<string, number>;
  /** When who hears the line (`hearerOf`) was told. */
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
  for (const [sender, { conversation, until, order }] of await store.putOffUntil(fresh)) {
    own.pace.resume(sender, until);
    own.countedTo.set(sender, order);
    for (const hearer of [sender, conversation]) own.toldAt.set(hearer, clock.now().getTime());
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
  const rows: PutOff[] = [];
  for (const [partition, group] of groupBy(ours, (row) => row.partition))
    rows.push(...(await withBacklog(own, partition, group, deps)));
  // Told first: a crash in between leaves rows that are put off by the next one, who finds the line there.
  await tell(own, ours, deps);
  await deps.store.putOff(rows);
  for (const { id } of rows) {
    own.counted.delete(id);
    deps.events.happened('rate.limited', { rowId: id });
  }
}

/** What is to be put off: the late rows of the page, and those that their senders said behind them. */
async function withBacklog(
  own: Memory,
  partition: number,
  late: readonly InboxRow[],
  { store, clock }: PacingDeps,
): Promise<readonly PutOff[]> {
  const found = late.map((row): BacklogRow => ({ ...row, sender: senderKey(row.message) }));
  const senders = [...new Set(found.map(({ sender }) => sender))];
  const behind = await store.backlogOf(partition, senders, clock.now(), BACKLOG);
  // Both begin with what a sender said first, so that one behind the other leaves nothing out in between.
  const rows = new Map([...found, ...behind].map((row) => [row.id, row]));
  return [...rows.values()].flatMap((row) => {
    const until = timeOf(own, row.sender, row);
    return until > row.receivedAt ? [{ id: row.id, until }] : [];
  });
}

/** One line in ten minutes for each who hears it; its key keeps the next owner from repeating it. */
async function tell(own: Memory, late: readonly InboxRow[], deps: PacingDeps): Promise<void> {
  const firsts = new Map(late.toReversed().map((row) => [hearerOf(row), row]));
  const untold = [...firsts].filter(
    ([hearer, { receivedAt }]) =>
      receivedAt.getTime() - (own.toldAt.get(hearer) ?? -Infinity) >= TOLD_EVERY_MS,
  );
  if (untold.length === 0) return;
  try {
    await deps.enqueue(untold.map(([hearer, row]) => lineFor(hearer, row, deps.texts)));
    if (own.toldAt.size + untold.length > MAX_TOLD) own.toldAt.clear();
    for (const [hearer, { receivedAt }] of untold) own.toldAt.set(hearer, receivedAt.getTime());
  } catch (error) {
    // The messages themselves are kept; only the courtesy lines are lost.
    deps.events.failed('rate.limited', error, {});
  }
}

/** A group without one-to-one chats hears it once for all its talkers: however many they are, it is not spammed. */
function hearerOf(row: InboxRow): string {
  return isForAll(row) ? row.conversation : senderKey(row.message);
}

function isForAll({ message }: InboxRow): boolean {
  return message.conversationKind === 'group' && !message.sender.direct;
}

function lineFor(hearer: string, row: InboxRow, texts: PacingDeps['texts']): Dispatch {
  const { from, sender } = row.message;
  const key = `rate:${hearer}:${Math.floor(row.receivedAt.getTime() / TOLD_EVERY_MS)}`;
  const text = isForAll(row) ? texts.rateLimitedHere() : texts.rateLimited(MESSAGES_A_MINUTE + 1);
  return { key, to: sender.direct ?? from, body: { text } };
}

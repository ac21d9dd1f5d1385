import type { OutboxRow, OutboxState } from '#core/outbox';
import { roomOf, type SenderState } from '#core/outbox-breaker';
import { asideRowOf, type AsideRow, type OutboxCounts, type OutboxOperations } from '#core/outbox-operations';
import { groupBy } from '#core/group-by';

export interface MemoryRows {
  rows(): readonly OutboxRow[];
  pausedUntil(lane: string): Date | undefined;
  logins(): ReadonlyMap<string, SenderState>;
  redrive(id: string, now: Date): boolean;
  confirm(id: string, now: Date): boolean;
}

/** What operators see of the outbox in memory; passes the suite that the one in MongoDB passes. */
export function createMemoryOperations(memory: MemoryRows): OutboxOperations {
  const inState = (state: OutboxState) => memory.rows().filter((row) => row.state === state);
  const asideRows = () => memory.rows().flatMap((row) => asideRowOf(row) ?? []);
  const oldest = (rows: readonly OutboxRow[]) =>
    new Date(Math.min(...rows.map((row) => row.dueAt.getTime())));
  const firstOf = (rows: readonly OutboxRow[]) => rows[0]?.sender ?? '';

  return {
    async counts() {
      const states = ['queued', 'leased', 'sent', 'held', 'dead'] as const;
      return Object.fromEntries(
        states.map((state) => [state, inState(state).length]),
      ) as unknown as OutboxCounts;
    },
    async senders({ now, realNow }) {
      const waiting = groupBy(inState('queued'), (row) => row.sender);
      const logins = memory.logins();
      const troubled = [...logins].filter(
        ([, state]) => roomOf(state, realNow) !== 'all' || state.faults > 0,
      );
      const names = [...waiting.keys()].sort();
      for (const [name] of troubled) if (!names.includes(name)) names.push(name);
      return names.map((sender) => {
        const rows = waiting.get(sender) ?? [];
        const { openUntil: pausedUntil, faults = 0 } = logins.get(sender) ?? {};
        return {
          sender,
          queued: rows.length,
          due: rows.filter((row) => row.dueAt <= now).length,
          ...(rows.length > 0 && { oldestDueAt: oldest(rows) }),
          faults,
          ...(pausedUntil && pausedUntil > realNow && { pausedUntil }),
        };
      });
    },
    async lanes({ limit, realNow }) {
      const summaries = [...groupBy(inState('queued'), (row) => row.lane)].map(([lane, rows]) => {
        const pausedUntil = memory.pausedUntil(lane);
        const rests = pausedUntil !== undefined && pausedUntil > realNow;
        const waits = { queued: rows.length, oldestDueAt: oldest(rows) };
        return { lane, sender: firstOf(rows), ...waits, ...(rests && { pausedUntil }) };
      });
      const oldestFirst = summaries.sort(
        (one, other) => one.oldestDueAt.getTime() - other.oldestDueAt.getTime(),
      );
      return oldestFirst.slice(0, limit);
    },
    async aside({ placeIds, states, limit, after }) {
      const wanted = asideRows()
        .filter((row) => !placeIds || placeIds.includes(row.placeId ?? ''))
        .filter((row) => !states || states.includes(row.state))
        .sort(latestFirst);
      const start = after === undefined ? 0 : wanted.findIndex((row) => row.id === after) + 1;
      const items = wanted.slice(start, start + limit);
      const last = items.at(-1);
      return { items, ...(last && start + limit < wanted.length && { next: last.id }) };
    },
    asideByIds: async (ids) => asideRows().filter((row) => ids.includes(row.id)),
    redriveMany: async (ids, now) => ids.filter((id) => memory.redrive(id, now)).length,
    confirmMany: async (ids, now) => ids.filter((id) => memory.confirm(id, now)).length,
  };
}

function latestFirst(one: AsideRow, other: AsideRow): number {
  return other.asideAt.getTime() - one.asideAt.getTime() || (one.id < other.id ? 1 : -1);
}

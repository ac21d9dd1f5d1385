import {
  fitForKeeping,
  judgedSentAt,
  partitionOf,
  senderKey,
  type DecidedRow,
  type InboxRow,
  type InboxStore,
} from '#core/inbox';
import { conversationKey } from '#core/message';
import { groupBy } from '#core/group-by';

interface Kept extends InboxRow {
  readonly isPutOff: boolean;
}

const SHARE = 50;

/** The inbox in memory, for fast tests; it keeps the promises of test/conformance/inbox-store.ts. */
export function createMemoryInbox(): InboxStore & {
  readonly rows: () => readonly InboxRow[];
  readonly finish: (items: readonly DecidedRow[]) => void;
} {
  const rows = new Map<string, Kept>();
  let order = 0;
  const open = () => [...rows.values()].filter((row) => row.state === 'new');
  return {
    rows: () => [...rows.values()],
    finish(items) {
      for (const { row, endState } of items) {
        const kept = rows.get(row.id);
        if (kept) rows.set(row.id, { ...kept, state: endState });
      }
    },
    async record(message, receivedAt, availableAt = receivedAt) {
      const conversation = conversationKey(message.from);
      const id = JSON.stringify([message.from, message.messageId]);
      if (rows.has(id)) return 'duplicate';
      order += 1;
      const fitted = fitForKeeping(message).message;
      rows.set(id, {
        id,
        conversation,
        partition: partitionOf(conversation),
        order,
        message: { ...fitted, sentAt: judgedSentAt(message.sentAt, receivedAt) },
        state: 'new',
        tries: 0,
        availableAt,
        receivedAt,
        numbers: {},
        isPutOff: availableAt > receivedAt,
      });
      return 'stored';
    },
    async next(partitions, now, limit, except = []) {
      const found = open()
        .filter((row) => partitions.includes(row.partition) && row.availableAt <= now)
        .filter((row) => !except.includes(row.conversation))
        .sort((a, b) => a.availableAt.getTime() - b.availableAt.getTime() || a.order - b.order);
      const fair = [...groupBy(found, (row) => row.conversation).values()].flatMap((group) =>
        group.slice(0, SHARE),
      );
      return fair.sort((a, b) => a.order - b.order).slice(0, limit);
    },
    async hasUndecidedBefore(conversations, before) {
      return open().some(
        (row) => conversations.includes(row.conversation) && row.message.sentAt < before && !row.isPutOff,
      );
    },
    async putOffUntil(now) {
      const late = open().filter((row) => row.availableAt > now);
      const bySender = groupBy(late, (row) => senderKey(row.message));
      return new Map(
        [...bySender].map(([sender, group]) => [
          sender,
          new Date(Math.max(...group.map((row) => row.availableAt.getTime()))),
        ]),
      );
    },
    async postpone(id, retryAt) {
      const kept = rows.get(id);
      if (kept?.state === 'new') rows.set(id, { ...kept, retryAt, tries: kept.tries + 1 });
    },
  };
}

import {
  fitForKeeping,
  judgedSentAt,
  partitionOf,
  SAID,
  senderKey,
  type DecidedRow,
  type InboxRow,
  type InboxStore,
  type UnreadRow,
} from '#core/inbox';
import { conversationKey } from '#core/message';
import { NOTHING } from '#core/decision';
import { groupBy } from '#core/group-by';
import type { InboxUnderTest } from '#test/conformance/inbox-store';

interface Kept extends InboxRow {
  /** It cannot be read; told once. */
  readonly spoilt?: UnreadRow['why'];
  readonly isTold?: boolean;
}

const SHARE = 50;

function byAvailability(a: InboxRow, b: InboxRow): number {
  return a.availableAt.getTime() - b.availableAt.getTime() || a.order - b.order;
}

/** The inbox in memory, for fast tests; it keeps the promises of test/conformance/inbox-store.ts. */
export function createMemoryInbox(): InboxStore & {
  readonly rows: () => readonly InboxRow[];
  readonly finish: (items: readonly DecidedRow[]) => void;
  readonly spoil: (id: string, why: UnreadRow['why']) => void;
} {
  const rows = new Map<string, Kept>();
  let order = 0;
  const open = () => [...rows.values()].filter((row) => row.state === 'new' && row.isTold !== true);
  const change = (id: string, more: Partial<Kept>) => {
    const kept = rows.get(id);
    if (kept?.state === 'new') rows.set(id, { ...kept, ...more });
  };
  return {
    rows: () => [...rows.values()],
    finish(items) {
      for (const { row, endState } of items) {
        change(row.id, { state: endState });
      }
    },
    spoil: (id, why) => change(id, { spoilt: why }),
    async record(message, receivedAt) {
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
        availableAt: receivedAt,
        receivedAt,
        numbers: {},
      });
      return 'stored';
    },
    async next(partitions, now, limit, except = []) {
      const found = open()
        .filter((row) => partitions.includes(row.partition) && row.availableAt <= now)
        .filter((row) => !except.includes(row.conversation))
        .sort(byAvailability);
      const unread = found.flatMap(({ id, spoilt }) => (spoilt ? [{ id, why: spoilt }] : []));
      for (const { id } of unread) change(id, { isTold: true });
      const read = groupBy(
        found.filter((row) => !row.spoilt),
        (row) => row.conversation,
      );
      const fair = [...read.values()].flatMap((group) => group.slice(0, SHARE));
      return { rows: fair.sort(byAvailability).slice(0, limit), unread };
    },
    async hasUndecidedBefore(conversations, before) {
      return open().some(
        (row) =>
          (conversations === 'any' || conversations.includes(row.conversation)) &&
          row.message.sentAt < before &&
          row.isPutOff !== true,
      );
    },
    async backlogOf(partition, senders, now, limit) {
      return open()
        .filter((row) => row.partition === partition && row.availableAt <= now)
        .sort(byAvailability)
        .slice(0, limit)
        .filter(
          ({ isPutOff, tries, message }) => !isPutOff && tries === 0 && SAID.includes(message.body.type),
        )
        .map(({ id, order, receivedAt, message }) => ({ id, sender: senderKey(message), order, receivedAt }))
        .filter(({ sender }) => senders.includes(sender));
    },
    async putOff(late) {
      for (const { id, until } of late) {
        if (rows.get(id)?.isPutOff !== true) change(id, { availableAt: until, isPutOff: true });
      }
    },
    async putOffUntil(partitions) {
      const late = open().filter((row) => row.isPutOff === true && partitions.includes(row.partition));
      const bySender = groupBy(late, (row) => senderKey(row.message));
      return new Map(
        [...bySender].map(([sender, group]) => [
          sender,
          {
            conversation: group[0]?.conversation ?? '',
            until: new Date(Math.max(...group.map((row) => row.availableAt.getTime()))),
            order: Math.max(...group.map((row) => row.order)),
          },
        ]),
      );
    },
    async postpone(id, retryAt) {
      change(id, { retryAt, tries: (rows.get(id)?.tries ?? 0) + 1 });
    },
  };
}

/** The same with what the suite needs besides the port. */
export function underTest(): InboxUnderTest {
  const store = createMemoryInbox();
  return {
    store,
    finish: async (row) => store.finish([{ row, decision: NOTHING, endState: 'done' }]),
    spoil: async (row, why) => store.spoil(row.id, why),
  };
}

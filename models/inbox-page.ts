import type { mongo } from 'mongoose';
import { groupBy } from '#core/group-by';
import type { InboxPage, InboxRow, UnreadRow } from '#core/inbox';
import type { InboxDocument } from './inbox.ts';
import { isRead, isUnread, READABLE, READER, readRow } from './inbox-row.ts';

type Inbox = mongo.Collection<InboxDocument>;

/** A conversation with more undecided rows than this lets the others go first. */
const SHARE = 50;
/** So many more of it, where the others leave room: looking for others behind a crowd costs more than deciding it. */
const SPARE = 150;
const FAIR_ROUNDS = 4;

/** A page for whoever decides; what cannot be read is put aside before it is given. */
export async function nextPage(
  inbox: Inbox,
  partitions: readonly number[],
  now: Date,
  limit: number,
  except: readonly string[],
): Promise<InboxPage> {
  const found = await fairPage(inbox, partitions, now, limit, except);
  await putAside(inbox, found.unread);
  return found;
}

/** One answer of the server and no more of it: at most `limit` rows and 16 MB, whatever is waiting. */
async function page(
  inbox: Inbox,
  query: mongo.Filter<InboxDocument>,
  limit: number,
): Promise<(InboxRow | UnreadRow)[]> {
  const options = { batchSize: limit, singleBatch: true };
  const found = inbox.find(query, options).sort({ availableAt: 1, order: 1 }).limit(limit);
  return (await found.toArray()).map(readRow);
}

/** A page in which a busy conversation has its share and no more; the room left over goes to others. */
async function fairPage(
  inbox: Inbox,
  partitions: readonly number[],
  now: Date,
  limit: number,
  except: readonly string[],
): Promise<{ rows: InboxRow[]; unread: UnreadRow[] }> {
  const rows: InboxRow[] = [];
  const spare: InboxRow[] = [];
  const unread: UnreadRow[] = [];
  const seen = new Set(except);
  for (let round = 0; round < FAIR_ROUNDS && rows.length < limit; round += 1) {
    const room = limit - rows.length;
    const query = {
      state: 'new' as const,
      partition: { $in: [...partitions] },
      availableAt: { $lte: now },
      ...READABLE,
    };
    const found = await page(
      inbox,
      seen.size > 0 ? { ...query, conversation: { $nin: [...seen] } } : query,
      room,
    );
    unread.push(...found.filter(isUnread));
    const read = groupBy(found.filter(isRead), (row) => row.conversation);
    for (const [conversation, own] of read) {
      seen.add(conversation);
      rows.push(...own.slice(0, SHARE));
      spare.push(...own.slice(SHARE, SHARE + SPARE));
    }
    // What could not be read is put aside only after this: it would be found again.
    if (found.length < room || unread.length > 0) break;
  }
  return { rows: [...rows, ...spare.slice(0, limit - rows.length)], unread };
}

/** What a newer version wrote is left alone by this one; what is no message is set aside. */
async function putAside(inbox: Inbox, unread: readonly UnreadRow[]): Promise<void> {
  if (unread.length === 0) return;
  const mark = { newer: { unreadableFor: READER }, broken: { state: 'dead' as const, event: 'unreadable' } };
  const operations = [...groupBy(unread, ({ why }) => why)].map(([why, group]) => ({
    updateMany: {
      filter: { _id: { $in: group.map(({ id }) => id) }, state: 'new' as const },
      update: { $set: mark[why] },
    },
  }));
  await inbox.bulkWrite(operations, { ordered: false });
}

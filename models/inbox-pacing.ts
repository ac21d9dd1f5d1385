import type { mongo } from 'mongoose';
import { SAID, type BacklogRow, type InboxStore, type LastPutOff } from '#core/inbox';
import { atBorder } from './driver-error.ts';
import type { InboxDocument } from './inbox.ts';
import { READABLE } from './inbox-row.ts';

/** What the pace of talkers needs of the inbox. */
export function pacingOf(
  inbox: mongo.Collection<InboxDocument>,
): Pick<InboxStore, 'backlogOf' | 'putOff' | 'putOffUntil'> {
  return {
    backlogOf: (partition, senders, now, limit) =>
      atBorder(() => {
        const waiting = { state: 'new', partition, availableAt: { $lte: now } };
        const wanted = {
          senderKey: { $in: [...senders] },
          isPutOff: { $ne: true },
          tries: 0,
          'message.body.type': { $in: [...SAID] },
          ...READABLE,
        };
        const shape = { _id: 0, id: '$_id', sender: '$senderKey', order: 1, receivedAt: 1 };
        return inbox
          .aggregate<BacklogRow>([
            { $match: waiting },
            { $sort: { availableAt: 1, order: 1 } },
            { $limit: limit },
            { $match: wanted },
            { $project: shape },
          ])
          .toArray();
      }),
    putOff: (rows) =>
      atBorder(async () => {
        const operations = rows.map(({ id, until }) => ({
          updateOne: {
            filter: { _id: id, state: 'new' as const, isPutOff: { $ne: true } },
            update: { $set: { availableAt: until, isPutOff: true } },
          },
        }));
        if (operations.length > 0) await inbox.bulkWrite(operations, { ordered: true });
      }),
    putOffUntil: (partitions) =>
      atBorder(async () => {
        const last = {
          conversation: { $first: '$conversation' },
          until: { $max: '$availableAt' },
          order: { $max: '$order' },
        };
        const rows = inbox.aggregate<LastPutOff & { readonly _id: string }>([
          { $match: { state: 'new', isPutOff: true, partition: { $in: [...partitions] } } },
          { $group: { _id: '$senderKey', ...last } },
        ]);
        return new Map((await rows.toArray()).map(({ _id, ...row }) => [_id, row]));
      }),
  };
}

import type { Connection } from 'mongoose';
import { conversationKey } from '#core/message';
import { inCrowd } from './crowd.ts';
import type { BenchMessage } from './messages.ts';

const AT_ONCE = 32;

/** One insert a message, 32 at a time: what a message costs that waits for nobody else. */
export async function runSingles(connection: Connection, messages: readonly BenchMessage[]): Promise<void> {
  const inbox = connection.collection('baseline_singles');
  await inCrowd(messages, AT_ONCE, ({ message }) =>
    inbox.insertOne({ _id: `${conversationKey(message.from)}|${message.messageId}` as never, message }),
  );
}

/**
 * The naive way: a transaction a message with one insert, one findOneAndUpdate (the chat's counter) and one reply
 * insert, 32 messages at a time.
 */
export async function runBaseline(connection: Connection, messages: readonly BenchMessage[]): Promise<void> {
  const inbox = connection.collection('baseline_inbox');
  const chats = connection.collection('baseline_chats');
  const replies = connection.collection('baseline_replies');
  await Promise.all([inbox, chats, replies].map(({ name }) => connection.createCollection(name)));
  await inCrowd(messages, AT_ONCE, async ({ message }) => {
    const session = await connection.startSession();
    try {
      await session.withTransaction(async () => {
        const chat = conversationKey(message.from);
        const _id = `${chat}|${message.messageId}`;
        await inbox.insertOne({ _id: _id as never, message }, { session });
        await chats.findOneAndUpdate(
          { _id: chat as never },
          { $inc: { count: 1 } },
          { session, upsert: true },
        );
        await replies.insertOne({ _id: _id as never, text: '已登记' }, { session });
      });
    } finally {
      await session.endSession();
    }
  });
}

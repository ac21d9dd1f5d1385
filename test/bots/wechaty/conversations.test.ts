import { describe, expect, it } from 'vitest';
import { contactOf, createRoomBook, directConversation } from '#bots/wechaty/conversations';
import type { SdkRoom } from '#bots/wechaty/sdk';

function room(id: string, topic: string): SdkRoom {
  return { id, topic: async () => topic, alias: async () => undefined, say: async () => undefined };
}
const failures: unknown[] = [];
const bookOf = (stableIds: boolean) => createRoomBook(stableIds, (error) => void failures.push(error));

describe('a one-to-one chat', () => {
  it('names its contact, and a room none', () => {
    expect(contactOf(directConversation('zhang'))).toBe('zhang');
    expect(contactOf('123@chatroom')).toBeUndefined();
  });
});

describe('with stable ids', () => {
  it('a conversation is the id of its room', async () => {
    const book = bookOf(true);
    await book.rebind(async () => [room('r1', '业主群')]);
    expect(await book.conversationOf(room('r1', '业主群'))).toBe('r1');
    expect(await book.roomIdOf('r1')).toBe('r1');
  });
});

describe('with ids that live for one login', () => {
  it('a conversation is found again by its topic after the next login', async () => {
    const book = bookOf(false);
    await book.rebind(async () => [room('@@1', '业主群'), room('@@2', '书记群')]);
    const conversation = await book.conversationOf(room('@@1', '业主群'));
    await book.rebind(async () => [room('@@8', '书记群'), room('@@9', '业主群')]);
    expect(await book.conversationOf(room('@@9', '业主群'))).toBe(conversation);
    expect(await book.roomIdOf(conversation)).toBe('@@9');
  });

  it('two rooms with one topic are mixed up with nothing', async () => {
    const book = bookOf(false);
    await book.rebind(async () => [room('@@1', '业主群'), room('@@2', '业主群')]);
    expect(await book.conversationOf(room('@@1', '业主群'))).toBe('@@1');
    expect(await book.conversationOf(room('@@2', '业主群'))).toBe('@@2');
    expect(await book.roomIdOf('topic-业主群')).toBeUndefined();
  });

  it('a room that shows itself later takes no conversation away', async () => {
    const book = bookOf(false);
    await book.rebind(async () => [room('@@1', '业主群')]);
    expect(await book.conversationOf(room('@@2', '业主群'))).toBe('@@2');
    expect(await book.conversationOf(room('@@3', '新群'))).toBe('topic-新群');
    expect(await book.roomIdOf('topic-业主群')).toBe('@@1');
  });

  it('a renamed room stays the same until the next login', async () => {
    const book = bookOf(false);
    await book.rebind(async () => [room('@@1', '业主群')]);
    expect(await book.conversationOf(room('@@1', '业主大群'))).toBe('topic-业主群');
  });

  it('a room without a topic is known by its id', async () => {
    expect(await bookOf(false).conversationOf(room('@@1', ''))).toBe('@@1');
  });

  it('a list that cannot be had is told, and rooms are met one by one', async () => {
    const book = bookOf(false);
    await book.rebind(async () => Promise.reject(new Error('away')));
    expect(failures).toHaveLength(1);
    expect(await book.conversationOf(room('@@1', '业主群'))).toBe('topic-业主群');
  });
});

import type { SdkRoom } from './sdk.ts';

const DIRECT = 'direct-';
const TOPIC = 'topic-';

/** The one-to-one chat with a contact. */
export function directConversation(contactId: string): string {
  return `${DIRECT}${contactId}`;
}

/** Whose one-to-one chat this is; undefined for a room's. */
export function contactOf(conversationId: string): string | undefined {
  return conversationId.startsWith(DIRECT) ? conversationId.slice(DIRECT.length) : undefined;
}

/** Which room a conversation is, and the other way round. */
export interface RoomBook {
  /** After each login: finds the rooms again by their topics. Never rejects; waited for by the other two. */
  rebind(rooms: () => Promise<readonly SdkRoom[]>): Promise<void>;
  conversationOf(room: SdkRoom): Promise<string>;
  /** Undefined for a room that this login has not met. */
  roomIdOf(conversationId: string): Promise<string | undefined>;
}

/**
 * With stable ids a conversation is the room's id. Without, ids live for one login: the conversation is named by the
 * room's topic and bound to whichever room has it at login. Where two rooms have the same topic nobody can tell
 * which is meant: both are known by their ids of this login alone, and so belong to no place. A room that is renamed
 * keeps its conversation until the next login.
 */
export function createRoomBook(stableIds: boolean, onFailed: (error: unknown) => void): RoomBook {
  if (stableIds)
    return {
      rebind: async () => undefined,
      conversationOf: async ({ id }) => id,
      roomIdOf: async (id) => id,
    };
  const conversations = new Map<string, string>();
  const rooms = new Map<string, string>();
  let bound: Promise<void> = Promise.resolve();

  function bind(roomId: string, conversation: string): string {
    conversations.set(roomId, conversation);
    rooms.set(conversation, roomId);
    return conversation;
  }

  async function bindAll(list: () => Promise<readonly SdkRoom[]>): Promise<void> {
    const named = await Promise.all(
      (await list()).map(async (room) => ({ id: room.id, topic: await room.topic() })),
    );
    const count = (topic: string) => named.filter((one) => one.topic === topic).length;
    for (const { id, topic } of named) bind(id, topic !== '' && count(topic) === 1 ? `${TOPIC}${topic}` : id);
  }

  return {
    rebind(list) {
      conversations.clear();
      rooms.clear();
      bound = bindAll(list).catch(onFailed);
      return bound;
    },
    async conversationOf(room) {
      await bound;
      const known = conversations.get(room.id);
      if (known !== undefined) return known;
      const topic = await room.topic();
      const isFree = topic !== '' && !rooms.has(`${TOPIC}${topic}`);
      return conversations.get(room.id) ?? bind(room.id, isFree ? `${TOPIC}${topic}` : room.id);
    },
    async roomIdOf(conversation) {
      await bound;
      return rooms.get(conversation);
    },
  };
}

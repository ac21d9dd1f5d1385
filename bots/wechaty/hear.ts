import { SECOND_MS, type Clock } from '#core/clock';
import type { Attachment, ConversationRef } from '#core/message';
import { directConversation, type RoomBook } from './conversations.ts';
import { IMAGE, TEXT, type HeardContact, type HeardMembers, type HeardMessage } from './decode.ts';
import type { SdkContact, SdkMessage, SdkRoom } from './sdk.ts';

/** Where a photo came from; `friendId` is set one-to-one, where the place is the sender's own. */
export interface MediaSource {
  readonly from: ConversationRef;
  readonly friendId?: string;
}

/** Keeps a photo; undefined when its chat belongs to no place, so that nobody would ever see it. */
export type KeepMedia = (source: MediaSource, bytes: Uint8Array, mime: string) => Promise<string | undefined>;

export interface HearDeps {
  readonly account: string;
  readonly book: RoomBook;
  readonly self: () => SdkContact | undefined;
  readonly keepMedia: KeepMedia;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Told when a photo could not be fetched; the message itself is heard all the same. */
  readonly onFailed: (error: unknown) => void;
}

const MAX_PHOTO_BYTES = 10 * 1_024 * 1_024;
/** Behind a photo that does not come all other messages of its chat would wait. */
const FETCH_WITHIN_MS = 20 * SECOND_MS;
/** Official accounts and companies: they send news, and an answer to them may be answered. */
const NOT_A_PERSON = new Set([2, 3]);
/** WeChat's own senders. */
const SYSTEM_IDS = new Set(['weixin', 'filehelper', 'fmessage', 'medianote', 'newsapp', 'notifymessage']);

/** Whether a message is for us at all: not our own, and not from a machine one-to-one. */
export function isHeard(message: SdkMessage): boolean {
  if (message.self()) return false;
  const talker = message.talker();
  return message.room() !== undefined || !(SYSTEM_IDS.has(talker.id) || NOT_A_PERSON.has(talker.type()));
}

/** Reads everything a message needs out of wechaty, so that no SDK object goes further. */
export async function hearMessage(message: SdkMessage, deps: HearDeps): Promise<HeardMessage> {
  const room = message.room();
  const talker = await hearContact(message.talker(), deps, room);
  const self = deps.self();
  const selfAlias = room && self && (await aliasIn(room, self));
  const roomConversation = room && (await deps.book.conversationOf(room));
  const type = message.type();
  const source = {
    from: {
      channel: 'wechaty',
      account: deps.account,
      conversationId: roomConversation ?? directConversation(talker.id),
    },
    ...(!room && { friendId: talker.id }),
  } as const;
  const image = type === IMAGE ? await hearPhoto(message, source, deps) : undefined;
  return {
    id: message.id,
    type,
    // Of other kinds the text is the vendor's XML.
    text: type === TEXT ? message.text() : '',
    ...(roomConversation !== undefined && { roomConversation }),
    talker,
    ...(selfAlias !== undefined && { selfAlias }),
    // By wechaty's own doing this may fail for a room it does not know yet; the text is looked at in any case.
    mentionsSelf: room ? await message.mentionSelf().catch(() => false) : false,
    sentAt: message.date(),
    ...(image && { image }),
  };
}

export async function hearMembers(
  change: HeardMembers['change'],
  event: { room: SdkRoom; members: readonly SdkContact[]; by: SdkContact | undefined; at: Date },
  deps: HearDeps,
): Promise<HeardMembers> {
  const { room, at } = event;
  const roomConversation = await deps.book.conversationOf(room);
  const members = await Promise.all(event.members.map((member) => hearContact(member, deps, room)));
  const by = event.by ? await hearContact(event.by, deps, room) : members[0];
  if (!by) throw new Error('a change of members names nobody');
  return { change, roomId: room.id, roomConversation, members, by, at };
}

async function hearContact(contact: SdkContact, deps: HearDeps, room?: SdkRoom): Promise<HeardContact> {
  const alias = room && (await aliasIn(room, contact));
  return {
    id: contact.id,
    name: alias ?? contact.name(),
    isSelf: contact.id === deps.self()?.id,
    isFriend: contact.friend() === true,
  };
}

async function aliasIn(room: SdkRoom, contact: SdkContact): Promise<string | undefined> {
  const alias = await room.alias(contact).catch(() => undefined);
  return alias === '' ? undefined : alias;
}

/** Bytes that cannot be fetched or are no picture make the message `unsupported`; a store that fails is thrown. */
async function hearPhoto(
  message: SdkMessage,
  source: MediaSource,
  deps: HearDeps,
): Promise<Attachment | undefined> {
  const bytes = await fetchPhoto(message, deps.clock).catch(deps.onFailed);
  const mime = bytes && mimeOf(bytes);
  if (!bytes || mime === undefined || bytes.byteLength > MAX_PHOTO_BYTES) return undefined;
  const mediaId = await deps.keepMedia(source, bytes, mime);
  return mediaId === undefined ? undefined : { mediaId, kind: 'image', mime, bytes: bytes.byteLength };
}

async function fetchPhoto(message: SdkMessage, clock: HearDeps['clock']): Promise<Uint8Array> {
  const fetched = new AbortController();
  const late = clock.sleep(FETCH_WITHIN_MS, fetched.signal).then(() => {
    throw new Error('the photo did not come');
  });
  try {
    return await Promise.race([message.toFileBox().then((file) => file.toBuffer()), late]);
  } finally {
    late.catch(() => undefined);
    fetched.abort();
  }
}

/** By the first bytes: names and types that puppets give are often wrong. */
export function mimeOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('GIF8')) return 'image/gif';
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'image/webp' : undefined;
}

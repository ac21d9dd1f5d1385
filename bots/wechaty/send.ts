import type { OutboundMessage, SendOutcome } from '#core/channel';
import { SECOND_MS, type Clock } from '#core/clock';
import type { PictureRenderer, Picture } from '#core/picture';
import { contactOf, type RoomBook } from './conversations.ts';
import { redacted, type OnFault } from './faults.ts';
import type { SdkContact, WechatyBot } from './sdk.ts';
import { OFFLINE, outcomeOfFailure, outcomeOfSaying, REFUSED, REMOVED } from './send-outcome.ts';

export interface SendDeps {
  readonly bot: WechatyBot;
  readonly book: RoomBook;
  readonly pictures: PictureRenderer;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly onFault: OnFault;
}

/** Somebody or some room that can be spoken to. */
interface Listener {
  say(something: unknown): Promise<unknown>;
}

/** Shorter than the outbox waits for a send: the text's outcome must not get lost behind a picture. */
const PICTURE_WITHIN_MS = 8 * SECOND_MS;

/**
 * Says a message's text, then its picture. Cards are left out, for the text alone holds every fact. A picture that
 * cannot be sent changes nothing: the text is there.
 */
export function createSend(
  deps: SendDeps,
): (message: OutboundMessage, signal: AbortSignal) => Promise<SendOutcome> {
  return async ({ to, body }, signal) => {
    if (!deps.bot.self()) return OFFLINE;
    const found = await findListener(to.conversationId, body.mentions ?? [], deps).catch(() => OFFLINE);
    if ('status' in found) return found;
    if (signal.aborted) return OFFLINE;
    const outcome = await Promise.race([sayText(found, body.text), brokenOff(signal)]);
    const isThrough = outcome.status === 'delivered' || outcome.status === 'accepted';
    if (isThrough && body.picture) await sayPicture(found, body.picture, deps, signal);
    return outcome;
  };
}

async function sayText(listener: Listener, text: string): Promise<SendOutcome> {
  try {
    return outcomeOfSaying(await listener.say(text));
  } catch (error) {
    return outcomeOfFailure(error);
  }
}

async function sayPicture(
  listener: Listener,
  picture: Picture,
  { pictures, bot, clock, onFault }: SendDeps,
  signal: AbortSignal,
): Promise<void> {
  const done = new AbortController();
  const late = clock.sleep(PICTURE_WITHIN_MS, AbortSignal.any([signal, done.signal]));
  const said = pictures
    .png(picture)
    .then((png) => listener.say(bot.picture(png, `poll-${picture.topicNumber}.png`)))
    .catch((error: unknown) => onFault('wechaty.picture', redacted(error)));
  await Promise.race([said, late]);
  done.abort();
}

async function findListener(
  id: string,
  mentions: readonly string[],
  deps: SendDeps,
): Promise<Listener | SendOutcome> {
  const contactId = contactOf(id);
  return contactId === undefined ? findRoom(id, mentions, deps) : findFriend(contactId, deps.bot);
}

async function findFriend(contactId: string, bot: WechatyBot): Promise<Listener | SendOutcome> {
  const contact = await bot.contact(contactId);
  if (!contact) return OFFLINE;
  return contact.friend() === false ? REFUSED : { say: (something) => contact.say(something) };
}

async function findRoom(
  conversation: string,
  mentions: readonly string[],
  { bot, book }: SendDeps,
): Promise<Listener | SendOutcome> {
  const roomId = await book.roomIdOf(conversation);
  if (roomId === undefined) return REMOVED;
  const room = await bot.room(roomId);
  if (!room) return absence(roomId, bot);
  const mentioned = await Promise.all(mentions.map((id) => bot.contact(id)));
  const known = mentioned.filter((contact): contact is SdkContact => contact !== undefined);
  // Contacts behind a picture would be taken for something else.
  return {
    say: (something) => (typeof something === 'string' ? room.say(something, ...known) : room.say(something)),
  };
}

/** wechaty gives no room both when we were removed and when it could not ask: the list of rooms tells which. */
async function absence(roomId: string, bot: WechatyBot): Promise<SendOutcome> {
  return (await bot.rooms()).some(({ id }) => id === roomId) ? OFFLINE : REMOVED;
}

function brokenOff(signal: AbortSignal): Promise<SendOutcome> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve({ status: 'uncertain', reason: 'broken off' }), {
      once: true,
    });
  });
}

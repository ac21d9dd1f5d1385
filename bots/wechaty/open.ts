import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import type { Wechaty } from 'wechaty';
import { redacted } from './faults.ts';
import type { BotListeners, WechatyBot } from './sdk.ts';

/** Puppets that keep ids over logins. Any other is taken for one that does not. */
const STABLE_PUPPETS = new Set([
  'wechaty-puppet-padlocal',
  'wechaty-puppet-service',
  'wechaty-puppet-xp',
  'wechaty-puppet-mock',
]);

/** Behind a message that does not load all others would wait. */
const LOAD_WITHIN_MS = 15_000;

export interface WechatySettings {
  /** Name of the puppet package. */
  readonly puppet: string;
  readonly token?: string | undefined;
  /** host:port of a puppet service; without it the service asks a directory in the cloud. */
  readonly endpoint?: string | undefined;
  /** How much wechaty logs; from `verbose` on, which is no choice here, it logs what people say. */
  readonly log?: 'silent' | 'error' | 'warn' | 'info' | undefined;
  /** Where the puppet keeps its session, without the ending; without it each start needs a new login. */
  readonly memoryFile?: string | undefined;
}

/**
 * Loads wechaty, an optional package of 150 MB, and prepares a login. Nothing is connected before `start`. Throws
 * when wechaty is not installed.
 */
export async function openWechaty(settings: WechatySettings): Promise<WechatyBot> {
  const { puppet, token, endpoint, memoryFile } = settings;
  const { WechatyBuilder, log } = await loadWechaty();
  log.level(settings.log ?? 'error');
  const bot = WechatyBuilder.build({
    ...(memoryFile !== undefined && { name: memoryFile }),
    puppet: puppet as 'wechaty-puppet-service',
    puppetOptions: { ...(token !== undefined && { token }), ...(endpoint !== undefined && { endpoint }) },
  });
  return wechatyBot(bot, STABLE_PUPPETS.has(puppet));
}

function loadWechaty() {
  return import('wechaty').catch((error: unknown) => {
    throw new Error('WECHATY=on needs wechaty: npm install wechaty wechaty-puppet and the puppet', {
      cause: error,
    });
  });
}

/** A login that was built elsewhere, e.g. with a puppet made for a test. */
export function wechatyBot(bot: Wechaty, stableIds: boolean): WechatyBot {
  return {
    stableIds,
    listen: (listeners) => listenTo(bot, listeners),
    start: () => bot.start(),
    stop: () => bot.stop(),
    ding: () => bot.ding('yishi'),
    self: () => (bot.isLoggedIn ? bot.currentUser : undefined),
    room: (id) => bot.Room.find({ id }),
    rooms: () => bot.Room.findAll(),
    contact: (id) => bot.Contact.find({ id }),
    picture: (png, name) => loadFileBox().fromBuffer(Buffer.from(png), name),
  };
}

/** file-box belongs to wechaty, not to us: it is taken from where wechaty finds it. */
function loadFileBox(): { fromBuffer(bytes: Buffer, name: string): unknown } {
  const fromWechaty = createRequire(import.meta.resolve('wechaty'));
  const { FileBox } = fromWechaty('file-box') as {
    FileBox: { fromBuffer(bytes: Buffer, name: string): unknown };
  };
  return FileBox;
}

function listenTo(bot: Wechaty, listeners: BotListeners): () => void {
  // Named, so that exactly these can be taken away again.
  const safe = wrapped(listeners);
  const alive = () => safe.alive();
  const message = inOrder(bot, safe);
  let puppet: Wechaty['puppet'] | undefined;
  const connect = (made: Wechaty['puppet']) => {
    made.on('message', message);
    puppet = made;
  };
  bot.on('scan', safe.scan).on('login', safe.login).on('logout', safe.logout).on('error', safe.error);
  bot.on('heartbeat', alive).on('dong', alive).on('ready', alive);
  bot.on('puppet', connect).on('room-join', safe.joined).on('room-leave', safe.left);
  return () => {
    bot.off('scan', safe.scan).off('login', safe.login).off('logout', safe.logout);
    bot.off('heartbeat', alive).off('dong', alive).off('ready', alive);
    bot.off('puppet', connect).off('room-join', safe.joined).off('room-leave', safe.left);
    puppet?.off('message', message);
    // The listener for errors stays: an error of a stopped bot without one ends the process.
  };
}

/**
 * Messages in the order in which the puppet named them. wechaty's own event comes when a message is loaded, so the
 * first ones of a chat, whose room and people have to be fetched, come behind later ones.
 */
function inOrder(bot: Wechaty, listeners: BotListeners): (named: { messageId: string }) => void {
  let last: Promise<void> = Promise.resolve();
  return ({ messageId }) => {
    const loading = loaded(bot, messageId).then(
      (message) => () => listeners.message(message),
      (error: unknown) => () => listeners.error(error),
    );
    last = last.then(() => loading).then((tell) => tell());
  };
}

async function loaded(bot: Wechaty, id: string) {
  const late = new AbortController();
  const timeout = wait(LOAD_WITHIN_MS, undefined, { signal: late.signal }).catch(() => undefined);
  const message = await Promise.race([bot.Message.find({ id }), timeout]).finally(() => late.abort());
  if (!message) throw new Error('a message could not be loaded');
  return message;
}

/** Listeners that cannot throw: what goes wrong in one is reported as an error of the bot. */
function wrapped(listeners: BotListeners): BotListeners {
  const wrap =
    <Given extends unknown[]>(listener: (...given: Given) => void) =>
    (...given: Given): void => {
      try {
        listener(...given);
      } catch (error) {
        listeners.error(redacted(error));
      }
    };
  return {
    scan: wrap((qrcode) => listeners.scan(qrcode)),
    login: wrap(() => listeners.login()),
    logout: wrap(() => listeners.logout()),
    alive: wrap(() => listeners.alive()),
    message: wrap((message) => listeners.message(message)),
    joined: wrap((room, members, by, at) => listeners.joined(room, members, by, at)),
    left: wrap((room, members, by, at) => listeners.left(room, members, by, at)),
    error: (error) => listeners.error(error),
  };
}

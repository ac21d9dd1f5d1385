import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import type { Connection } from 'mongoose';
import { renderUnicodeCompact } from 'uqr';

import type { Channel, ChannelCapabilities } from '#core/channel';
import { conversationKey, identityKey, type ConversationRef } from '#core/message';
import { createDirectory } from '#models/directory';
import { createMediaStore } from '#models/media';

import type { Config } from '../config.ts';
import { monotonicMs } from '../database/clock.ts';
import type { Log } from '../log.ts';
import { createPictureRenderer } from '../picture/render-png.ts';

export interface ChannelParts {
  readonly log: Log;
  readonly connection: Connection;
  /** Called when a login is gone for good: this process should end and be started anew. */
  readonly onLost: () => void;
}

/**
 * The vendors' channels that this process logs in to: those that are configured, when it has the role `outbox`. What it
 * hears it keeps by itself, but nobody else could send through its login. Their packages are optional: each is loaded
 * only when it is wanted.
 */
export async function loadChannels(config: Config, parts: ChannelParts): Promise<readonly Channel[]> {
  if (config.WECHATY !== 'on' || config.WECHATY_PUPPET === undefined || !config.ROLES.includes('outbox'))
    return [];
  const [{ createWechatyChannel }, { openWechaty }] = await Promise.all([
    import('#bots/wechaty/adapter'),
    import('#bots/wechaty/open'),
  ]);
  const bot = await openWechaty({
    puppet: config.WECHATY_PUPPET,
    token: config.WECHATY_PUPPET_TOKEN,
    endpoint: config.WECHATY_PUPPET_ENDPOINT,
    log: config.WECHATY_LOG,
    memoryFile: join(resolve(config.DATA_DIR), `wechaty-${config.WECHATY_ACCOUNT}`),
  });
  const channel = createWechatyChannel({
    bot,
    account: config.WECHATY_ACCOUNT,
    botName: config.BOT_NAME,
    clock: realClock,
    keepMedia: createMediaKeeper(parts.connection),
    pictures: createPictureRenderer(),
    onFault(event, error) {
      parts.log.warn({ event, error }, 'wechaty: a fault');
      if (event === 'wechaty.lost') parts.onLost();
    },
    // Whoever has the code has the account, so it is shown here and never logged.
    onScan: (qrcode) => void process.stdout.write(`${renderUnicodeCompact(qrcode)}\n`),
  });
  return [channel];
}

/** What a login can do that another process holds, as far as the settings tell; undefined for one that is not on. */
export function factsElsewhere(
  config: Config,
  { channel, account }: ConversationRef,
): ChannelCapabilities | undefined {
  const isOn = config.WECHATY === 'on' && channel === 'wechaty' && account === config.WECHATY_ACCOUNT;
  return isOn ? WECHATY_FACTS : undefined;
}

const WECHATY_FACTS: ChannelCapabilities = {
  canReceive: true,
  canPushNow: true,
  canPushDirect: true,
  needsHumanConfirm: false,
  hasCards: false,
  hasPictures: true,
  hasMembership: false,
  stableIds: false,
};

/** What WeChat sees is not moved by the demo's clock. */
const realClock = {
  now: () => new Date(monotonicMs()),
  monotonicMs,
  sleep: (ms: number, signal?: AbortSignal) =>
    wait(ms, undefined, signal && { signal }).catch(() => undefined),
};

/** Keeps photos with the place of the group they came from; one-to-one it is the sender's own. */
export function createMediaKeeper(connection: Connection) {
  const directory = createDirectory(connection);
  const media = createMediaStore(connection);

  async function placeOf({
    from,
    friendId,
  }: {
    from: ConversationRef;
    friendId?: string;
  }): Promise<string | undefined> {
    if (friendId === undefined) return (await directory.groupsOf([from])).get(conversationKey(from))?.placeId;
    const identity = identityKey(from, friendId);
    return (await directory.sendersOf([identity])).get(identity)?.person.homePlaceId;
  }

  return async (source: { from: ConversationRef; friendId?: string }, bytes: Uint8Array, mime: string) => {
    const placeId = await placeOf(source);
    return placeId === undefined ? undefined : media.put(placeId, bytes, mime);
  };
}

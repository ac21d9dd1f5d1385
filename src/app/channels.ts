import type { Channel } from '#core/channel';

import type { Config } from '../config.ts';
import type { Log } from '../log.ts';

/** The vendors' channels that are configured. Their packages are optional: each is loaded only when it is wanted. */
export async function loadChannels(config: Config, log: Log): Promise<readonly Channel[]> {
  if (config.WECHATY !== 'on') return [];
  const { createWechatyChannel, openWechaty } = await import('#bots/wechaty/adapter');
  const bot = await openWechaty({ puppet: config.WECHATY_PUPPET, token: config.WECHATY_PUPPET_TOKEN });
  const onFault = (event: string, error: unknown) => log.warn({ event, error }, 'wechaty: a fault');
  return [createWechatyChannel({ bot, account: config.WECHATY_ACCOUNT, onFault })];
}

import type { AnyCommand } from '#core/command';
import { createFeatures } from '#src/app/features';
import type { Stores } from '#src/app/stores';
import { createFakeChance } from './fake-clock.ts';

/** Stores that let themselves be handed on and do nothing: enough to see which commands there are. */
const noStores = new Proxy({}, { get: () => new Proxy({}, { get: () => () => undefined }) }) as Stores;

/** Every command of the product, as the running program has them. */
export function commandTable(): readonly AnyCommand[] {
  return createFeatures({
    stores: noStores,
    chance: createFakeChance(),
    channelFacts: () => undefined,
    graceMs: 0,
    votePages: { key: 'a key of tests', url: () => undefined },
    consoleUrl: (path) => path,
  }).commands;
}

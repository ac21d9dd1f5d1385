import { systemTexts } from '#texts/system-texts';
import { concernTexts } from '#texts/concern-texts';

import type { InboxTexts } from '../inbox/texts.ts';

/** What the inbox says by itself, from the catalogue. */
export function inboxTexts(botName: string): InboxTexts {
  return {
    unsure: () => concernTexts.unsure(),
    unknown: (likely) =>
      likely.length === 0
        ? systemTexts.commandUnknown()
        : systemTexts.commandSuggested({ suggestions: likely }),
    wrongRole: (command) => systemTexts.roleWrong({ command }),
    slow: () => systemTexts.slow(),
    rateLimited: (count) => systemTexts.rateLimited({ count }),
    rateLimitedHere: () => systemTexts.rateLimitedHere(),
    welcome: (place) => systemTexts.welcome({ place: place.name, bot: botName }),
    unbound: () => systemTexts.groupUnknown(),
    nameless: () => '居民',
  };
}

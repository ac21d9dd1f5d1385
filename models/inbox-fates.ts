import type { Connection } from 'mongoose';
import type { InboxFates } from '#core/inbox-fate';
import { collectionOf } from './collection.ts';
import { atBorder } from './driver-error.ts';
import { inboxCollection, inboxIdOf } from './inbox.ts';

/** What became of single messages, for a page that waits for its own. */
export function createInboxFates(connection: Connection): InboxFates {
  const inbox = collectionOf(connection, inboxCollection);
  return {
    fateOf: (from, messageId) =>
      atBorder(async () => {
        const projection = { state: 1, event: 1 } as const;
        const found = await inbox.findOne({ _id: inboxIdOf({ from, messageId }) }, { projection });
        if (!found) return undefined;
        return found.state === 'new'
          ? { state: 'undecided' }
          : { state: 'decided', event: found.event ?? found.state };
      }),
  };
}

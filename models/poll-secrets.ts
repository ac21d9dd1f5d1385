import type { Connection } from 'mongoose';

import type { PollSecrets } from '#core/ballot-event';
import type { Chance } from '#core/clock';
import { collectionOf, defineCollection } from './collection.ts';

interface PollSecretDocument {
  _id: string;
  secret: string;
}

/** One secret a poll, behind its pseudonyms and salts. Nothing but the proofs reads it. */
export const pollSecretsCollection = defineCollection<PollSecretDocument>({
  name: 'pollSecrets',
  fields: { secret: { type: String, required: true } },
  indexes: [],
});

/** Secrets never change, so they are kept in memory; as many as can be open at a time, and then some. */
const MOST_KEPT = 1_000;

export function createPollSecrets(connection: Connection, chance: Pick<Chance, 'id'>): PollSecrets {
  const secrets = collectionOf(connection, pollSecretsCollection);
  const kept = new Map<string, Promise<string>>();

  async function read(pollId: string): Promise<string> {
    const found = await secrets.findOneAndUpdate(
      { _id: pollId },
      { $setOnInsert: { secret: `${chance.id()}${chance.id()}` } },
      { upsert: true, returnDocument: 'after' },
    );
    if (!found) throw new Error('a poll has no secret');
    return found.secret;
  }

  return {
    secretOf(pollId) {
      const known = kept.get(pollId);
      if (known) return known;
      const asked = read(pollId);
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(pollId, asked);
      asked.catch(() => kept.delete(pollId));
      return asked;
    },
  };
}

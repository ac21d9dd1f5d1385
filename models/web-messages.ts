import { Schema, type Connection } from 'mongoose';

import type { TranscriptMessage, TranscriptStore } from '#core/transcript';

import { defineCollection, documentOf, modelOf, recordOf } from './collection.ts';

type WebMessageDocument = Omit<TranscriptMessage, 'id'> & { _id: string };

/** Conversations of the web channel: what a vendor's server keeps for the other channels. */
export const webMessagesCollection = defineCollection<WebMessageDocument>({
  name: 'webMessages',
  fields: {
    conversationId: { type: String, required: true },
    seq: { type: Number, required: true },
    at: { type: Date, required: true },
    from: { type: Schema.Types.Mixed, required: true },
    text: { type: String, default: '' },
    card: Schema.Types.Mixed,
    picture: Schema.Types.Mixed,
    quote: Schema.Types.Mixed,
    attachments: { type: [Schema.Types.Mixed], default: [] },
  },
  indexes: [
    {
      keys: { conversationId: 1, seq: 1 },
      options: { unique: true },
      why: 'reading on from a position; two writers never get the same position',
    },
  ],
});

const DUPLICATE_KEY = 11_000;
/** Writers racing for the next position of one conversation; each round one of them wins. */
const MOST_ROUNDS = 200;

/** Transcript on MongoDB. Throws when the database is away; `append` then has no effect or is safe to repeat. */
export function createTranscriptStore(connection: Connection): TranscriptStore {
  const model = modelOf(connection, webMessagesCollection);
  const byId = async (id: string) => toMessage(await model.findById(id).lean<WebMessageDocument>());
  const lastSeq = async (conversationId: string) => {
    const last = await model
      .findOne({ conversationId }, { seq: 1 })
      .sort({ seq: -1 })
      .lean<{ seq: number }>();
    return last?.seq ?? 0;
  };

  const append: TranscriptStore['append'] = async (message) => {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const placed = { ...message, seq: (await lastSeq(message.conversationId)) + 1 };
      if (await inserted(() => model.collection.insertOne(documentOf(placed) as never))) {
        return { message: placed, fresh: true };
      }
      const known = await byId(message.id);
      if (known) return { message: known, fresh: false };
    }
    throw new Error('no position in the conversation could be had');
  };

  return {
    append,
    byId,
    async after(conversationId, seq, limit) {
      const rows = await model
        .find({ conversationId, seq: { $gt: seq } })
        .sort({ seq: 1 })
        .limit(limit)
        .lean<WebMessageDocument[]>();
      return rows.map((row) => recordOf(row));
    },
  };
}

async function inserted(insert: () => Promise<unknown>): Promise<boolean> {
  try {
    await insert();
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === DUPLICATE_KEY) return false;
    throw error;
  }
}

function toMessage(document: WebMessageDocument | null): TranscriptMessage | undefined {
  return document ? recordOf(document) : undefined;
}

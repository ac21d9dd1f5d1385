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
/** Processes racing for the next position of one conversation; each round one of them wins. */
const MOST_ROUNDS = 200;
const MOST_REMEMBERED = 10_000;

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

  /** The last position this process saw; another one may have gone on since, and the insert then finds out. */
  const latest = new Map<string, number>();
  const inTurn = createTurns();

  const place: TranscriptStore['append'] = async (message) => {
    const { conversationId } = message;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const placed = { ...message, seq: (latest.get(conversationId) ?? (await lastSeq(conversationId))) + 1 };
      if (await inserted(() => model.collection.insertOne(documentOf(placed) as never))) {
        if (latest.size >= MOST_REMEMBERED) latest.clear();
        latest.set(conversationId, placed.seq);
        return { message: placed, fresh: true };
      }
      latest.delete(conversationId);
      const known = await byId(message.id);
      if (known) return { message: known, fresh: false };
    }
    throw new Error('no position in the conversation could be had');
  };
  const append: TranscriptStore['append'] = (message) => inTurn(message.conversationId, () => place(message));

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

/** Runs what belongs to one key one after the other, so that writers of this process never race each other. */
function createTurns() {
  const last = new Map<string, Promise<unknown>>();
  return <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work);
    const ended = mine.catch(() => undefined);
    last.set(key, ended);
    void ended.then(() => {
      if (last.get(key) === ended) last.delete(key);
    });
    return mine;
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

import { Schema } from 'mongoose';

/** A conversation reference inside another document. */
export const conversationRefSchema = new Schema(
  {
    channel: { type: String, required: true },
    account: { type: String, required: true },
    conversationId: { type: String, required: true },
  },
  { _id: false, strict: 'throw' },
);

/** For fields whose shape is checked where they are made, at the border. */
export const checkedElsewhere = Schema.Types.Mixed;

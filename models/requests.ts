import { defineCollection } from './collection.ts';
import { checkedElsewhere } from './sub-schemas.ts';

/** A console request, kept so that sending it again has no second effect. */
export interface RequestDocument {
  _id: string;
  personId?: string;
  placeId?: string;
  /** Absent while only numbers were taken. */
  at?: Date;
  /** What the first answer said. */
  result?: { summary?: string; created?: { kind: string; id: string; number: number } };
  /** Writes that take the step back, as extended JSON. */
  undo?: string;
  undoUntil?: Date;
  undoneAt?: Date;
  outboxKeys?: string[];
  numbers?: Record<string, number[]>;
  expiresAt?: Date;
}

export const requestsCollection = defineCollection<RequestDocument>({
  name: 'requests',
  fields: {
    personId: String,
    placeId: String,
    at: Date,
    result: checkedElsewhere,
    undo: String,
    undoUntil: Date,
    undoneAt: Date,
    outboxKeys: { type: [String], default: undefined },
    numbers: checkedElsewhere,
    expiresAt: Date,
  },
  indexes: [
    { keys: { expiresAt: 1 }, options: { expireAfterSeconds: 0 }, why: 'requests go after two days' },
  ],
});

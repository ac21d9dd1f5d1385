import { defineCollection } from './collection.ts';

/** Who is signed in; written by connect-mongo, which is not asked to make the index: it would end the program with it. */
export interface SessionDocument {
  _id: string;
  expires?: Date;
  lastModified?: Date;
  session?: string;
}

export const sessionsCollection = defineCollection<SessionDocument>({
  name: 'sessions',
  fields: { expires: Date, lastModified: Date, session: String },
  indexes: [{ keys: { expires: 1 }, options: { expireAfterSeconds: 0 }, why: 'sessions that are over go' }],
});

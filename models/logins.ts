import { createHash, randomBytes } from 'node:crypto';

import { hash, verify } from '@node-rs/argon2';
import type { Connection } from 'mongoose';

import type { LoginStore } from '#core/login';

import { defineCollection, modelOf } from './collection.ts';

interface LoginDocument {
  readonly _id: string;
  readonly personId: string;
  readonly passwordHash: string;
}

interface LoginLinkDocument {
  readonly _id: string;
  readonly personId: string;
  readonly usesLeft: number;
  readonly expiresAt: Date;
}

/** Login names with their argon2id hashes. */
export const loginsCollection = defineCollection<LoginDocument>({
  name: 'logins',
  fields: {
    personId: { type: String, required: true },
    passwordHash: { type: String, required: true },
  },
  indexes: [],
});

/** Sign-in links; only a hash of the token is kept. */
export const loginLinksCollection = defineCollection<LoginLinkDocument>({
  name: 'loginLinks',
  fields: {
    personId: { type: String, required: true },
    usesLeft: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
  },
  indexes: [{ keys: { expiresAt: 1 }, options: { expireAfterSeconds: 0 }, why: 'spent links go away' }],
});

/** OWASP's floor for argon2id: 19 MiB, 2 rounds, 1 lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A hash nobody's password has, so that an unknown login costs as much time as a known one. */
const NOBODY = hash(randomBytes(16).toString('hex'), ARGON2);

export function createLoginStore(connection: Connection): LoginStore {
  const loginModel = modelOf(connection, loginsCollection);
  const linkModel = modelOf(connection, loginLinksCollection);
  return {
    async verify(login, password) {
      const known = await loginModel.findById(login).lean<LoginDocument>();
      const right = await verify(known?.passwordHash ?? (await NOBODY), password);
      return right ? known?.personId : undefined;
    },
    async setPassword(login, personId, password) {
      const passwordHash = await hash(password, ARGON2);
      await loginModel.updateOne({ _id: login }, { $set: { personId, passwordHash } }, { upsert: true });
    },
    async names() {
      const found = await loginModel.find({}, { personId: 1 }).sort({ _id: 1 }).lean<LoginDocument[]>();
      return found.map(({ _id, personId }) => ({ login: _id, personId }));
    },
    async createLink(personId, { expiresAt, uses }) {
      const token = randomBytes(24).toString('base64url');
      await linkModel.create({ _id: tokenHash(token), personId, usesLeft: uses, expiresAt });
      return token;
    },
    async redeem(token, now) {
      const filter = { _id: tokenHash(token), usesLeft: { $gt: 0 }, expiresAt: { $gt: now } };
      const link = await linkModel
        .findOneAndUpdate(filter, { $inc: { usesLeft: -1 } })
        .lean<LoginLinkDocument>();
      return link?.personId;
    },
  };
}

function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

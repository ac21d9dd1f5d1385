import MongoStore from 'connect-mongo';
import { Router, type RequestHandler } from 'express';
import session from 'express-session';
import type { MongoClient } from 'mongodb';
import { RateLimiterMemory } from 'rate-limiter-flexible';

import type { LoginStore } from '#core/login';

import { signInSchema } from './contract.ts';
import { HttpProblem, parseInput } from './problems.ts';

declare module 'express-session' {
  interface SessionData {
    personId: string;
  }
}

const TWELVE_HOURS_S = 12 * 3_600;
const COOKIE = 'yishi.session';

/** Sessions on the server, so that signing out ends them; the cookie is only a name for one. */
export function sessions(deps: {
  client: MongoClient;
  dbName: string;
  secret: string;
  secure: boolean;
}): RequestHandler {
  return session({
    name: COOKIE,
    secret: deps.secret,
    resave: false,
    saveUninitialized: false,
    store: MongoStore.create({
      client: deps.client,
      dbName: deps.dbName,
      collectionName: 'sessions',
      ttl: TWELVE_HOURS_S,
      touchAfter: 600,
      // The index is made with all others: nobody hears when the store fails to make it, and the process would end.
      autoRemove: 'disabled',
    }),
    cookie: { httpOnly: true, sameSite: 'lax', secure: deps.secure, maxAge: TWELVE_HOURS_S * 1_000 },
  });
}

/** Ten wrong passwords a quarter of an hour, per login name and per address. */
const ATTEMPTS = { points: 10, duration: 900 };

/** Sign-in by password or link, and sign-out. */
export function signInRoutes(deps: { logins: LoginStore; now: () => Date }): Router {
  const attempts = new RateLimiterMemory(ATTEMPTS);
  const router = Router();

  router.post('/api/console/sign-in', async (request, response) => {
    const { login, password } = parseInput(signInSchema, request.body);
    await takeAttempt(attempts, [`login:${login}`, `address:${request.ip ?? 'unknown'}`]);
    const personId = await deps.logins.verify(login, password);
    if (!personId)
      throw new HttpProblem(401, { code: 'signIn.wrong', message: '名字或密码不对，再看一下。' });
    await attempts.delete(`login:${login}`);
    await startSession(request, personId);
    response.json({ ok: true });
  });

  router.post('/api/console/sign-out', (request, response, next) => {
    request.session.destroy((error: unknown) => {
      if (error) return next(error);
      response.clearCookie(COOKIE).json({ ok: true });
    });
  });

  router.get('/login/:token', async (request, response) => {
    await takeAttempt(attempts, [`link:${request.ip ?? 'unknown'}`], 0);
    const personId = await deps.logins.redeem(request.params.token.slice(0, 100), deps.now());
    if (!personId) {
      await takeAttempt(attempts, [`link:${request.ip ?? 'unknown'}`]);
      response.redirect('/console/sign-in?link=expired');
      return;
    }
    await startSession(request, personId);
    response.redirect('/console/');
  });
  return router;
}

/** A new session id at sign-in, so that one planted before is worth nothing. */
function startSession(request: Parameters<RequestHandler>[0], personId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request.session.regenerate((error: unknown) => {
      if (error) return reject(faultOf(error));
      request.session.personId = personId;
      request.session.save((saveError: unknown) => (saveError ? reject(faultOf(saveError)) : resolve()));
    });
  });
}

function faultOf(error: unknown): Error {
  return error instanceof Error ? error : new Error('the session could not be kept');
}

async function takeAttempt(attempts: RateLimiterMemory, keys: readonly string[], points = 1): Promise<void> {
  try {
    for (const key of keys) await attempts.consume(key, points);
  } catch {
    throw new HttpProblem(429, {
      code: 'signIn.tooOften',
      message: '试了太多次，15分钟后再来，或找管理员。',
    });
  }
}

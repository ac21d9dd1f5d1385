import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { MongoClient } from 'mongodb';

import type { LoginStore } from '#core/login';

import type { Log } from '../log.ts';
import { JSON_LIMIT } from './attachments.ts';
import { liveRoutes, type LiveHints } from './console/live.ts';
import { consoleRoutes, type ConsoleDeps } from './console/routes.ts';
import { viewerOf } from './console/viewer.ts';
import { healthRoutes, type HealthDeps } from './health.ts';
import { openApiDocument } from './openapi.ts';
import { checkOrigin } from './origin-check.ts';
import { pageRoutes } from './pages.ts';
import { playgroundRoutes, type PlaygroundDeps } from './playground/routes.ts';
import { answerProblems, unknownRoute } from './problems.ts';
import { verifyRoutes, type VerifyDeps } from './public/verify-routes.ts';
import type { VotePageDeps } from './vote/page-deps.ts';
import { votePageRoutes } from './vote/routes.ts';
import { sessions, signInRoutes } from './session.ts';

export interface HttpDeps {
  readonly console: ConsoleDeps;
  /** Absent: the playground is off. */
  readonly playground?: PlaygroundDeps;
  readonly verify: VerifyDeps;
  readonly votePage: VotePageDeps;
  readonly health: HealthDeps;
  readonly live: LiveHints;
  readonly logins: LoginStore;
  /** The world's time, whatever the demo's clock says: links and sessions live by it. */
  readonly realNow: () => Date;
  readonly client: MongoClient;
  readonly dbName: string;
  readonly sessionSecret: string;
  /** Pages are served over https by a proxy in front: cookies only travel there. */
  readonly secure: boolean;
  readonly distDir: string;
  readonly version: string;
  readonly log: Log;
}

/** Everything on http, without listening. */
export function buildHttpApp(deps: HttpDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', 'loopback');
  app.use(
    helmet({ contentSecurityPolicy: contentPolicy(deps.secure), strictTransportSecurity: deps.secure }),
  );
  app.use(healthRoutes(deps.health));
  app.use(checkOrigin());
  if (deps.playground) app.use('/api/playground', playgroundRoutes(deps.playground));
  app.use('/vote', votePageRoutes(deps.votePage));
  app.use('/api/verify', neverKept, verifyRoutes(deps.verify));
  app.get('/api/openapi.json', (_request, response) => {
    response.json(openApiDocument(deps.version));
  });
  const { client, dbName, sessionSecret: secret, secure } = deps;
  app.use('/api/console', neverKept);
  app.use(['/api/console', '/login'], sessions({ client, dbName, secret, secure }));
  app.use(WITH_FILES, filesOfSignedIn());
  app.use(['/api/console', '/login'], express.json({ limit: '1mb' }));
  app.use(signInRoutes({ logins: deps.logins, now: deps.realNow }));
  app.use(
    '/api/console',
    liveRoutes(deps.live, (request) => viewerOf(deps.console.stores, request)),
    consoleRoutes(deps.console),
  );
  app.use(pageRoutes({ distDir: deps.distDir, playground: deps.playground !== undefined }));
  app.use(unknownRoute);
  app.use(answerProblems(deps.log));
  return app;
}

/** What a process without pages shows: that it lives, whether it can work, its figures. */
export function buildHealthApp(health: HealthDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(healthRoutes(health));
  return app;
}

/** Names and phones: nothing on the way may keep an answer, unless its route says otherwise. */
const neverKept: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/** What carries photos or a file. */
const WITH_FILES = [
  '/api/console/steps/assignment.report',
  '/api/console/steps/roster.import',
  '/api/console/previews/roster.import',
];

/** Room for photos and files, only for whoever is signed in. */
function filesOfSignedIn(): RequestHandler {
  const read = express.json({ limit: JSON_LIMIT });
  return (request, response, next) => {
    if (request.session.personId === undefined) next();
    else read(request, response, next);
  };
}

/** Scripts only from here. Styles inline: antd writes its own while it runs. */
function contentPolicy(secure: boolean) {
  return {
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      connectSrc: ["'self'"],
      frameAncestors: ["'none'"],
      upgradeInsecureRequests: secure ? [] : null,
    },
  };
}

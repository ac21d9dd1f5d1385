import { existsSync } from 'node:fs';
import { join } from 'node:path';

import express, { Router } from 'express';

const ONE_YEAR_MS = 365 * 86_400_000;

/** The built pages: hashed assets for ever, the entry page always fresh. Every address of the app gets the entry. */
export function pageRoutes(options: { distDir: string; playground: boolean }): Router {
  const router = Router();
  const assets = express.static(join(options.distDir, 'assets'), { immutable: true, maxAge: ONE_YEAR_MS });
  router.use('/assets', assets);
  router.get('/', (_request, response) => {
    response.redirect(options.playground ? '/playground' : '/console/');
  });
  router.get(['/playground', '/playground/*rest'], page(options, 'playground.html', options.playground));
  router.get(['/verify', '/verify/:poll'], page(options, 'verify.html', true));
  router.get(['/console', '/console/*rest'], page(options, 'console.html', true));
  return router;
}

function page(options: { distDir: string }, file: string, on: boolean): express.RequestHandler {
  const path = join(options.distDir, file);
  return (_request, response, next) => {
    if (!on || !existsSync(path)) return next();
    response.set('Cache-Control', 'no-cache').sendFile(path);
  };
}

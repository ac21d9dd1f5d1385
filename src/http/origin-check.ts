import type { RequestHandler } from 'express';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses changing requests that another site's page sent. Browsers say so in Sec-Fetch-Site; older ones in Origin.
 * Together with SameSite cookies this is the protection against cross-site request forgery (OWASP).
 */
export function checkOrigin(): RequestHandler {
  return (request, response, next) => {
    if (
      SAFE.has(request.method) ||
      isSameSite(request.get('sec-fetch-site'), request.get('origin'), request.get('host'))
    ) {
      next();
      return;
    }
    response.status(403).json({ code: 'origin.foreign', message: '这个请求不是从议事的页面发出的。' });
  };
}

function isSameSite(
  fetchSite: string | undefined,
  origin: string | undefined,
  host: string | undefined,
): boolean {
  if (fetchSite !== undefined) return fetchSite === 'same-origin' || fetchSite === 'none';
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** Why nobody is let in; `undefined`: everybody is. */
export type Closed = 'starting' | 'databaseAway' | 'stopping';

export interface Door {
  readonly handler: RequestListener;
  /** From now on requests go to the program, as long as `closed` says nothing else. */
  open(program: RequestListener, closed: () => Closed | undefined): void;
  /** Lets nobody in any more; connections end with their answer. */
  shut(): void;
}

/** How soon whoever was sent away may come again. */
export const RETRY_AFTER_SECONDS = 5;

const WORDS: Readonly<Record<Closed, string>> = {
  starting: '正在启动，过一会儿再来。',
  databaseAway: '现在存不了，没有保存，过一会儿再发。',
  stopping: '正在重启，过一会儿再来。',
};

/**
 * Stands before the program and answers while it is not there: 200 to "do you live", 503 to everything else, so that a
 * vendor delivers again and nobody is told that something was kept. Pages themselves need no database.
 */
export function createDoor(): Door {
  let program: RequestListener | undefined;
  let closedNow: () => Closed | undefined = () => 'starting';
  return {
    handler(request, response) {
      const closed = closedNow();
      const path = pathOf(request);
      if (path === '/healthz' && !program) answer(response, 200, { status: 'ok' });
      else if (path === '/readyz' && closed) answer(response, 503, { ready: false, reason: closed });
      else if (!program) sendAway(response, closed ?? 'starting');
      else if (closed && needsDatabase(request, path)) sendAway(response, closed);
      else program(request, response);
    },
    open(opened, closed) {
      program = opened;
      closedNow = closed;
    },
    shut() {
      closedNow = () => 'stopping';
    },
  };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/';
}

const ALWAYS = new Set(['/healthz', '/metrics']);

function needsDatabase({ method }: IncomingMessage, path: string): boolean {
  if (ALWAYS.has(path)) return false;
  const isRead = method === 'GET' || method === 'HEAD';
  return !isRead || path.startsWith('/api/') || path.startsWith('/login');
}

function sendAway(response: ServerResponse, closed: Closed): void {
  response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
  if (closed === 'stopping') response.setHeader('Connection', 'close');
  answer(response, 503, { code: `server.${closed}`, message: WORDS[closed] });
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  response.end(JSON.stringify(body));
}

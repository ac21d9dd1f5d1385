/**
 * Somebody at a poll's page with a browser that runs no scripts: opens addresses, sends plain forms, keeps cookies and
 * follows where it is sent.
 */
export interface Visitor {
  open(path: string): Promise<Seen>;
  /** Sends a form's fields; several of one name as a list. */
  send(path: string, fields: Readonly<Record<string, string | readonly string[]>>): Promise<Seen>;
  cookie(): string;
}

export interface Seen {
  readonly status: number;
  /** Where it ended, after all redirects. */
  readonly path: string;
  readonly html: string;
  /** What a person reads, without tags. */
  readonly words: string;
  readonly headers: Headers;
  /** The values of a form's fields, by name. */
  field(name: string): string;
}

export function visitor(baseUrl: string, headers: Readonly<Record<string, string>> = {}): Visitor {
  let cookie = '';

  async function ask(path: string, init: RequestInit): Promise<Seen> {
    const all = { ...headers, ...(init.headers as Record<string, string> | undefined) };
    const answer = await fetch(`${baseUrl}${path}`, {
      ...init,
      headers: { ...all, ...(cookie !== '' && { cookie }) },
      redirect: 'manual',
    });
    for (const kept of answer.headers.getSetCookie()) {
      const [pair = ''] = kept.split(';');
      cookie = pair.endsWith('=') ? '' : pair;
    }
    const next = answer.headers.get('location');
    if (next !== null) return ask(next, { method: 'GET' });
    return seen(answer, path, await answer.text());
  }

  return {
    open: (path) => ask(path, { method: 'GET' }),
    send(path, fields) {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(fields))
        for (const one of [value].flat()) body.append(name, one);
      return ask(path, {
        method: 'POST',
        body: body.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      });
    },
    cookie: () => cookie,
  };
}

function seen(answer: Response, path: string, html: string): Seen {
  const inner = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  return {
    status: answer.status,
    path,
    html,
    words: inner
      .replace(/<[^>]*>/gu, ' ')
      .replace(/&#39;/gu, "'")
      .replace(/\s+/gu, ' '),
    headers: answer.headers,
    field(name) {
      const found = new RegExp(`name="${name}"\\s+value="([^"]*)"`, 'u').exec(inner);
      return found?.[1] ?? '';
    },
  };
}

export interface ServerEvent {
  readonly id: string;
  readonly data: string;
}

/** The first events of an SSE stream; then the connection is cut. Throws when they do not come in time. */
export async function readEvents(
  url: string,
  options: { readonly count: number; readonly lastEventId?: string; readonly withinMs?: number },
): Promise<readonly ServerEvent[]> {
  const cut = new AbortController();
  const headers = options.lastEventId === undefined ? {} : { 'last-event-id': options.lastEventId };
  const signal = AbortSignal.any([cut.signal, AbortSignal.timeout(options.withinMs ?? 5_000)]);
  const answer = await fetch(url, { headers, signal });
  if (!answer.body) throw new Error(`no stream: ${answer.status}`);
  const events: ServerEvent[] = [];
  let text = '';
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    events.push(...blocks.flatMap(eventIn));
    if (events.length >= options.count) break;
  }
  cut.abort();
  return events.slice(0, options.count);
}

function eventIn(block: string): ServerEvent[] {
  const field = (name: string) =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  const [id, data] = [field('id'), field('data')];
  return id !== undefined && data !== undefined ? [{ id, data }] : [];
}

import type { OutboundBody } from './channel.ts';

/** Longer answers stay messages of their own. */
const MOST_CHARS = 120;
const encoder = new TextEncoder();

export interface Joinable {
  readonly body?: OutboundBody;
  readonly joins?: boolean;
  readonly partsSent: number;
  readonly expiresAt?: Date;
}

/** Whether a row may share a message with its neighbours: a short answer of words alone. */
export function joinable({ body, joins, partsSent, expiresAt }: Joinable): boolean {
  if (joins !== true || !body || partsSent > 0 || expiresAt) return false;
  return !body.card && !body.picture && !body.mentions && body.text.length <= MOST_CHARS;
}

/** Of the rows behind the first those that go out with it: without a gap, and within the channel's limit. */
export function canJoin<Row extends Joinable>(
  first: Joinable,
  behind: readonly Row[],
  maxTextBytes = 0,
): readonly Row[] {
  let bytes = encoder.encode(first.body?.text ?? '').length;
  const chosen: Row[] = [];
  for (const row of behind) {
    bytes += encoder.encode(`\n${row.body?.text ?? ''}`).length;
    if (!joinable(row) || bytes > maxTextBytes) break;
    chosen.push(row);
  }
  return chosen;
}

/** What the rows say together. */
export function joinedText(rows: readonly { readonly body: OutboundBody }[]): string {
  return rows.map(({ body }) => body.text).join('\n');
}

import { z } from 'zod';
import { definedFields } from '#core/decision';
import type { InboxRow, UnreadRow } from '#core/inbox';

/** Grows when a kind of message or a word is added that versions before do not know. */
export const READER = 3;

/** What a newer version wrote waits for one, and holds nobody up meanwhile. */
export const READABLE = { unreadableFor: { $not: { $gte: READER } } };

const conversation = z.object({ channel: z.string(), account: z.string(), conversationId: z.string() });
const sender = z.object({
  vendorId: z.string(),
  displayName: z.string().optional(),
  isSelf: z.boolean(),
  direct: conversation.optional(),
});
const given = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('list'), values: z.array(z.number()) }),
  z.object({ kind: z.literal('pairs'), pairs: z.array(z.tuple([z.number(), z.number()])) }),
]);
const body = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('press'), say: z.string(), cardMessageId: z.string().optional() }),
  z.object({ type: z.literal('ballot'), pollId: z.string(), given }),
  z.object({ type: z.literal('proxyBallot'), pollId: z.string(), voterId: z.string(), given }),
  z.object({ type: z.literal('joined'), members: z.array(sender) }),
  z.object({ type: z.literal('left'), members: z.array(sender) }),
  z.object({ type: z.literal('unsupported'), wireType: z.string() }),
]);
const attachment = z.object({
  mediaId: z.string(),
  kind: z.enum(['image', 'file']),
  mime: z.string(),
  bytes: z.number(),
  name: z.string().optional(),
});
const stored = z.object({
  _id: z.string(),
  conversation: z.string(),
  partition: z.number(),
  order: z.number(),
  message: z.object({
    from: conversation,
    conversationKind: z.enum(['group', 'direct']),
    messageId: z.string(),
    sender,
    mentionsBot: z.boolean(),
    sentAt: z.date(),
    body,
    quote: z
      .object({ from: z.string().optional(), text: z.string(), messageId: z.string().optional() })
      .optional(),
    attachments: z.array(attachment),
  }),
  state: z.enum(['new', 'done', 'dead']),
  tries: z.number(),
  availableAt: z.date(),
  isPutOff: z.boolean().optional(),
  retryAt: z.date().optional(),
  receivedAt: z.date(),
  numbers: z.record(z.string(), z.array(z.number())),
});

/** A stored row as it is read, or why it cannot be read. Never throws, whatever was stored. */
export function readRow(document: { readonly _id: unknown }): InboxRow | UnreadRow {
  const read = stored.safeParse(document);
  if (!read.success) return { id: String(document._id), why: unreadBecause(document, read.error.issues) };
  const {
    _id,
    conversation,
    partition,
    order,
    message,
    state,
    tries,
    availableAt,
    isPutOff,
    retryAt,
    receivedAt,
    numbers,
  } = document as unknown as Omit<InboxRow, 'id'> & { readonly _id: string };
  const base = { id: _id, conversation, partition, order, message, state, tries };
  return { ...base, availableAt, receivedAt, numbers, ...definedFields({ isPutOff, retryAt }) };
}

export function isRead(row: InboxRow | UnreadRow): row is InboxRow {
  return !isUnread(row);
}

export function isUnread(row: InboxRow | UnreadRow): row is UnreadRow {
  return 'why' in row;
}

/** Words that this version does not know were written by a newer one; everything else is broken. */
function unreadBecause(document: object, issues: readonly z.core.$ZodIssue[]): UnreadRow['why'] {
  const isUnknownWord = ({ code, path }: z.core.$ZodIssue) =>
    (code === 'invalid_value' || code === 'invalid_union') && typeof valueAt(document, path) === 'string';
  return issues.every(isUnknownWord) ? 'newer' : 'broken';
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key],
    document,
  );
}

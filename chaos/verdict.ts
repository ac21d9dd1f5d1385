import type { Db } from 'mongodb';

import { doubledNumbers, doubledOf, effectsPerMessage, lostOf, outOfOrder, type Ordered } from './checks.ts';
import { none, row, type Row } from './table.ts';
import type { Town } from './town.ts';
import { isShown } from './vendor.ts';
import { wordsOf } from './words.ts';

/** What every scenario owes, whatever was done to it: asked when all is quiet again. */
export async function everydayRows(town: Town): Promise<readonly Row[]> {
  const { name, db, deliveries, vendor, pollIds } = town;
  const acknowledged = [...deliveries.acknowledged.keys()];
  const [effects, kept, marked, closings] = await Promise.all([
    effectsIn(db, acknowledged),
    keptIn(db),
    markedIn(db),
    closingsIn(db),
  ]);
  const { mean, most } = effectsPerMessage(acknowledged, effects);
  const shown = vendor.arrivals.filter(isShown);
  const { unmarked, surplus } = doubledOf(shown, (id) => marked.has(id));
  const uncertain = [...marked.values()].reduce((sum, tries) => sum + tries, 0);
  const shownIds = new Set(shown.map(({ id }) => id));
  const unanswered = acknowledged.filter((id) => {
    const reply = `reply:${kept.get(id)?.id ?? ''}`;
    return !shownIds.has(reply) && !marked.has(reply);
  });
  const label = (what: string) => `${name}: ${what}`;
  return [
    none(
      label('wrong acknowledgements'),
      acknowledged.filter((id) => !kept.has(id)),
    ),
    none(label('lost'), lostOf(acknowledged, effects)),
    row(label('effects per message'), mean.toFixed(3), '1.000', mean === 1 && most === 1),
    none(label('numbers given twice'), doubledNumbers(await numbersIn(db))),
    none(label('decided out of order'), outOfOrder(await orderedIn(db))),
    none(label('without an answer'), unanswered),
    none(label('sent twice, not marked uncertain'), unmarked),
    row(label('surplus sends'), surplus, `≤ ${uncertain} uncertain tries`, surplus <= uncertain),
    ...(pollIds.length === 0
      ? []
      : [
          none(label('deadlines missed'), lostOf(pollIds, closings)),
          none(
            label('deadlines doubled'),
            [...closings.values()].filter((count) => count > 1),
          ),
        ]),
  ];
}

/** Effects by message: a concern is traced by its words, an endorsement by its person. */
async function effectsIn(db: Db, messageIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const messageOf = new Map(messageIds.map((id) => [wordsOf(id), id]));
  const counts = new Map<string, number>();
  const add = (id: string) => void counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const { text } of await db.collection<{ text: string }>('concerns').find().toArray())
    add(messageOf.get(text) ?? text);
  for (const { personName } of await db.collection<{ personName: string }>('endorsements').find().toArray())
    add(personName);
  return counts;
}

interface Kept {
  readonly id: string;
}

/** Inbox rows that are decided, by the vendor's message id. */
async function keptIn(db: Db): Promise<ReadonlyMap<string, Kept>> {
  const rows = db.collection<{ _id: string; state: string; message: { messageId: string } }>('inbox');
  const found = await rows.find({ state: 'done' }).toArray();
  return new Map(found.map(({ _id, message }) => [message.messageId, { id: _id }]));
}

/** Rows of which the outbox itself says that they may have been sent more than once, with their tries. */
async function markedIn(db: Db): Promise<ReadonlyMap<string, number>> {
  const outbox = db.collection<{ _id: string; tries: number }>('outbox');
  const unsure = { $or: [{ mayAlreadyBeSent: true }, { outcome: 'uncertain' }] };
  return new Map((await outbox.find(unsure).toArray()).map(({ _id, tries }) => [_id, tries]));
}

/** How often each poll was closed, by the audit chain. */
async function closingsIn(db: Db): Promise<ReadonlyMap<string, number>> {
  const closed = db
    .collection('audit')
    .aggregate<{ _id: string; count: number }>([
      { $match: { action: 'poll.closed' } },
      { $group: { _id: '$subjectId', count: { $sum: 1 } } },
    ]);
  return new Map((await closed.toArray()).map(({ _id, count }) => [_id, count]));
}

async function numbersIn(db: Db): Promise<readonly number[]> {
  const concerns = db.collection<{ number?: number }>('concerns');
  return (await concerns.find({ number: { $exists: true } }).toArray()).flatMap(({ number }) => number ?? []);
}

async function orderedIn(db: Db): Promise<readonly Ordered[]> {
  const rows = db.collection<{ conversation: string; order: number; numbers: { concern?: number[] } }>(
    'inbox',
  );
  const found = await rows.find({ 'numbers.concern.0': { $exists: true } }).toArray();
  return found.map(({ conversation, order, numbers }) => ({
    conversation,
    order,
    number: numbers.concern?.[0] ?? 0,
  }));
}

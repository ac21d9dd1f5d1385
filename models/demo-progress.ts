import type { Connection } from 'mongoose';
import type { DemoStep } from '#core/web-chat';
import { assignmentsCollection } from './assignments.ts';
import { concernsCollection } from './concerns.ts';
import { atBorder } from './driver-error.ts';
import { meetingsCollection } from './meetings.ts';
import { noticesCollection } from './notices.ts';
import { outcomesCollection } from './outcomes.ts';
import { pollsCollection } from './polls.ts';
import { topicsCollection } from './topics.ts';

/** What shows that a step was taken: a document that is there only then. */
interface Sign {
  readonly collection: { readonly name: string };
  readonly filter: object;
}

const SIGNS: Readonly<Record<DemoStep, Sign>> = {
  concern: { collection: concernsCollection, filter: { state: { $nin: ['waiting', 'unsure'] } } },
  topic: { collection: topicsCollection, filter: {} },
  poll: { collection: pollsCollection, filter: {} },
  result: { collection: pollsCollection, filter: { state: 'closed' } },
  meeting: { collection: meetingsCollection, filter: {} },
  publicity: { collection: outcomesCollection, filter: {} },
  assignment: { collection: assignmentsCollection, filter: {} },
  answer: { collection: concernsCollection, filter: { answer: { $exists: true } } },
  notice: { collection: noticesCollection, filter: { state: 'sent' } },
};

/** Which steps of the main job have had their effect, for the demo's 试一试; reads without an index, so nothing else. */
export function createDemoProgress(connection: Connection): () => Promise<readonly DemoStep[]> {
  const isThere = async ({ collection, filter }: Sign) =>
    (await connection.collection(collection.name).findOne(filter, { projection: { _id: 1 } })) !== null;
  return () =>
    atBorder(async () => {
      const steps = Object.entries(SIGNS) as [DemoStep, Sign][];
      const there = await Promise.all(steps.map(([, sign]) => isThere(sign)));
      return steps.filter((_, index) => there[index]).map(([step]) => step);
    });
}

import type { Connection } from 'mongoose';
import { collectionOf, defineCollection } from './collection.ts';
import { atBorder } from './driver-error.ts';

/** Values that belong to the whole installation. `demoClock`: how far the demo's clock was moved forward. */
export interface SettingDocument {
  _id: string;
  offsetMs?: number;
}

export const settingsCollection = defineCollection<SettingDocument>({
  name: 'settings',
  fields: { offsetMs: Number },
  indexes: [],
});

export const DEMO_CLOCK = 'demoClock';

export interface DemoOffset {
  /** In milliseconds; 0 when the clock was never moved. */
  read(): Promise<number>;
  /** Moves the demo's clock for all instances and for good; the whole offset as it is then. */
  add(ms: number): Promise<number>;
}

export function createDemoOffset(connection: Connection): DemoOffset {
  const settings = collectionOf(connection, settingsCollection);
  return {
    read: () => atBorder(async () => (await settings.findOne({ _id: DEMO_CLOCK }))?.offsetMs ?? 0),
    add: (ms) =>
      atBorder(async () => {
        const change = { $inc: { offsetMs: ms } };
        const options = { upsert: true, returnDocument: 'after' } as const;
        const after = await settings.findOneAndUpdate({ _id: DEMO_CLOCK }, change, options);
        return after?.offsetMs ?? ms;
      }),
  };
}

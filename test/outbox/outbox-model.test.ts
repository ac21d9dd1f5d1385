import { it } from 'vitest';
import { createFakeChance } from '#test/support/fake-clock';
import { createMemoryOutboxStore } from '#test/support/memory-outbox-store';
import { propertyRuns } from '#test/support/property-runs';
import { checkAgainstModel } from './outbox-model.ts';

it('never does more than the simplest account of an outbox allows', async () => {
  await checkAgainstModel(async () => {
    const store = createMemoryOutboxStore(createFakeChance());
    return {
      store,
      operations: store.operations,
      enqueue: async (dispatch, now) => store.enqueue(dispatch, now),
      row: async (id) => store.row(id),
    };
  }, propertyRuns(300));
});

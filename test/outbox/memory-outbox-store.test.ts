import { describeOutboxStore } from '#test/conformance/outbox-store';
import { createFakeChance } from '#test/support/fake-clock';
import { createMemoryOutboxStore } from '#test/support/memory-outbox-store';

describeOutboxStore('the store in memory', async () => {
  const store = createMemoryOutboxStore(createFakeChance());
  return {
    store,
    enqueue: async (dispatch, now) => store.enqueue(dispatch, now),
    row: async (id) => store.row(id),
  };
});

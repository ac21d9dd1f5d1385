import { describeOutboxLimits } from '#test/conformance/outbox-limits';
import { describeOutboxOperations, type OperatedOutbox } from '#test/conformance/outbox-operations';
import { describeOutboxStore } from '#test/conformance/outbox-store';
import { createFakeChance } from '#test/support/fake-clock';
import { createMemoryOutboxStore } from '#test/support/memory-outbox-store';

async function emptyOutbox(): Promise<OperatedOutbox> {
  const store = createMemoryOutboxStore(createFakeChance());
  return {
    store,
    operations: store.operations,
    enqueue: async (dispatch, now) => store.enqueue(dispatch, now),
    row: async (id) => store.row(id),
  };
}

describeOutboxStore('the store in memory', emptyOutbox);
describeOutboxLimits('the store in memory', emptyOutbox);
describeOutboxOperations('the store in memory', emptyOutbox);

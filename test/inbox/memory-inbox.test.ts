import { describeInboxStore } from '#test/conformance/inbox-store';
import { createMemoryInbox } from '#test/support/memory-inbox';

describeInboxStore('the memory inbox', async () => {
  const store = createMemoryInbox();
  return {
    store,
    finish: async (row) =>
      store.finish([{ row, decision: { writes: [], dispatches: [] }, endState: 'done' }]),
  };
});

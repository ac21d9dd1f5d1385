import { describeInboxStore } from '#test/conformance/inbox-store';
import { underTest } from '#test/support/memory-inbox';

describeInboxStore('the memory inbox', async () => underTest());

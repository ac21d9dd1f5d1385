import { describe, expect, it } from 'vitest';
import type { InboxRow, InboxStore, UnreadRow } from '#core/inbox';
import { inboxCases } from './inbox-cases.ts';
import { unreadInboxCases } from './inbox-unread-cases.ts';

/** What the suite needs besides the port: a fresh store, and ways to do what is not the port's. */
export interface InboxUnderTest {
  readonly store: InboxStore;
  /** Marks a row decided. */
  readonly finish: (row: InboxRow) => Promise<void>;
  /** Makes a stored row one that cannot be read: of a newer version, or broken. */
  readonly spoil: (row: InboxRow, why: UnreadRow['why']) => Promise<void>;
}

/** One promise of the durable inbox; `keep` rejects where it is not kept. */
export interface InboxCase {
  readonly promise: string;
  readonly keep: (under: InboxUnderTest) => Promise<void>;
}

export const INBOX_CASES: readonly InboxCase[] = [...inboxCases, ...unreadInboxCases];

/** The promises of the durable inbox; every implementation runs them. */
export function describeInboxStore(name: string, create: () => Promise<InboxUnderTest>): void {
  describe(`${name} as an inbox store`, () => {
    it.each(INBOX_CASES)('$promise', async ({ keep }) => {
      expect.hasAssertions();
      await keep(await create());
    });
  });
}

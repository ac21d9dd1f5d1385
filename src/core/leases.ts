/** Work that is split into partitions, each done by one instance at a time. */
export type LeaseKind = 'inbox' | 'outbox' | 'schedule';

export const LEASE_PARTITIONS: Readonly<Record<LeaseKind, number>> = { inbox: 16, outbox: 8, schedule: 1 };

/** Port of the partition leases: who does what when several instances run. */
export interface PartitionLeases {
  /** Resolves after the first round, so that a single instance owns everything at once. */
  start(): Promise<void>;
  /** Gives everything back, so that others need not wait for it to run out. */
  stop(): Promise<void>;
  /**
   * Partitions that this instance owns now. Empty as soon as the lease could have run out, judged by a local steady
   * clock: ask again before each piece of work.
   */
  owned(kind: LeaseKind): readonly number[];
  /** Calls `listener` after each round in which the owned partitions changed. */
  onChange(listener: () => void): void;
}

import type { LeaseKind } from '#core/leases';

/** That a collection changed, whether that can be work for somebody, and in which partition where that is known. */
export interface ChangeHint {
  readonly collection: string;
  readonly isWork: boolean;
  readonly partition?: number;
}

/**
 * Tells the workers when to look. A look for all of them every two seconds says whether anything waits; while nothing
 * does they sleep. Hints in between are only faster: one that is lost costs two seconds.
 */
export interface WakeUp {
  /** Given once, before anything is heard. */
  connect(workers: Readonly<Record<LeaseKind, () => void>>): void;
  /** What the look for all of them found. */
  looked(waiting: Readonly<Record<LeaseKind, boolean>>): void;
  wake(kind: LeaseKind): void;
  /** Everything may be different: other partitions, another time. */
  readonly all: () => void;
  /** Whether the last look found that nothing waits, and nothing was heard since. */
  isQuiet(kind: LeaseKind): boolean;
}

const KINDS: readonly LeaseKind[] = ['schedule', 'inbox', 'outbox'];

export function createWakeUp(): WakeUp {
  const quiet = new Set<LeaseKind>();
  let workers: Readonly<Record<LeaseKind, () => void>> | undefined;

  function wake(kind: LeaseKind): void {
    quiet.delete(kind);
    workers?.[kind]();
  }

  return {
    connect: (those) => void (workers = those),
    looked(waiting) {
      for (const kind of KINDS) {
        if (!waiting[kind]) quiet.add(kind);
        else if (quiet.has(kind)) wake(kind);
      }
    },
    wake,
    all() {
      for (const kind of KINDS) wake(kind);
    },
    isQuiet: (kind) => quiet.has(kind),
  };
}

const READERS: Readonly<Record<string, LeaseKind>> = {
  inbox: 'inbox',
  outbox: 'outbox',
  mailings: 'outbox',
  deadlines: 'schedule',
  slots: 'schedule',
};

/** Whose work a change may be: nobody's, where this process does not own the partition or any of the kind. */
export function hintsFor(
  { collection, isWork, partition }: ChangeHint,
  owned: (kind: LeaseKind) => readonly number[],
): readonly LeaseKind[] {
  const kind = READERS[collection];
  if (kind === undefined || !isWork) return [];
  const mine = owned(kind);
  return mine.length > 0 && (partition === undefined || mine.includes(partition)) ? [kind] : [];
}

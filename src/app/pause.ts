import type { LeaseKind } from '#core/leases';

export interface Pause {
  /** What may be worked on now: `owned`, or nothing during a pause. Asked before each piece of work. */
  allowed(kind: LeaseKind, owned: readonly number[]): readonly number[];
  /** Resolves when each of these kinds has asked once more, which is when its piece of work in hand has ended. */
  begin(kinds: readonly LeaseKind[]): Promise<unknown>;
  end(): void;
}

/** Holds the workers up between two pieces of work. */
export function createPause(): Pause {
  let asked: Map<LeaseKind, () => void> | undefined;
  return {
    allowed(kind, owned) {
      if (!asked) return owned;
      asked.get(kind)?.();
      return [];
    },
    begin(kinds) {
      const waiting = new Map<LeaseKind, () => void>();
      asked = waiting;
      return Promise.all(kinds.map((kind) => new Promise<void>((resolve) => waiting.set(kind, resolve))));
    },
    end: () => (asked = undefined),
  };
}

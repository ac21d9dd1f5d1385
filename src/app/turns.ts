export interface Turns {
  /** Runs `work` beside others of its kind, after whatever runs alone. */
  together<T>(work: () => Promise<T>): Promise<T>;
  /** Runs `work` when all before it has ended; what comes meanwhile waits. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** Many readers or one writer, in the order they came; within this process. */
export function createTurns(): Turns {
  let lastAlone: Promise<unknown> = Promise.resolve();
  const running = new Set<Promise<unknown>>();
  return {
    async together(work) {
      await lastAlone;
      const run = work();
      running.add(run);
      try {
        return await run;
      } finally {
        running.delete(run);
      }
    },
    alone(work) {
      const run = lastAlone.then(async () => {
        await Promise.allSettled(running);
        return work();
      });
      lastAlone = run.catch(() => undefined);
      return run;
    },
  };
}

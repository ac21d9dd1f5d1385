/** The only way the product learns the time or waits. */
export interface Clock {
  /** The database's time as this process knows it (plus the demo's offset); never this machine's alone. */
  now(): Date;
  /** Resolves after `ms` of real time, or at once when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Chance as a port: ids, codes, jitter. */
export interface Chance {
  /** `length` characters out of digits and unambiguous capital letters. */
  code(length: number): string;
  /** A number in [0, 1). */
  fraction(): number;
  /** A fresh unguessable id. */
  id(): string;
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

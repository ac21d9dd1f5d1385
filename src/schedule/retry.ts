import { SECOND_MS } from '#core/clock';

const FIRST_RETRY_MS = 5 * SECOND_MS;
const LONGEST_RETRY_MS = 600 * SECOND_MS;

/** How long a handler that failed `tries` times before rests; `fraction` in [0, 1) is the jitter. */
export function retryMs(tries: number, fraction: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** tries) * (1 - fraction / 2);
}

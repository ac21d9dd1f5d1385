import { RateLimiterMemory } from 'rate-limiter-flexible';

import { VOTE_PAGE_WORDS as WORDS } from '#texts/vote-page-words';

import { VoteProblem } from './problems.ts';

const MINUTE_S = 60;
/**
 * So many a minute, or ten, from one address. Many phones share one, so what guards a person's code is counted with the
 * code and not here.
 */
const LIMITS = {
  look: { points: 240, duration: MINUTE_S },
  code: { points: 30, duration: 10 * MINUTE_S },
  enter: { points: 60, duration: 10 * MINUTE_S },
  vote: { points: 120, duration: MINUTE_S },
} as const;

/** Throws a VoteProblem when an address is too fast. */
export type Pace = (kind: keyof typeof LIMITS, address: string) => Promise<void>;

export function createPace(): Pace {
  const limiters = {
    look: new RateLimiterMemory(LIMITS.look),
    code: new RateLimiterMemory(LIMITS.code),
    enter: new RateLimiterMemory(LIMITS.enter),
    vote: new RateLimiterMemory(LIMITS.vote),
  };
  return async (kind, address) => {
    try {
      await limiters[kind].consume(address);
    } catch {
      throw new VoteProblem(429, WORDS.tooFast, WORDS.tooFastWords);
    }
  };
}

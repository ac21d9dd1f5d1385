import type { SendOutcome } from '#core/channel';
import type { DELIVERY_CAUSES } from '#texts/words';
import { wordsOf } from './faults.ts';

/** Reasons that the console can explain to a secretary. */
type Cause = keyof typeof DELIVERY_CAUSES;

const rejected = (reason: Cause): SendOutcome => ({ status: 'rejected', reason });
const retry = (reason: Cause): SendOutcome => ({ status: 'retry', reason });

export const REMOVED = rejected('removed');
export const REFUSED = rejected('refused');
/** Nobody is logged in, or the login could not be asked: nothing was sent. */
export const OFFLINE = retry('offline');

/** WeChat forbids the account to talk for a while, and bans those who go on. */
const SLOWED: SendOutcome = {
  status: 'retry',
  reason: 'tries' satisfies Cause,
  retryAfterMs: 5 * 60_000,
  scope: 'sender',
};

/** Errors that prove that nothing was sent, with what they come to. Puppets have no codes, only words. */
const CERTAIN: readonly (readonly [RegExp, SendOutcome])[] = [
  [/not logged ?in|not login|no connection established|ECONNREFUSED|UNAUTHENTICATED/iu, OFFLINE],
  [/频繁|too (?:often|fast|many|frequent)|rate.?limit|RESOURCE_EXHAUSTED/iu, SLOWED],
  [
    /不在群|已被移出|removed from|not (?:a member|in (?:the |this )?(?:chat)?room)|room not found|no payload found for id/iu,
    REMOVED,
  ],
  [/过长|太长|too (?:long|large)/iu, rejected('tooLong')],
  [/拒收|朋友验证|非好友|not (?:a |your )?friend|敏感|违规|违反|refused by|PERMISSION_DENIED/iu, REFUSED],
];

/**
 * What `say` gave. A message means that WeChat gave it an id. Nothing is the usual answer of most puppets: they took
 * it and say no more.
 */
export function outcomeOfSaying(said: unknown): SendOutcome {
  const { id } = (said ?? {}) as { id?: unknown };
  return typeof id === 'string' && id !== ''
    ? { status: 'delivered', providerMessageId: id }
    : { status: 'accepted' };
}

/** What a rejected `say` comes to. Unknown words, a dropped line and a late answer leave it open whether it was sent. */
export function outcomeOfFailure(error: unknown): SendOutcome {
  const words = wordsOf(error);
  const known = CERTAIN.find(([pattern]) => pattern.test(words));
  return known
    ? known[1]
    : { status: 'uncertain', reason: isLineFault(words) ? 'line dropped' : 'unknown error' };
}

function isLineFault(words: string): boolean {
  return /UNAVAILABLE|DEADLINE|ECONN|EPIPE|ETIMEDOUT|time(?:d )?.?out|socket|connection/iu.test(words);
}

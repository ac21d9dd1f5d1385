/** What carries a human number of its own, counted per place: 诉求#1, 议题#1, 协商会#1, T1, 通知#1. */
export type Numbered = 'concern' | 'topic' | 'meeting' | 'assignment' | 'notice';

/**
 * Hands out the next number of a place. The number is kept with the message or request that asked, so that a
 * replay gets the same one; a number is never given to anything else, even when its first use came to nothing.
 */
export type TakeNumber = (kind: Numbered) => Promise<number>;

/** One number asked for: the `index`-th of this kind for the message or console request `holderId`. */
export interface NumberRequest {
  readonly holder: 'inbox' | 'requests';
  readonly holderId: string;
  readonly placeId: string;
  readonly kind: Numbered;
  readonly index: number;
}

/** Port behind `TakeNumber`. */
export interface NumberStore {
  /** The numbers in the order of the requests; each is kept with its holder before this resolves. */
  take(requests: readonly NumberRequest[]): Promise<readonly number[]>;
}

/** `TakeNumber` for one holder: each call asks for its next number of that kind. */
export function takeNumberUnder(
  holder: Pick<NumberRequest, 'holder' | 'holderId' | 'placeId'>,
  take: (request: NumberRequest) => Promise<number | undefined>,
): TakeNumber {
  const asked = new Map<Numbered, number>();
  return async (kind) => {
    const index = asked.get(kind) ?? 0;
    asked.set(kind, index + 1);
    const number = await take({ ...holder, kind, index });
    if (number === undefined) throw new Error('no number was given');
    return number;
  };
}

/** The same for a console request or a deadline, straight from the store. */
export function takeNumberForRequest(numbers: NumberStore, placeId: string, requestId: string): TakeNumber {
  const holder = { holder: 'requests', holderId: requestId, placeId } as const;
  return takeNumberUnder(holder, async (request) => (await numbers.take([request]))[0]);
}

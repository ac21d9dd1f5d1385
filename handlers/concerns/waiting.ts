import { type Concern, type ConcernStore, UNANSWERED } from '#core/concern';

/** What waits for an answer in a place. */
export interface WaitingConcerns {
  readonly total: number;
  /** Oldest promise first, then most endorsed. */
  readonly first: readonly Concern[];
}

/** The figures of 待办, for the command and for the morning's digest. Those put off until later are left out. */
export function createReadWaiting({ concerns }: { readonly concerns: ConcernStore }) {
  return async (placeId: string, now: Date, most: number): Promise<WaitingConcerns> => {
    const query = { placeIds: [placeId], states: UNANSWERED, order: 'urgent' as const, asOf: now };
    const { items } = await concerns.list({ ...query, limit: most });
    return { total: await concerns.count([placeId], UNANSWERED), first: items };
  };
}

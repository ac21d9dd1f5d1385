import { type Concern, type ConcernState, type ConcernStore } from '#core/concern';

/** 事事有回音: how many were received and answered, and which got none in time. */
export interface Echo {
  readonly received: number;
  readonly answered: number;
  /** Oldest promise first; at most 100. */
  readonly silent: readonly Concern[];
}

const RECEIVED: readonly ConcernState[] = ['open', 'merged', 'inTopic', 'answered', 'reopened'];
const SILENT_SHOWN = 100;

/** Reads the echo of places. A merged concern counts as answered together with the one it is merged into. */
export function createEcho(deps: {
  concerns: ConcernStore;
}): (placeIds: readonly string[], asOf: Date) => Promise<Echo> {
  return async (placeIds, asOf) => {
    const [received, answered, silent] = await Promise.all([
      deps.concerns.count(placeIds, RECEIVED),
      deps.concerns.countAnswered(placeIds),
      deps.concerns.overdue(placeIds, asOf, SILENT_SHOWN),
    ]);
    return { received, answered, silent };
  };
}

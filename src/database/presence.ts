import type { Connection, mongo } from 'mongoose';

export interface Presence {
  /** Whether the driver knows a server that takes writes, or knew one a moment ago; costs nothing to ask. */
  isThere(): boolean;
}

/** An election is through within this time; requests wait for it rather than being sent away. */
const PATIENCE_MS = 3_000;

/** Watches what the driver learns about the database's servers by itself. */
export function watchPresence(connection: Connection, monotonicMs: () => number): Presence {
  let lostAtMs: number | undefined;
  connection
    .getClient()
    .on('topologyDescriptionChanged', ({ newDescription }: mongo.TopologyDescriptionChangedEvent) => {
      const isThere = [...newDescription.servers.values()].some(takesWrites);
      lostAtMs = isThere ? undefined : (lostAtMs ?? monotonicMs());
    });
  return { isThere: () => lostAtMs === undefined || monotonicMs() - lostAtMs < PATIENCE_MS };
}

function takesWrites({ type }: mongo.ServerDescription): boolean {
  return type === 'RSPrimary' || type === 'Mongos' || type === 'LoadBalancer';
}

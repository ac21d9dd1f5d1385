import type { Clock } from '#core/clock';
import type { OutboxClaim, OutboxStore } from '#core/outbox';

/** A claim in this worker's hands. */
export interface Flight {
  readonly claim: OutboxClaim;
  readonly abort: AbortController;
  /** Steady local time from which the lease must be taken as lost. */
  safeUntilMs: number;
}

export interface FlightsDeps {
  readonly store: Pick<OutboxStore, 'extend'>;
  readonly clock: Clock;
  readonly realNow: () => Date;
  readonly monotonicMs: () => number;
  readonly leaseMs: number;
  readonly onFailed: (error: unknown) => void;
}

export interface Flights {
  readonly size: number;
  /** `askedMs`: steady time just before the claim was asked for; the lease may have begun then. */
  add(claim: OutboxClaim, askedMs: number): Flight;
  remove(flight: Flight): void;
  isSafe(flight: Flight): boolean;
  abortAll(): void;
  /** Extends leases until `signal` aborts, and aborts sends whose lease could not be kept. */
  keep(signal: AbortSignal): Promise<void>;
}

/** The share of a lease that is left unused, so that a send is broken off before another worker may begin it. */
const MARGIN = 0.2;

export function createFlights(deps: FlightsDeps): Flights {
  const flights = new Set<Flight>();
  const safeMs = deps.leaseMs * (1 - MARGIN);

  /** Breaks the send off; the store's fence says when it is settled whether the lease was really lost. */
  function lose(flight: Flight): void {
    flights.delete(flight);
    flight.abort.abort();
  }

  async function extend(): Promise<void> {
    const kept = [...flights];
    if (kept.length === 0) return;
    const askedMs = deps.monotonicMs();
    const claims = kept.map((flight) => flight.claim);
    const ours = await deps.store.extend(claims, deps.realNow(), deps.leaseMs);
    for (const flight of kept) {
      // Settled while we asked: no loss.
      if (!flights.has(flight)) continue;
      if (ours.has(flight.claim)) flight.safeUntilMs = askedMs + safeMs;
      else lose(flight);
    }
  }

  const isSafe = (flight: Flight) => flights.has(flight) && deps.monotonicMs() < flight.safeUntilMs;

  return {
    get size() {
      return flights.size;
    },
    add(claim, askedMs) {
      const flight = { claim, abort: new AbortController(), safeUntilMs: askedMs + safeMs };
      flights.add(flight);
      return flight;
    },
    remove: (flight) => void flights.delete(flight),
    isSafe,
    abortAll: () => flights.forEach((flight) => flight.abort.abort()),
    async keep(signal) {
      while (!signal.aborted) {
        await deps.clock.sleep(deps.leaseMs / 4, signal);
        await extend().catch(deps.onFailed);
        for (const flight of [...flights]) if (!isSafe(flight)) lose(flight);
      }
    },
  };
}

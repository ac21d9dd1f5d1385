import type { Channel } from '#core/channel';
import { SECOND_MS, type Chance, type Clock } from '#core/clock';
import type { OutboxClaim, OutboxStore, OutboxTime, SettleOutcome, Settlement } from '#core/outbox';
import { createFlights, type Flight } from './flights.ts';
import { createPace } from './pace.ts';
import { createSender } from './sender.ts';
import { createSettler } from './settler.ts';

export type OutboxEvent =
  | {
      readonly event: 'outbox.settled';
      readonly id: string;
      readonly sender: string;
      readonly status: SettleOutcome['status'];
      readonly reason?: string;
      /** From when it was due to the end of this try. */
      readonly tookMs: number;
    }
  | { readonly event: 'outbox.leaseLost'; readonly id: string }
  | { readonly event: 'outbox.databaseAway'; readonly error: unknown };

export interface OutboxWorkerDeps {
  readonly store: Pick<OutboxStore, 'claimBatch' | 'extend' | 'settleMany' | 'spread'>;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  /** The database's time without a demo's offset; leases and rates go by it. */
  readonly realNow: () => Date;
  /** Milliseconds of a steady clock of this process. */
  readonly monotonicMs: () => number;
  readonly chance: Chance;
  /** Outbox partitions that this instance may claim from now. */
  readonly partitions: () => readonly number[];
  /** True while it is known that nothing waits in them; who knows it calls `nudge` when something does. */
  readonly isQuiet?: () => boolean;
  readonly onEvent?: (event: OutboxEvent) => void;
  readonly options?: Partial<OutboxWorkerOptions>;
}

export interface OutboxWorkerOptions {
  /** Sends under way at the same time. */
  readonly concurrency: number;
  /** A crashed worker's messages are taken over after it. */
  readonly leaseMs: number;
  /** A send that has not ended by then is uncertain. */
  readonly sendTimeoutMs: number;
  /** Pause between looks when there is work about, and when there was none for a while. */
  readonly busyPollMs: number;
  readonly idlePollMs: number;
  /** How long `stop` waits for sends under way before it breaks them off. */
  readonly drainMs: number;
}

const DEFAULTS: OutboxWorkerOptions = {
  concurrency: 400,
  leaseMs: 8 * SECOND_MS,
  sendTimeoutMs: 20 * SECOND_MS,
  busyPollMs: 50,
  idlePollMs: SECOND_MS,
  drainMs: 8 * SECOND_MS,
};

/** Who claims this partition also puts big mailings into their lanes. */
const SPREADING_PARTITION = 0;

/** While there is work, mailings are looked for this seldom; without, each time. */
const LOOKS_A_SPREAD = 8;

/** Share of the places that must be free before more is claimed: a claim costs the same for one row as for many. */
const LEAST_ROOM = 1 / 4;

export interface OutboxWorker {
  start(): void;
  /** Claims no more and resolves when every send has ended and is settled, or was broken off and is uncertain. */
  stop(): Promise<void>;
  /** There may be something to send: look now instead of at the next poll. */
  nudge(): void;
  /** Resolves when a look finds nothing to claim and nothing is under way. */
  idle(): Promise<void>;
}

/** Sends what the outbox holds. */
export function createOutboxWorker(deps: OutboxWorkerDeps): OutboxWorker {
  const options = { ...DEFAULTS, ...deps.options };
  const { clock, chance, isQuiet = () => false } = deps;
  const pace = createPace({ clock, chance, isQuiet, ...options });
  const desk = createDesk(deps, options, pace.wake);
  const stopping = new AbortController();
  const idleWaiters: (() => void)[] = [];
  let running: Promise<unknown> | undefined;

  async function loop(): Promise<void> {
    let quietLooks = 0;
    let looks = 0;
    while (!stopping.signal.aborted) {
      pace.begin();
      // Only those who asked before this look, and nothing under way since: else its answer may be out of date.
      const askedBefore = desk.size === 0 ? idleWaiters.length : 0;
      const claimed = await desk.look();
      looks += 1;
      const mayBeMailings = claimed === 0 || looks % LOOKS_A_SPREAD === 0;
      const found = claimed + (mayBeMailings ? await spreadDue(deps) : 0);
      if (found === 0 && desk.size === 0) becomeIdle(askedBefore);
      quietLooks = found > 0 ? 0 : quietLooks + 1;
      if (found === 0 || desk.size >= options.concurrency) await pace.rest(quietLooks);
    }
  }

  function becomeIdle(waiters: number): void {
    for (const resolve of idleWaiters.splice(0, waiters)) resolve();
  }

  return {
    start: () => void (running ??= Promise.all([loop(), desk.keepLeases()])),
    async stop() {
      stopping.abort();
      pace.wake();
      await desk.close();
      await running;
      becomeIdle(idleWaiters.length);
    },
    nudge: pace.wake,
    idle() {
      const waiting = new Promise<void>((resolve) => idleWaiters.push(resolve));
      pace.wake();
      return waiting;
    },
  };
}

/** One instance does it, whoever has the first partition: two at once would only be in each other's way. */
async function spreadDue({ store, clock, partitions, onEvent }: OutboxWorkerDeps): Promise<number> {
  if (!partitions().includes(SPREADING_PARTITION)) return 0;
  return store.spread(clock.now()).catch((error: unknown) => {
    onEvent?.({ event: 'outbox.databaseAway', error });
    return 0;
  });
}

/** What is under way: from the claim to the settled row. */
interface Desk {
  readonly size: number;
  /** Claims what there is room for and begins to send it; how many that were. */
  look(): Promise<number>;
  keepLeases(): Promise<void>;
  /** Sends no more; resolves when all is settled. */
  close(): Promise<void>;
}

function createDesk(deps: OutboxWorkerDeps, options: OutboxWorkerOptions, onRoom: () => void): Desk {
  const { store, clock, monotonicMs, realNow, onEvent = () => undefined } = deps;
  const { leaseMs } = options;
  const closing = new AbortController();
  const closed = new AbortController();
  const time = (): OutboxTime => ({ now: clock.now(), realNow: realNow() });
  const onFailed = (error: unknown) => onEvent({ event: 'outbox.databaseAway', error });
  const sender = createSender(deps.channels, clock, options.sendTimeoutMs);
  const flights = createFlights({ store, clock, realNow, monotonicMs, leaseMs, onFailed });
  const active = new Map<OutboxClaim, { readonly flight: Flight; readonly handedIn: Promise<void> }>();
  const settler = createSettler({ store, clock, time, onFailed, onSettled: land });

  function land({ claim, outcome }: Settlement, isOurs: boolean): void {
    const landed = active.get(claim);
    if (landed) flights.remove(landed.flight);
    active.delete(claim);
    const { id } = claim.row;
    onEvent(isOurs ? settledEvent(claim, outcome, clock.now()) : { event: 'outbox.leaseLost', id });
    onRoom();
  }

  /** Whatever happens the claim is settled: the store's fence, not our guess, says whether it was still ours. */
  async function fly(flight: Flight): Promise<void> {
    // A paused process may wake up long after its lease: then this is somebody else's to send.
    const maySend = () => !closing.signal.aborted && flights.isSafe(flight);
    const outcome = await sender.send(flight.claim, flight.abort, maySend);
    settler.add({ claim: flight.claim, outcome });
  }

  async function claim(): Promise<readonly OutboxClaim[]> {
    const limit = options.concurrency - active.size;
    const partitions = deps.partitions();
    const senders = sender.ready();
    if (limit < options.concurrency * LEAST_ROOM || partitions.length === 0 || senders.length === 0)
      return [];
    return store.claimBatch({ ...time(), partitions, senders, leaseMs, limit });
  }

  async function allLanded(): Promise<void> {
    while (active.size > 0) {
      await Promise.all([...active.values()].map(({ handedIn }) => handedIn));
      await settler.drained();
    }
  }

  return {
    get size() {
      return active.size;
    },
    async look() {
      const askedMs = monotonicMs();
      const claims = await claim().catch((error: unknown) => {
        onFailed(error);
        return [];
      });
      for (const one of claims) {
        const flight = flights.add(one, askedMs);
        active.set(one, { flight, handedIn: fly(flight) });
      }
      return claims.length;
    },
    keepLeases: () => flights.keep(closed.signal),
    async close() {
      closing.abort();
      const finished = new AbortController();
      const landed = allLanded().then(() => finished.abort());
      await clock.sleep(options.drainMs, finished.signal);
      flights.abortAll();
      await landed;
      closed.abort();
    },
  };
}

function settledEvent({ row }: OutboxClaim, outcome: SettleOutcome, now: Date): OutboxEvent {
  return {
    event: 'outbox.settled',
    id: row.id,
    sender: row.sender,
    status: outcome.status,
    ...('reason' in outcome && { reason: outcome.reason }),
    tookMs: now.getTime() - row.dueAt.getTime(),
  };
}

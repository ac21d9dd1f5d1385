import type { Channel, SendOutcome } from '#core/channel';
import { SECOND_MS, type Chance, type Clock } from '#core/clock';
import type { ConversationRef } from '#core/message';
import type { OutboxClaim, OutboxStore, OutboxTime, SettleOutcome } from '#core/outbox';
import { createFlights, type Flight } from './flights.ts';
import { outgoingOf } from './outgoing.ts';
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
  readonly store: Pick<OutboxStore, 'claimBatch' | 'extend' | 'settleMany'>;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  /** The database's time without a demo's offset; leases and rates go by it. */
  readonly realNow: () => Date;
  /** Milliseconds of a steady clock of this process. */
  readonly monotonicMs: () => number;
  readonly chance: Chance;
  /** Outbox partitions that this instance may claim from now. */
  readonly partitions: () => readonly number[];
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
  concurrency: 200,
  leaseMs: 8 * SECOND_MS,
  sendTimeoutMs: 20 * SECOND_MS,
  busyPollMs: 50,
  idlePollMs: SECOND_MS,
  drainMs: 8 * SECOND_MS,
};

export interface OutboxWorker {
  start(): void;
  /** Claims no more and resolves when every send has ended and is settled, or was broken off and is uncertain. */
  stop(): Promise<void>;
  /** There may be something to send: look now instead of at the next poll. */
  nudge(): void;
  /** Resolves when a look finds nothing to claim and nothing is under way. */
  idle(): Promise<void>;
}

/** Sends what the outbox holds. Nothing else may call `channel.send`. */
export function createOutboxWorker(deps: OutboxWorkerDeps): OutboxWorker {
  const { store, clock, monotonicMs, realNow, onEvent = () => undefined } = deps;
  const options = { ...DEFAULTS, ...deps.options };
  const stopping = new AbortController();
  const ended = new AbortController();
  let waking = new AbortController();
  let running: Promise<unknown> | undefined;
  const idleWaiters: (() => void)[] = [];

  const time = (): OutboxTime => ({ now: clock.now(), realNow: realNow() });
  const onFailed = (error: unknown) => onEvent({ event: 'outbox.databaseAway', error });
  const { leaseMs } = options;
  const flights = createFlights({ store, clock, realNow, monotonicMs, leaseMs, onFailed });
  const active = new Map<OutboxClaim, { readonly flight: Flight; readonly handedIn: Promise<void> }>();

  const settler = createSettler({
    store,
    clock,
    time,
    onFailed,
    onSettled({ claim, outcome }, isOurs) {
      const landed = active.get(claim);
      if (landed) flights.remove(landed.flight);
      active.delete(claim);
      onEvent(
        isOurs ? settledEvent(claim, outcome, clock.now()) : { event: 'outbox.leaseLost', id: claim.row.id },
      );
      waking.abort();
    },
  });

  async function claim(): Promise<readonly OutboxClaim[]> {
    const limit = options.concurrency - active.size;
    const partitions = deps.partitions();
    const senders = readySenders(deps.channels);
    if (limit <= 0 || partitions.length === 0 || senders.length === 0) return [];
    return store.claimBatch({ ...time(), partitions, senders, leaseMs, limit });
  }

  /** Whatever happens the claim is settled: the store's fence, not our guess, says whether it was still ours. */
  async function fly(flight: Flight): Promise<void> {
    const { claim } = flight;
    settler.add({ claim, outcome: await outcomeOf(flight) });
  }

  async function outcomeOf(flight: Flight): Promise<SettleOutcome> {
    const { row } = flight.claim;
    const channel = deps.channels.find((one) => serves(one, row.to));
    // A paused process may wake up long after its lease: then this is somebody else's to send.
    const maySend = channel?.health() === 'ready' && !stopping.signal.aborted && flights.isSafe(flight);
    if (!channel || !maySend) return { status: 'released' };
    const { message, isLast } = outgoingOf(row, channel.limits.maxTextBytes);
    const outcome = await sendWithin(channel, message, flight.abort, clock, options.sendTimeoutMs);
    const isPart = !isLast && (outcome.status === 'delivered' || outcome.status === 'accepted');
    return isPart ? { status: 'part' } : outcome;
  }

  async function look(): Promise<number> {
    const askedMs = monotonicMs();
    const claims = await claim();
    for (const one of claims) {
      const flight = flights.add(one, askedMs);
      active.set(one, { flight, handedIn: fly(flight) });
    }
    return claims.length;
  }

  async function loop(): Promise<void> {
    let quietLooks = 0;
    while (!stopping.signal.aborted) {
      waking = new AbortController();
      // Only those who asked before this look, and nothing under way since: else its answer may be out of date.
      const askedBefore = active.size === 0 ? idleWaiters.length : 0;
      const found = await look().catch((error: unknown) => {
        onFailed(error);
        return 0;
      });
      if (found === 0 && active.size === 0) becomeIdle(askedBefore);
      quietLooks = found > 0 ? 0 : quietLooks + 1;
      if (found === 0 || active.size >= options.concurrency) await rest(quietLooks);
    }
  }

  function becomeIdle(waiters: number): void {
    for (const resolve of idleWaiters.splice(0, waiters)) resolve();
  }

  /** Longer with each look that found nothing; the jitter keeps instances from asking in step. */
  function rest(quietLooks: number): Promise<void> {
    const { busyPollMs, idlePollMs } = options;
    const pollMs = Math.min(idlePollMs, busyPollMs * 2 ** Math.min(Math.max(0, quietLooks - 1), 10));
    const jittered = pollMs * (1 - deps.chance.fraction() / 4);
    return clock.sleep(jittered, waking.signal);
  }

  async function drain(): Promise<void> {
    const givenUp = new AbortController();
    const finished = allLanded().then(() => givenUp.abort());
    await clock.sleep(options.drainMs, givenUp.signal);
    flights.abortAll();
    await finished;
  }

  async function allLanded(): Promise<void> {
    while (active.size > 0) {
      await Promise.all([...active.values()].map(({ handedIn }) => handedIn));
      await settler.drained();
    }
  }

  return {
    start: () => void (running ??= Promise.all([loop(), flights.keep(ended.signal)])),
    async stop() {
      stopping.abort();
      waking.abort();
      await drain();
      ended.abort();
      await running;
      await settler.drained();
      becomeIdle(idleWaiters.length);
    },
    nudge: () => waking.abort(),
    idle() {
      const waiting = new Promise<void>((resolve) => idleWaiters.push(resolve));
      waking.abort();
      return waiting;
    },
  };
}

function serves(channel: Channel, to: ConversationRef): boolean {
  return channel.kind === to.channel && channel.account === to.account;
}

function readySenders(channels: readonly Channel[]) {
  return channels
    .filter((channel) => channel.health() === 'ready')
    .map(({ kind, account, limits }) => ({
      sender: `${kind}:${account}`,
      sendsPerMinute: limits.sendsPerMinute,
    }));
}

/** One send, ended for sure: a channel that neither answers nor throws is `uncertain` when the time is up. */
async function sendWithin(
  channel: Channel,
  message: Parameters<Channel['send']>[0],
  abort: AbortController,
  clock: Clock,
  timeoutMs: number,
): Promise<SendOutcome> {
  const answered = new AbortController();
  const giveUp = AbortSignal.any([abort.signal, answered.signal]);
  const timeout = clock.sleep(timeoutMs, giveUp).then((): SendOutcome => {
    const reason = abort.signal.aborted ? 'broken off' : 'timeout';
    abort.abort();
    return { status: 'uncertain', reason };
  });
  try {
    return await Promise.race([channel.send(message, abort.signal), timeout]);
  } catch (error) {
    // A channel must not throw; when it does nobody knows how far it came.
    return { status: 'uncertain', reason: error instanceof Error ? error.name : 'unknown error' };
  } finally {
    answered.abort();
  }
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

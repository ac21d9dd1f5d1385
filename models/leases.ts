import type { Connection, mongo } from 'mongoose';
import type { Clock } from '#core/clock';
import { LEASE_PARTITIONS, type LeaseKind, type PartitionLeases } from '#core/leases';
import { collectionOf, defineCollection } from './collection.ts';
import { atBorder, operationErrors } from './driver-error.ts';

/** `kind: 'instance'`: a running instance. Others: a partition, its holder and how often it changed hands (`term`). */
export interface LeaseDocument {
  _id: string;
  kind: LeaseKind | 'instance';
  /** Of an instance: what it shares in. */
  kinds?: LeaseKind[];
  partition?: number;
  holder?: string;
  term?: number;
  until: Date;
}

const INSTANCES_KEPT_SECONDS = 3_600;

export const leasesCollection = defineCollection<LeaseDocument>({
  name: 'leases',
  fields: { kind: String, kinds: [String], partition: Number, holder: String, term: Number, until: Date },
  indexes: [
    { keys: { holder: 1 }, why: 'renewing and giving back what one instance holds' },
    {
      keys: { until: 1 },
      options: {
        name: 'gone_instances',
        expireAfterSeconds: INSTANCES_KEPT_SECONDS,
        partialFilterExpression: { kind: 'instance' },
      },
      why: 'instances that ended long ago',
    },
  ],
});

export interface LeaseOptions {
  readonly connection: Connection;
  /** Fresh for each start of the process. */
  readonly instanceId: string;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Milliseconds of a steady clock. */
  readonly monotonicMs: () => number;
  readonly kinds: readonly LeaseKind[];
  readonly leaseMs?: number;
  readonly roundMs?: number;
  readonly onRoundFailed?: (error: unknown) => void;
  /** What else is asked each round, in the same operation. */
  readonly alongside?: {
    /** Stages that add documents to the leases; each has an `_id` that no lease has. */
    readonly stages: () => readonly mongo.BSON.Document[];
    readonly onFound: (found: readonly mongo.BSON.Document[]) => void;
  };
}

/** A crashed instance's work is taken over within lease + round = 9 seconds. */
const LEASE_MS = 7_000;
const ROUND_MS = 2_000;
/** Leases are renewed every second round, and at once when they could not be: one write each four seconds. */
const ROUNDS_A_RENEWAL = 2;
/** What the local deadline is earlier than the database's: clocks may run apart, and a step needs time to end. */
const MARGIN_MS = 1_500;

type Leases = mongo.Collection<LeaseDocument>;

interface Held {
  readonly kind: LeaseKind;
  readonly partition: number;
}

/** Leases by the database's time; instances share each kind fairly and give up what is more than their share. */
export function createPartitionLeases(options: LeaseOptions): PartitionLeases {
  const { clock, monotonicMs, roundMs = ROUND_MS, leaseMs = LEASE_MS } = options;
  const leases = collectionOf(options.connection, leasesCollection);
  const stopping = new AbortController();
  const listeners: (() => void)[] = [];
  let held: readonly Held[] = [];
  let trustedUntilMs = 0;
  let isKnown = false;
  let roundsToRenewal = 0;
  let giveBackNext: string[] = [];
  let running: Promise<void> | undefined;

  function hold(next: readonly Held[], wasTrusted: boolean): void {
    const isSame = sameLeases(next, held);
    held = next;
    // Who found nothing to own meanwhile must hear that it is back.
    if (!isSame || !wasTrusted) for (const listener of listeners) listener();
  }

  async function renewWhenTime(): Promise<void> {
    const startedMs = monotonicMs();
    roundsToRenewal -= 1;
    if (roundsToRenewal > 0 && startedMs < trustedUntilMs) return;
    await renew(leases, options, leaseMs, isKnown);
    roundsToRenewal = ROUNDS_A_RENEWAL;
    trustedUntilMs = startedMs + leaseMs - MARGIN_MS;
  }

  /** Renews, looks at everybody's leases and takes free ones up to the fair share. */
  async function round(): Promise<void> {
    const wasTrusted = monotonicMs() < trustedUntilMs;
    await renewWhenTime();
    const { seen, others } = await lookAround(leases, options.alongside?.stages() ?? []);
    isKnown = seen.some((one) => one._id === `instance:${options.instanceId}`);
    const { keep, surplus } = await takeShare(leases, options, leaseMs, seen);
    // Surplus is not ours from now on, but given back in the next round: until then its work in hand can end.
    giveBackNext = surplus;
    options.alongside?.onFound(others);
    hold(keep, wasTrusted);
  }

  async function nextRound(): Promise<void> {
    await giveBack(leases, options.instanceId, giveBackNext.splice(0));
    await round();
  }

  async function rounds(): Promise<void> {
    let lastTookMs = 0;
    while (!stopping.signal.aborted) {
      await clock.sleep(Math.max(0, roundMs - lastTookMs), stopping.signal);
      if (stopping.signal.aborted) return;
      const startedMs = monotonicMs();
      await atBorder(nextRound).catch((error: unknown) => options.onRoundFailed?.(error));
      // Rounds begin evenly, or slow ones would come too late for a renewal; never without a pause.
      lastTookMs = Math.min(monotonicMs() - startedMs, roundMs / 2);
    }
  }

  return {
    async start() {
      await atBorder(async () => {
        await addMissing(leases, options.kinds);
        await round();
      });
      running = rounds();
    },
    async stop() {
      stopping.abort();
      await running;
      hold([], true);
      await atBorder(() => leave(leases, options.instanceId));
    },
    owned(kind) {
      if (monotonicMs() >= trustedUntilMs) return [];
      return held.filter((one) => one.kind === kind).map((one) => one.partition);
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

function sameLeases(some: readonly Held[], others: readonly Held[]): boolean {
  const isIn = ({ kind, partition }: Held) =>
    others.some((other) => other.kind === kind && other.partition === partition);
  return some.length === others.length && some.every(isIn);
}

async function addMissing(leases: Leases, kinds: readonly LeaseKind[]): Promise<void> {
  const free = kinds.flatMap((kind) =>
    Array.from({ length: LEASE_PARTITIONS[kind] }, (_, partition) => ({
      _id: `${kind}:${partition}`,
      kind,
      partition,
      term: 0,
      until: new Date(0),
    })),
  );
  if (free.length === 0) return;
  await leases.insertMany(free, { ordered: false }).catch((error: unknown) => {
    const refused = operationErrors(error).find((one) => !one.sameId);
    if (refused) throw refused.error;
  });
}

type Seen = LeaseDocument & { readonly isOver: boolean };

async function takeShare(leases: Leases, options: LeaseOptions, leaseMs: number, seen: readonly Seen[]) {
  const { instanceId, kinds } = options;
  const shares = kinds.map((kind) => shareOf(kind, seen, instanceId));
  const free = shares.flatMap((share) => share.free);
  const taken = await take(leases, instanceId, leaseMs, free);
  const mine = shares.flatMap(({ keep }) => keep);
  return { keep: [...mine, ...taken].map(heldOf), surplus: shares.flatMap(({ surplus }) => surplus) };
}

/** Its own document and all that it holds; one write when its document is known to be there. */
async function renew(
  leases: Leases,
  { instanceId, kinds }: Pick<LeaseOptions, 'instanceId' | 'kinds'>,
  leaseMs: number,
  isKnown: boolean,
): Promise<void> {
  const until = untilOf(leaseMs);
  const self = [{ $set: { kind: 'instance', kinds: [...kinds], holder: instanceId, until } }];
  if (!isKnown) await leases.updateOne({ _id: `instance:${instanceId}` }, self, { upsert: true });
  await leases.updateMany({ holder: instanceId }, [{ $set: { until } }]);
}

function untilOf(leaseMs: number) {
  return { $add: ['$$NOW', leaseMs] };
}

async function lookAround(leases: Leases, alongside: readonly mongo.BSON.Document[]) {
  const isOver = { $lt: ['$until', '$$NOW'] };
  const stages = [{ $set: { isOver } }, { $sort: { kind: 1, partition: 1 } }, ...alongside];
  const found = await leases.aggregate<Seen>(stages).toArray();
  const isLease = (one: Partial<Seen>) => one.kind !== undefined;
  return { seen: found.filter(isLease), others: found.filter((one) => !isLease(one)) };
}

/** Whether it runs and shares in this kind of work; an instance of an older version does not say what it does. */
function sharesIn(kind: LeaseKind, { kind: what, kinds, isOver }: Seen): boolean {
  return what === 'instance' && !isOver && (kinds?.includes(kind) ?? true);
}

/** The same number for everybody who shares in it, rounded up; the lowest partitions are kept so that instances agree. */
function shareOf(kind: LeaseKind, seen: readonly Seen[], instanceId: string) {
  const instances = seen.filter((one) => sharesIn(kind, one)).length;
  const share = Math.ceil(LEASE_PARTITIONS[kind] / Math.max(1, instances));
  const partitions = seen.filter((one) => one.kind === kind);
  const mine = partitions.filter((one) => one.holder === instanceId && !one.isOver);
  const free = partitions.filter((one) => one.holder !== instanceId && one.isOver);
  return {
    keep: mine.slice(0, share),
    surplus: mine.slice(share).map((one) => one._id),
    free: free.slice(0, Math.max(0, share - mine.length)),
  };
}

/** Takes leases that are over; where somebody else was faster, or the term moved on, nothing happens. */
async function take(
  leases: Leases,
  instanceId: string,
  leaseMs: number,
  free: readonly Seen[],
): Promise<readonly Seen[]> {
  const taken: Seen[] = [];
  for (const lease of free) {
    const term = lease.term ?? 0;
    const stillFree = { _id: lease._id, term, $expr: { $lt: ['$until', '$$NOW'] } };
    const mine = [{ $set: { holder: instanceId, term: term + 1, until: untilOf(leaseMs) } }];
    const result = await leases.updateOne(stillFree, mine);
    if (result.matchedCount === 1) taken.push(lease);
  }
  return taken;
}

async function giveBack(leases: Leases, instanceId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const free = { $set: { until: new Date(0) }, $unset: { holder: '' } } as const;
  await leases.updateMany({ _id: { $in: [...ids] }, holder: instanceId }, free);
}

async function leave(leases: Leases, instanceId: string): Promise<void> {
  await leases.deleteOne({ _id: `instance:${instanceId}` });
  const free = { $set: { until: new Date(0) }, $unset: { holder: '' } } as const;
  await leases.updateMany({ holder: instanceId }, free);
}

function heldOf(lease: LeaseDocument): Held {
  return { kind: lease.kind as LeaseKind, partition: lease.partition ?? 0 };
}

import { describe, expect, it } from 'vitest';
import type { Dispatch } from '#core/decision';
import type { ClaimRequest, OutboxClaim, OutboxStore, Settlement } from '#core/outbox';
import { describeOutboxLimits } from '#test/conformance/outbox-limits';
import { describeOutboxOperations, type OperatedOutbox } from '#test/conformance/outbox-operations';
import { describeOutboxStore } from '#test/conformance/outbox-store';
import { casesOf, type Case, type Suite } from '#test/conformance/suite';
import { createFakeChance } from '#test/support/fake-clock';
import { createMemoryOutboxStore } from '#test/support/memory-outbox-store';

/** A store with one guard taken away: what it is told, or what it answers, is bent. */
interface Fault {
  readonly dispatch?: (dispatch: Dispatch, count: number) => Dispatch;
  readonly enqueuedAt?: (now: Date, count: number) => Date;
  readonly request?: (request: ClaimRequest) => ClaimRequest;
  readonly claims?: (claims: readonly OutboxClaim[]) => readonly OutboxClaim[];
  readonly settlement?: (settlement: Settlement) => Settlement;
  readonly store?: (store: OutboxStore) => Partial<OutboxStore>;
  readonly outbox?: (outbox: OperatedOutbox) => Partial<OperatedOutbox>;
}

const without = <T extends object>(value: T, ...keys: readonly (keyof T)[]): T =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key as keyof T))) as T;

const eachSender = (request: ClaimRequest, change: object): ClaimRequest => ({
  ...request,
  senders: request.senders.map((ready) => ({ ...ready, ...change })),
});

const withOutcome =
  (from: string, to: Settlement['outcome']) =>
  (settlement: Settlement): Settlement =>
    settlement.outcome.status === from ? { ...settlement, outcome: to } : settlement;

const FAULTS: Readonly<Record<string, Fault>> = {
  'keeps a key more than once': {
    dispatch: (dispatch, count) => ({ ...dispatch, key: `${dispatch.key}/${count}` }),
  },
  'hands out what is not due': { dispatch: (dispatch) => without(dispatch, 'notBefore') },
  'has several messages of a conversation in flight': {
    dispatch: (dispatch, count) => ({
      ...dispatch,
      to: { ...dispatch.to, conversationId: `${dispatch.to.conversationId}/${count}` },
    }),
  },
  'turns the order of a conversation round': {
    enqueuedAt: (now, count) => new Date(now.getTime() - count),
  },
  'forgets what is urgent': { dispatch: (dispatch) => without(dispatch, 'urgent') },
  'forgets what expires': { dispatch: (dispatch) => without(dispatch, 'expiresAt') },
  'sends again what is to be held': { dispatch: (dispatch) => without(dispatch, 'whenUncertain') },
  'forgets the night': { dispatch: (dispatch) => without(dispatch, 'quietZone') },
  'never joins answers': { dispatch: (dispatch) => without(dispatch, 'joins') },
  'joins beyond the limit of bytes': { request: (request) => eachSender(request, { maxTextBytes: 9_999 }) },
  'claims from partitions of others': {
    request: (request) => ({ ...request, partitions: [0, 1, 2, 3, 4, 5, 6, 7] }),
  },
  'claims for logins that are not ready': {
    request: (request) => ({ ...request, senders: [{ sender: 'web:demo', sendsPerMinute: 20 }] }),
  },
  'keeps no limit of conversations': {
    request: (request) => eachSender(request, { sendsPerMinute: Infinity }),
  },
  'keeps no limit of logins': {
    request: (request) => eachSender(request, { loginSendsPerMinute: Infinity }),
  },
  'keeps leases by the product clock': { request: (request) => ({ ...request, realNow: request.now }) },
  'forgets how many may be claimed': { request: (request) => ({ ...request, limit: 10_000 }) },
  'gives the same claim to two': {
    store: (store) => {
      const given: OutboxClaim[] = [];
      return {
        async claimBatch(request) {
          given.push(...(await store.claimBatch(request)));
          return [...given];
        },
      };
    },
  },
  'hides that a message may be there already': {
    claims: (claims) => claims.map((claim) => ({ ...claim, row: { ...claim.row, mayAlreadyBeSent: false } })),
  },
  'lets a lost lease settle': {
    store: (store) => ({
      async settle(...all) {
        await store.settle(...all);
        return true;
      },
    }),
  },
  'says that every settlement of a batch is written': {
    store: (store) => ({
      settleMany: async (all, time) => (await store.settleMany(all, time)).map(() => true),
    }),
  },
  'says that every lease is extended': { store: () => ({ extend: async (claims) => new Set(claims) }) },
  'does not extend': { store: () => ({ extend: async () => new Set<OutboxClaim>() }) },
  'does not rest a conversation after a refusal': {
    settlement: withOutcome('retry', { status: 'released' }),
  },
  'takes the wish of a vendor for one conversation': {
    settlement: (one) =>
      one.outcome.status === 'retry' ? { ...one, outcome: without(one.outcome, 'scope') } : one,
  },
  'forgets how long the vendor wishes to be left alone': {
    settlement: (one) =>
      one.outcome.status === 'retry' ? { ...one, outcome: without(one.outcome, 'retryAfterMs') } : one,
  },
  'does not count the faults of a login': {
    settlement: ({ claim, outcome }) =>
      outcome.status === 'retry'
        ? {
            claim: { ...without(claim, 'isProbe'), row: { ...claim.row, tries: claim.row.tries + 1 } },
            outcome,
          }
        : { claim, outcome },
  },
  'counts the same message as many faults': {
    settlement: ({ claim, outcome }) => ({ claim: { ...claim, row: { ...claim.row, tries: 0 } }, outcome }),
  },
  'forgets parts': { settlement: withOutcome('part', { status: 'released' }) },
  'settles the joined ones by themselves': {
    settlement: ({ claim, outcome }) => ({ claim: without(claim, 'joined'), outcome }),
  },
  'takes what was not sent as sent': { settlement: withOutcome('released', { status: 'delivered' }) },
  'takes the uncertain as delivered': { settlement: withOutcome('uncertain', { status: 'delivered' }) },
  'knows no progress': {
    store: (store) => ({ progress: async () => store.progress('of nothing') }),
  },
  'sends nothing again': {
    outbox: ({ operations }) => ({
      operations: { ...operations, redriveMany: async (ids) => ids.length },
    }),
  },
  'confirms nothing': {
    outbox: ({ operations }) => ({
      operations: { ...operations, confirmMany: async (ids) => ids.length },
    }),
  },
  'shows every place to everybody': {
    outbox: ({ operations }) => ({
      operations: { ...operations, aside: (query) => operations.aside(without(query, 'placeIds')) },
    }),
  },
  'has one page only': {
    outbox: ({ operations }) => ({
      operations: { ...operations, aside: async (query) => without(await operations.aside(query), 'next') },
    }),
  },
  'does not find what is set aside': {
    outbox: ({ operations }) => ({ operations: { ...operations, asideByIds: async () => [] } }),
  },
  'counts what it does not touch': {
    outbox: ({ operations }) => ({
      operations: {
        ...operations,
        async redriveMany(ids, now) {
          await operations.redriveMany(ids, now);
          return ids.length;
        },
        async confirmMany(ids, now) {
          await operations.confirmMany(ids, now);
          return ids.length;
        },
      },
    }),
  },
};

function brokenOutbox(fault: Fault): () => Promise<OperatedOutbox> {
  return async () => {
    const memory = createMemoryOutboxStore(createFakeChance());
    let count = 0;
    const bent = fault.settlement ?? ((one: Settlement) => one);
    const store: OutboxStore = {
      ...memory,
      claimBatch: async (request) => {
        const claims = await memory.claimBatch(fault.request?.(request) ?? request);
        return fault.claims?.(claims) ?? claims;
      },
      settle: async (claim, outcome, time) => {
        const [written] = await memory.settleMany([bent({ claim, outcome })], time);
        return written === true;
      },
      settleMany: (all, time) => memory.settleMany(all.map(bent), time),
    };
    const outbox: OperatedOutbox = {
      store: { ...store, ...fault.store?.(store) },
      operations: memory.operations,
      async enqueue(dispatch, now) {
        count += 1;
        const at = fault.enqueuedAt?.(now, count) ?? now;
        return memory.enqueue(fault.dispatch?.(dispatch, count) ?? dispatch, at);
      },
      row: async (id) => memory.row(id),
    };
    return { ...outbox, ...fault.outbox?.(outbox) };
  };
}

function allCases(make: () => Promise<OperatedOutbox>): readonly Case[] {
  return casesOf((suite: Suite) => {
    describeOutboxStore('a store', make, suite);
    describeOutboxLimits('a store', make, suite);
    describeOutboxOperations('a store', make, suite);
  });
}

async function failing(cases: readonly Case[]): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { name, run } of cases) await run().catch(() => void failed.push(name));
  return failed;
}

describe('the suites of the outbox', () => {
  it('pass on a store with all its guards', async () => {
    const cases = allCases(brokenOutbox({}));
    expect(cases.length).toBeGreaterThan(50);
    expect(await failing(cases)).toEqual([]);
  });

  it.each(Object.entries(FAULTS))('notice a store that %s', async (_, fault) => {
    expect(await failing(allCases(brokenOutbox(fault)))).not.toEqual([]);
  });
});

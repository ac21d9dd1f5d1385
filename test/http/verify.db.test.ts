import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createCounter } from '#procedure/counting';
import { judgePoll } from '#procedure/verdict';
import type { ProvenPollAnswer, ReceiptAnswer } from '#src/http/public/verify-views';
import { parseExport } from '#src/proof/export-format';
import { verifyExport } from '#src/proof/verify-export';
import { startApp, type TestApp } from '#test/support/app';
import { signIn } from '#test/support/console';
import { fillTown, type FullTown } from '../browser/full-town.ts';
import { proveReceipt } from '../../web/src/verify/prove-receipt.ts';

let app: TestApp;
let town: FullTown;
beforeAll(async () => {
  app = await startApp();
  town = await fillTown(app);
});
afterAll(() => app.stop());

async function addressOf(pollId: string): Promise<string> {
  const poll = await app.app.stores.polls.byId(pollId);
  return `${app.baseUrl}/api/verify/${poll?.fingerprint.slice(0, 16) ?? ''}`;
}

async function answer<Body>(address: string): Promise<{ status: number; body: Body }> {
  const response = await fetch(address);
  return { status: response.status, body: (await response.json()) as Body };
}

describe('anybody', () => {
  it('finds every receipt of a counted poll, each proved up to the published code', async () => {
    const address = await addressOf(town.closedPollId);
    const { body: proven } = await answer<ProvenPollAnswer>(address);
    const ballots = await app.database.db
      .collection<{ receipt: string }>('ballots')
      .find({ pollId: town.closedPollId })
      .toArray();
    expect(ballots.length).toBeGreaterThan(1);
    for (const { receipt } of ballots) {
      const { body } = await answer<ReceiptAnswer>(`${address}/receipts/${receipt.toLowerCase()}`);
      expect(body.proofs).toHaveLength(1);
      const [proof] = body.proofs;
      const lines = proof ? proveReceipt(proven, proof, receipt) : [];
      expect(lines.filter(({ holds }) => !holds)).toEqual([]);
      expect(Object.keys(proof?.row ?? {}).sort()).toEqual(['code', 'commitment', 'voter']);
    }
  });

  it('does not find a receipt that nobody has', async () => {
    const { status, body } = await answer<ReceiptAnswer>(
      `${await addressOf(town.closedPollId)}/receipts/AAAAAAAA`,
    );
    expect([status, body]).toEqual([200, { proofs: [] }]);
  });

  it('learns of an open poll as little as of none', async () => {
    const open = await answer(await addressOf(town.openPollId));
    const none = await answer(`${app.baseUrl}/api/verify/${'0'.repeat(16)}`);
    const wrong = await answer(`${app.baseUrl}/api/verify/${encodeURIComponent('{"$gt":""}')}`);
    expect(open).toEqual(none);
    expect(wrong).toEqual(none);
    expect(open.status).toBe(404);
  });
});

describe('the file of a counted poll', () => {
  const path = () => `/polls/${encodeURIComponent(town.closedPollId)}/export.json`;

  it('is given to the secretary, and everything in it holds', async () => {
    const liuMin = await signIn(app, '刘敏');
    const parsed = parseExport(await liuMin.get(path()));
    if (!parsed.ok) throw new Error(parsed.at);
    const { faults, seal } = verifyExport(parsed.data, { countBallots: createCounter, judge: judgePoll });
    const { body } = await answer<ProvenPollAnswer>(await addressOf(town.closedPollId));
    expect(faults).toEqual([]);
    expect(seal).toEqual(body.seal);
  });

  it('is given to nobody who is not signed in', async () => {
    expect((await fetch(`${app.baseUrl}/api/console${path()}`)).status).toBe(401);
  });
});

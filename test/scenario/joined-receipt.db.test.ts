import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { IdentityLinkRow } from '#src/http/contract-roster';
import type { Page } from '#src/http/contract-views';
import type { ProvenPollAnswer, ReceiptAnswer } from '#src/http/public/verify-views';
import { readCode } from '#src/proof/short-code';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { signIn, type ConsoleUser } from '#test/support/console';
import { openPollPage } from '#test/support/poll-page';
import { proveJoined, proveReceipt } from '../../web/src/verify/prove-receipt.ts';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
let pollId = '';
/** Before the accounts were joined. */
const receipts: Record<string, string[]> = {};

const say = async (who: string, text: string, reply: RegExp) => {
  await town.direct(who).says(who, text);
  return (await town.direct(who).expectReply(reply)).text;
};
const receiptOf = async (who: string) =>
  readCode(/[0-9A-Z]{4}-[0-9A-Z]{4}/u.exec(await say(who, '回执', /的回执/u))?.[0] ?? '');

async function link(kept: string, gone: string): Promise<void> {
  const code = /\d{6}/u.exec(await say(kept, '关联', /10分钟内有效/u))?.[0] ?? '';
  await say(gone, `关联 ${code}`, /^关联好了[^]*并成一票/u);
}

beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  const { poll } = await openPollPage({ app, town, liuMin }, '装电梯');
  pollId = poll.id;
  for (const [who, choices] of [
    ['王芳', ['1', '2']],
    ['孙丽', ['2']],
    ['郑伟', ['1']],
  ] as const)
    for (const choice of choices) {
      await town.clock.forward(60);
      await say(who, choice, /^您的票已收到|^已改/u);
      receipts[who] = [...(receipts[who] ?? []), await receiptOf(who)];
    }
  // 王芳 is struck into 孙丽, who is struck into 郑伟: one person with three accounts.
  await link('孙丽', '王芳');
  await link('郑伟', '孙丽');
});
afterAll(() => app.stop());

async function ask<Body>(behind = ''): Promise<Body> {
  const poll = await app.app.stores.polls.byId(pollId);
  const answer = await fetch(`${app.baseUrl}/api/verify/${poll?.fingerprint.slice(0, 16) ?? ''}${behind}`);
  return (await answer.json()) as Body;
}

describe('a receipt from before two accounts became one', () => {
  it('is asked for anew by any of the accounts, with a word about the old one', async () => {
    const text = await say('王芳', '回执', /的回执/u);
    expect(text).toContain('您的两个账号并成一票，以前的回执换成这一个。');
    expect(await say('赵国强', '回执', /./u)).not.toContain('并成一票');
  });

  it('is explained after the end: not lost, with the ballot that stands, proved on the own phone', async () => {
    await town.clock.to('2026-09-05T18:00:05+08:00');
    const proven = await ask<ProvenPollAnswer>();
    expect(proven.seal.ballotCount).toBe(1);
    const now = await receiptOf('郑伟');
    for (const old of [...(receipts['王芳'] ?? []), ...(receipts['孙丽'] ?? [])]) {
      const { proofs, joined } = await ask<ReceiptAnswer>(`/receipts/${old}`);
      expect(proofs).toEqual([]);
      if (!joined) throw new Error(`${old} looks lost`);
      expect(joined.proof.row.code).toBe(now);
      expect(joined.end.struck).toHaveLength(2);
      const lines = proveJoined(proven, joined);
      expect(lines.filter(({ holds }) => !holds)).toEqual([]);
      expect(JSON.stringify(joined)).not.toMatch(/王芳|孙丽|郑伟|person:/u);
    }
  });

  it('is not believed when the record is not the sealed one', async () => {
    const proven = await ask<ProvenPollAnswer>();
    const { joined } = await ask<ReceiptAnswer>(`/receipts/${receipts['孙丽']?.[0] ?? ''}`);
    if (!joined) throw new Error('not joined');
    const { end } = joined;
    const [first, ...others] = end.struck ?? [];
    if (!first) throw new Error('nobody is struck');
    const broken = [
      { ...joined, voter: 'f'.repeat(32) },
      { ...joined, into: joined.voter },
      { ...joined, end: { ...end, struck: others } },
      { ...joined, end: { ...end, closesAt: '2026-09-04T10:00:00.000Z' } },
      { ...joined, end: { ...end, struck: [{ ...first, into: 'e'.repeat(32) }, ...others] } },
      { ...joined, proof: { ...joined.proof, row: { ...joined.proof.row, voter: joined.voter } } },
    ];
    for (const one of broken) expect(proveJoined(proven, one).every(({ holds }) => holds)).toBe(false);
  });

  it('that nobody got, or that a vote of one’s own replaced, is not called joined', async () => {
    expect(await ask<ReceiptAnswer>('/receipts/AAAAAAAA')).toEqual({ proofs: [] });
    const now = await receiptOf('郑伟');
    const { proofs, joined } = await ask<ReceiptAnswer>(`/receipts/${now}`);
    expect(joined).toBeUndefined();
    const [proof] = proofs;
    const proven = await ask<ProvenPollAnswer>();
    expect(proof && proveReceipt(proven, proof, now).every(({ holds }) => holds)).toBe(true);
  });
});

describe('an account that was taken apart again', () => {
  it('has no second vote in that poll, and is told where its vote is instead of that there is none', async () => {
    const { poll } = await openPollPage({ app, town, liuMin }, '修大门', '2026-09-20T18:00:00+08:00');
    for (const who of ['周建军', '吴秀英']) await say(who, `议题${poll.topicNumber} 投1`, /^您的票已收到/u);
    await link('周建军', '吴秀英');
    const { items } = await liuMin.get<Page<IdentityLinkRow>>('/identity-links');
    const linkId = items.find(({ goneName }) => goneName === '吴秀英')?.id ?? '';
    await liuMin.step('roster.unlinkIdentities', { linkId });
    await say('吴秀英', `回执 ${poll.topicNumber}`, /这个账号的票没有丢，关联时并到您的另一个账号名下了/u);
    await say('吴秀英', '回执', /这个账号的票没有丢/u);
    await say('吴秀英', `议题${poll.topicNumber} 投2`, /两个账号只有一票/u);
    const ballots = app.database.db.collection('ballots');
    expect(await ballots.countDocuments({ pollId: poll.id, choice: 1 })).toBe(0);
  });
});

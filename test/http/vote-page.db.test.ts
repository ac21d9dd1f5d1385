import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Poll } from '#core/poll';
import { inFours } from '#src/proof/short-code';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { signIn, type ConsoleUser } from '#test/support/console';
import { openPollPage } from '#test/support/poll-page';
import { visitor, type Seen, type Visitor } from '#test/support/page-visitor';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
let page: string;
let poll: Poll;
const everything: Seen[] = [];

beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  ({ poll, page } = await opened('3号楼加装电梯'));
});
afterAll(() => app.stop());

const opened = (title: string) => openPollPage({ app, town, liuMin }, title);

const someone = (headers?: Record<string, string>): Visitor => visitor(app.baseUrl, headers);

/** Asks for a code on the page and reads it in the person's one-to-one chat. */
async function codeOf(one: Visitor, who: string, at = page): Promise<string> {
  everything.push(await one.send(`${at}/code`, { who }));
  await town.quiet();
  const { text } = await town.direct(who).expectReply(/^投票码/u);
  return /\d{6}/u.exec(text)?.[0] ?? '';
}

async function entered(who: string, at = page): Promise<Visitor> {
  const one = someone();
  const code = await codeOf(one, who, at);
  everything.push(await one.send(`${at}/enter`, { who, code }));
  return one;
}

async function votes(one: Visitor, option: string, at = page): Promise<Seen> {
  const confirm = await one.send(`${at}/choose`, { option });
  const sent = await one.send(`${at}/cast`, { option, ticket: confirm.field('ticket') });
  everything.push(confirm, sent);
  await town.quiet();
  return sent;
}

/** What is said to this person; the rules below name every option. */
const beforeRules = (words: string) => words.split('为什么问您')[0] ?? '';

const ballots = (pollId = poll.id) =>
  app.database.db
    .collection<{ personId: string; choice: number[]; path: string }>('ballots')
    .find({ pollId })
    .toArray();

describe('every step', () => {
  const STEPS = [
    ['GET', ''],
    ['GET', '/choose'],
    ['GET', '/sent?ticket=x'],
    ['POST', '/code'],
    ['POST', '/enter'],
    ['POST', '/choose'],
    ['POST', '/cast'],
    ['POST', '/leave'],
  ] as const;

  it.each(STEPS)('%s %s of a poll without the right link is not there', async (method, step) => {
    const one = someone();
    const at = `/vote/1-AAAAAAAAAAAA${step}`;
    const fields = { who: '张桂兰', code: '123456', option: '1', ticket: 'x' };
    const { status, words } = await (method === 'GET' ? one.open(at) : one.send(at, fields));
    expect([status, words]).toEqual([404, expect.stringContaining('没有找到这个表决')]);
  });

  it.each(STEPS)(
    '%s %s without a pass, or with one that nobody gave, casts nothing',
    async (method, step) => {
      for (const cookie of ['', 'yishi.vote=W10.AAAA', 'yishi.vote=x']) {
        const one = someone({ cookie });
        const fields = { who: '谁也不是', code: '123456', option: '1', ticket: 'x' };
        const { status, words } = await (method === 'GET'
          ? one.open(page + step)
          : one.send(page + step, fields));
        expect([status, words]).toEqual([200, expect.stringMatching(/先说您是谁|请看议事助手的私聊/u)]);
      }
      expect(await ballots()).toEqual([]);
    },
  );

  it('takes no form that is too large', async () => {
    const { status, words } = await someone().send(`${page}/code`, { who: '王'.repeat(20_000) });
    expect([status, words]).toEqual([400, expect.stringContaining('没有投出去')]);
  });
});

describe('who somebody is', () => {
  it('is asked once more for who is on no roll, in the same words as for a voter', async () => {
    const stranger = await someone().send(`${page}/code`, { who: '马力' });
    const voter = await someone().send(`${page}/code`, { who: '何涛' });
    await town.quiet();
    expect(stranger.words.replaceAll('马力', '何涛')).toBe(voter.words);
    expect(stranger.words).toContain('可能名册里没有您');
    await town.direct('何涛').expectReply(/^投票码：\d{6}，议题#1网页投票用/u);
    expect(await app.database.db.collection('votingCodes').countDocuments()).toBe(1);
  });

  it('is known by the code that came one-to-one; the code is nowhere but there', async () => {
    const one = someone();
    const code = await codeOf(one, '冯玉梅');
    const kept = JSON.stringify(await app.database.db.collection('votingCodes').find().toArray());
    expect(kept).not.toContain(code);
    const { path, words } = await one.send(`${page}/enter`, {
      who: '冯玉梅',
      code: ` ${code.slice(0, 3)} ${code.slice(3)}`,
    });
    expect(path).toBe(page);
    expect(words).toContain('选一项');
    expect(one.cookie()).toMatch(/^yishi\.vote=/u);
  });

  it('is not known by a code of somebody else, of another poll, used, or guessed too often', async () => {
    const one = someone();
    const code = await codeOf(one, '郑伟');
    const other = await opened('车棚装充电桩');
    const refused = async (path: string, fields: Record<string, string>) => {
      const { words } = await someone().send(`${path}/enter`, fields);
      expect(words).toContain('这个投票码不对，或者过了时间');
    };
    await refused(page, { who: '赵国强', code });
    await refused(other.page, { who: '郑伟', code });
    await one.send(`${page}/enter`, { who: '郑伟', code });
    await refused(page, { who: '郑伟', code });
    const next = await codeOf(someone(), '周建军');
    for (let tries = 0; tries < 5; tries += 1)
      await refused(page, { who: '周建军', code: next === '000000' ? '000001' : '000000' });
    await refused(page, { who: '周建军', code: next });
  });

  it('is asked for no second code within a minute', async () => {
    await codeOf(someone(), '吴秀英');
    await someone().send(`${page}/code`, { who: '吴秀英' });
    await town.quiet();
    await town.direct('吴秀英').shouldNotReply();
    await town.clock.forward(61);
    await codeOf(someone(), '吴秀英');
  });

  it('is said again after ten minutes', async () => {
    await town.clock.forward(61);
    const code = await codeOf(someone(), '吴秀英');
    await town.clock.forward(600);
    const { words } = await someone().send(`${page}/enter`, { who: '吴秀英', code });
    expect(words).toContain('过了时间');
  });
});

describe('a vote', () => {
  it('goes through the inbox, is marked as of the page, and is answered without the choice', async () => {
    const one = await entered('张桂兰');
    await town.residents.unread();
    const { path, words } = await votes(one, '2');
    expect(path).toBe(page);
    expect(words).toMatch(/已收到您的票.*[A-Z2-9]{4}-[A-Z2-9]{4}/u);
    expect(beforeRules(words)).not.toMatch(/选的是|反对/u);
    expect(await ballots()).toMatchObject([{ personId: 'person:resident-1', choice: [1], path: 'page' }]);
    const told = await town.direct('张桂兰').expectReply(/^您的票已收到：议题#1。\n是在网页上投的/u);
    expect(told.text).not.toContain('反对');
    const events = await app.database.db.collection('ballotEvents').find({ pollId: poll.id }).toArray();
    expect(events).toMatchObject([{ path: 'page', choice: [1] }]);
    await town.residents.shouldNotReply();
  });

  it('is one a person whatever the way: changed in chat, and changed back on the page', async () => {
    const one = await entered('李明');
    await votes(one, '1');
    await town.direct('李明').says('李明', '议题1 投3');
    expect((await ballots()).filter(({ personId }) => personId === 'person:resident-2')).toMatchObject([
      { choice: [2], path: 'direct' },
    ]);
    const { words } = await votes(one, '2');
    expect(words).toContain('已收到您的票');
    expect((await ballots()).filter(({ personId }) => personId === 'person:resident-2')).toMatchObject([
      { choice: [1], path: 'page' },
    ]);
    await town.direct('李明').expectReply(/^已改：议题#1，在网页上改的/u);
  });

  it('that another one with a later time keeps out is not told as counted', async () => {
    const one = await entered('冯玉梅');
    await votes(one, '1');
    const [own] = (await ballots()).filter(({ personId }) => personId === 'person:resident-9');
    const later = { $set: { sentAt: new Date(town.clock.now().getTime() + 60_000) } };
    await app.database.db
      .collection('ballots')
      .updateOne({ pollId: poll.id, personId: own?.personId }, later);
    const { words } = await votes(one, '2');
    expect(words).toContain('这次没有改：您的另一票时间更晚');
    expect(words).not.toContain('已收到您的票');
    expect((await ballots()).find(({ personId }) => personId === own?.personId)?.choice).toEqual([0]);
    await town.clock.forward(61);
  });

  it('sent twice is one vote', async () => {
    const one = await entered('王芳');
    const ticket = (await one.send(`${page}/choose`, { option: '1' })).field('ticket');
    const twice = [1, 2].map(() => one.send(`${page}/cast`, { option: '1', ticket }));
    for (const { words } of await Promise.all(twice)) expect(words).toContain('已收到您的票');
    await town.quiet();
    const events = app.database.db.collection('ballotEvents');
    expect(await events.countDocuments({ pollId: poll.id, voterId: 'person:resident-3' })).toBe(1);
  });

  it('of nothing, of two where one is allowed, or of what is not there is sent back with a sentence', async () => {
    const one = await entered('赵国强');
    const sent = async (fields: Record<string, string | string[]>) =>
      (await one.send(`${page}/choose`, fields)).words;
    expect(await sent({})).toContain('还没投出去：还没有选');
    expect(await sent({ option: ['1', '2'] })).toContain('一人只选一项');
    expect(await sent({ option: '9' })).toContain('没有第9项');
    const ticket = (await one.send(`${page}/choose`, { option: '1' })).field('ticket');
    expect((await one.send(`${page}/cast`, { option: ['1', '2'], ticket })).words).toContain('还没投出去');
    expect((await ballots()).some(({ personId }) => personId === 'person:resident-4')).toBe(false);
  });

  it('needs a ticket of this very person: another’s or none is refused, and nothing is counted', async () => {
    const [one, other] = [await entered('孙丽'), await entered('何涛')];
    const ticket = (await other.send(`${page}/choose`, { option: '1' })).field('ticket');
    for (const forged of [ticket, '', 'x.y', `${ticket}x`]) {
      const { status, words } = await one.send(`${page}/cast`, { option: '1', ticket: forged });
      expect([status, words]).toEqual([409, expect.stringContaining('没有投出去')]);
    }
    expect((await ballots()).some(({ personId }) => personId === 'person:resident-5')).toBe(false);
  });

  it('is not taken from a page of somebody else’s, nor without a pass, nor with the pass of another poll', async () => {
    const one = await entered('周建军');
    const foreign = await fetch(`${app.baseUrl}${page}/cast`, {
      method: 'POST',
      headers: { cookie: one.cookie(), 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ option: '1' }),
    });
    expect(foreign.status).toBe(403);
    const bare = await someone().send(`${page}/cast`, { option: '1', ticket: 'x' });
    expect(bare.words).toContain('先说您是谁');
    const second = await opened('小区门口装道闸');
    const elsewhere = await someone({ cookie: one.cookie() }).send(`${second.page}/choose`, { option: '1' });
    expect(elsewhere.words).toContain('先说您是谁');
  });
});

describe('afterwards', () => {
  it('the link shows the receipt again, and no trace of the choice', async () => {
    const one = await entered('冯玉梅');
    await votes(one, '1');
    const { words } = await one.open(page);
    expect(words).toContain('已收到您的票');
    expect(beforeRules(words)).not.toMatch(/选一项|选的是|赞成/u);
  });

  it('somebody else takes the phone: 换人 leaves nothing', async () => {
    const one = await entered('吴秀英');
    await votes(one, '1');
    const { words } = await one.send(`${page}/leave`, {});
    expect(words).toContain('先说您是谁');
    expect(one.cookie()).toBe('');
  });

  it('who was taken off the roll reads so, and casts nothing', async () => {
    const one = await entered('郑伟');
    const before = await ballots();
    const off = app.app.stores.polls.mayCast(poll.id, 'person:resident-8', 'person:resident-8', false);
    if (off.kind !== 'update') throw new Error('no update');
    await app.database.db.collection('rolls').updateOne(off.filter, off.update);
    const { words } = await one.open(page);
    expect(words).toContain('名册里没有您');
    expect((await votes(one, '1')).words).toContain('名册里没有您');
    expect(await ballots()).toEqual(before);
  });

  it('no step and no log holds a code, a link, or a pass', () => {
    const log = app.logged.join('\n');
    expect(log).not.toContain(poll.pageCode);
    expect(log).not.toMatch(/yishi\.vote|投票码/u);
    expect(everything.length).toBeGreaterThan(20);
    for (const { path } of everything) expect(path).not.toMatch(/option|figure|choice/u);
  });
});

describe('the end', () => {
  it('a poll that was ended with a reason, and one that was annulled, say so', async () => {
    const gone = await opened('电梯广告费怎么用');
    const one = await entered('孙丽', gone.page);
    await liuMin.step('poll.annul', { pollId: gone.poll.id, reason: '名册弄错了' });
    await town.clock.forward(11);
    for (const path of [gone.page, `${gone.page}/choose`]) {
      const { words } = await one.open(path);
      expect(words).toContain('这次表决作废了，投过的票都不算。原因：名册弄错了');
    }
  });

  it('counts what was cast in time, shows it to everybody, and takes nothing more', async () => {
    await town.clock.to('2026-09-05T17:30:00+08:00');
    const voter = await entered('李明');
    await votes(voter, '2');
    const receipt =
      (
        await app.database.db
          .collection<{ receipt: string }>('ballots')
          .findOne({ pollId: poll.id, voterName: '李明' })
      )?.receipt ?? 'none';
    const late = await entered('孙丽');
    const confirm = await late.send(`${page}/choose`, { option: '1' });
    await town.clock.to('2026-09-05T18:00:01+08:00');
    const before = await ballots();
    const { words } = await late.send(`${page}/cast`, { option: '1', ticket: confirm.field('ticket') });
    expect(words).toMatch(/结果：/u);
    await town.quiet();
    expect(await ballots()).toEqual(before);
    const all = await someone().open(page);
    expect(all.words).toMatch(/\d+人投了\d+人/u);
    expect(all.html).toContain(`/verify/${poll.fingerprint.slice(0, 16)}`);
    expect(all.words).not.toMatch(/张桂兰|李明/u);
    expect(all.words).not.toContain('回执');
    const own = await voter.open(page);
    expect(own.words).toMatch(/结果：.*回执.*收到/u);
    expect(own.words).toContain(inFours(receipt));
  });
});

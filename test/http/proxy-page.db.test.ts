import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { vendorIdOf } from '#core/message';
import { inFours } from '#src/proof/short-code';
import { startApp, type TestApp } from '#test/support/app';
import { visitor, type Seen, type Visitor } from '#test/support/page-visitor';
import { openProxyTown, type ProxyTown } from '#test/support/proxy-town';

let app: TestApp;
let town: ProxyTown;
let pollId = '';
let page = '';
let liMing: Visitor;

beforeAll(async () => {
  app = await startApp();
  town = await openProxyTown(app);
  pollId = await town.open('加装电梯', { proxiesPerHolder: 3, secrecy: 'secret' });
  page = await pageOf(pollId);
  for (const name of ['王芳', '何涛']) await town.say(name, '委托 3-2-502', /^委托记下了/u);
  await town.direct('李明').unread();
  liMing = await entered('李明');
});
afterAll(() => app.stop());

async function pageOf(id: string): Promise<string> {
  const poll = await app.app.stores.polls.byId(id);
  return `/vote/${poll?.topicNumber ?? 0}-${poll?.pageCode ?? ''}`;
}

async function entered(who: string, at = page): Promise<Visitor> {
  const one = visitor(app.baseUrl);
  await one.send(`${at}/code`, { who: town.doorOf(who) });
  await town.quiet();
  const { text } = await town.direct(who).expectReply(/^投票码/u);
  await one.send(`${at}/enter`, { who: town.doorOf(who), code: /\d{6}/u.exec(text)?.[0] ?? '' });
  return one;
}

/** The key under which a voter's page links to the vote of whoever is behind this door. */
function keyIn({ html }: Pick<Seen, 'html'>, label: string): string {
  const part = html.split('<h3>').find((one) => one.slice(0, one.indexOf('</h3>')).includes(label));
  return /choose\?for=([\w-]{22})/u.exec(part ?? '')?.[1] ?? '';
}

async function votes(one: Visitor, option: string, heldKey = '', at = page): Promise<Seen> {
  const confirm = await one.send(`${at}/choose`, { option, for: heldKey });
  return one.send(`${at}/cast`, { option, for: heldKey, ticket: confirm.field('ticket') });
}

const WANG = '3号楼2单元501';
const HE = '3号楼2单元503';

describe('whom else a voter may vote for', () => {
  it('is said on the page, with how to do it there and one-to-one', async () => {
    const { words } = await liMing.open(page);
    expect(words).toContain('您还受2户委托');
    expect(words).toContain(`${WANG} 还没有票。 替${WANG}投`);
    expect(words).toContain('「代投 议题1 3-2-501 1」，最后是选项的数字。不想代，「退回委托 议题1 3-2-501」');
    expect(words).toContain('选一项');
  });

  it('is nothing to who was not authorised, and nothing to whoever did not show who they are', async () => {
    expect((await visitor(app.baseUrl).open(page)).words).not.toMatch(/委托[^，]*替|您还受/u);
    for (const name of ['王芳', '周岚']) {
      const { words, html } = await (await entered(name)).open(page);
      expect(words).not.toContain('您还受');
      expect(html).not.toContain('for=');
    }
  });

  it('is voted for with a choice and a receipt of its own, and the voter hears that, not what', async () => {
    const key = keyIn(await liMing.open(page), WANG);
    const choose = await liMing.open(`${page}/choose?for=${key}`);
    expect(choose.words).toMatch(/替3号楼2单元501投票 这不是您自己的票/u);
    const confirm = await liMing.send(`${page}/choose`, { option: '2', for: key });
    expect(confirm.words).toMatch(/替3号楼2单元501选的是 反对/u);
    const sent = await liMing.send(`${page}/cast`, {
      option: '2',
      for: key,
      ticket: confirm.field('ticket'),
    });
    await town.quiet();
    expect(sent.path).toBe(`${page}/held?for=${key}`);
    const ballot = (await town.ballotAt('3-2-501', pollId)) as { receipt: string };
    expect(ballot).toMatchObject({
      choice: [1],
      path: 'proxy',
      enteredById: await town.voterIdAt('3-2-502', pollId),
    });
    expect(sent.words).toContain(`已收到您替${WANG}投的票`);
    expect(sent.words).toContain(inFours(ballot.receipt));
    expect(await town.ballotAt('3-2-502', pollId)).toBeNull();
    const told = await town.direct('王芳').expectReply(/^受委托的人替您投了/u);
    const held = await town.direct('李明').expectReply(/^替3号楼2单元501投的票收到了[^]*在网页上投的/u);
    for (const { text } of [told, held]) expect(text).not.toMatch(/赞成|反对|弃权/u);
    await town.secretaries.shouldNotReply();
  });

  it('stands apart from the voter’s own vote, which has its own', async () => {
    const own = await votes(liMing, '1');
    await town.quiet();
    expect(await town.ballotAt('3-2-502', pollId)).toMatchObject({ choice: [0], path: 'page' });
    expect(await town.ballotAt('3-2-501', pollId)).toMatchObject({ choice: [1] });
    const { receipt } = (await town.ballotAt('3-2-502', pollId)) as { receipt: string };
    expect(own.words).toMatch(new RegExp(`已收到您的票[^]*${inFours(receipt)}[^]*您还受2户委托`, 'u'));
  });

  it('sent twice is one vote, and another choice is a change', async () => {
    const key = keyIn(await liMing.open(page), HE);
    const { field } = await liMing.send(`${page}/choose`, { option: '3', for: key });
    const cast = { option: '3', for: key, ticket: field('ticket') };
    await Promise.all([liMing.send(`${page}/cast`, cast), liMing.send(`${page}/cast`, cast)]);
    await town.quiet();
    const events = app.database.db.collection('ballotEvents');
    const voterId = await town.voterIdAt('3-2-503', pollId);
    expect(await events.countDocuments({ pollId, voterId })).toBe(1);
    await town.clock.forward(1);
    await votes(liMing, '1', key);
    await town.quiet();
    expect(await events.countDocuments({ pollId, voterId })).toBe(2);
    expect(await town.ballotAt('3-2-503', pollId)).toMatchObject({ choice: [0], path: 'proxy' });
  });
});

describe('a crafted request', () => {
  const before = async () =>
    JSON.stringify(await app.database.db.collection('ballots').find({ pollId }).sort({ _id: 1 }).toArray());

  it('with the key of somebody else’s page, a voter’s id, or nonsense votes for nobody', async () => {
    await town.clock.forward(61);
    const [kept, zhou] = [await before(), await entered('周岚')];
    const own = await zhou.send(`${page}/choose`, { option: '1' });
    const tries = [
      keyIn(await liMing.open(page), WANG),
      await town.voterIdAt('3-2-501', pollId),
      'x'.repeat(22),
      ['x', 'y'],
    ];
    for (const heldKey of tries) {
      const said = { option: '1', for: heldKey, ticket: own.field('ticket') };
      const answers = [await zhou.send(`${page}/choose`, said), await zhou.send(`${page}/cast`, said)];
      if (typeof heldKey === 'string') answers.push(await zhou.open(`${page}/choose?for=${heldKey}`));
      for (const { words } of answers) {
        expect(words).toContain('现在没有这样委托您的');
        expect(words).not.toContain('2单元501');
      }
      const { words } = await zhou.open(`${page}/held?for=${String(heldKey)}`);
      expect(words).not.toMatch(/2单元501|已收到您替/u);
    }
    await town.quiet();
    expect(await before()).toBe(kept);
  });

  it('with a ticket that was made for another vote of the same voter is refused', async () => {
    const kept = await before();
    const at = await liMing.open(page);
    const [wang, he] = [keyIn(at, WANG), keyIn(at, HE)];
    const own = await liMing.send(`${page}/choose`, { option: '3' });
    const forWang = await liMing.send(`${page}/choose`, { option: '3', for: wang });
    const tries = [
      { for: wang, ticket: own.field('ticket') },
      { for: he, ticket: forWang.field('ticket') },
      { ticket: forWang.field('ticket') },
    ];
    for (const said of tries)
      expect((await liMing.send(`${page}/cast`, { option: '3', ...said })).status).toBe(409);
    await town.quiet();
    expect(await before()).toBe(kept);
  });
});

describe('what changes while the page is open', () => {
  it('is shown: who voted in person is not voted for, and their receipt is theirs alone', async () => {
    const key = keyIn(await liMing.open(page), HE);
    const { field } = await liMing.send(`${page}/choose`, { option: '3', for: key });
    await town.say('何涛', '2', /^已改/u);
    const late = await liMing.send(`${page}/cast`, { option: '3', for: key, ticket: field('ticket') });
    await town.quiet();
    expect(late.words).toContain('这一票没算进去：对方已经有自己的票，以那一票为准');
    const { receipt } = (await town.ballotAt('3-2-503', pollId)) as { receipt: string };
    const { words, html } = await liMing.open(page);
    expect(words).toContain(`${HE} 已经有自己的票，以那一票为准，不用代投。`);
    expect(words).not.toContain(inFours(receipt));
    expect(keyIn({ html }, HE)).toBe('');
  });

  it('is asked anew when the vote is decided: after a withdrawal it is not counted', async () => {
    const key = keyIn(await liMing.open(page), WANG);
    const { field } = await liMing.send(`${page}/choose`, { option: '3', for: key });
    await town.say('王芳', '撤销委托', /^委托撤销了/u);
    const late = await liMing.send(`${page}/cast`, { option: '3', for: key, ticket: field('ticket') });
    expect(late.words).toContain('现在没有这样委托您的');
    expect(await town.ballotAt('3-2-501', pollId)).toMatchObject({ choice: [1] });
    expect((await liMing.open(page)).words).toContain('您还受1户委托');
    const identity = await app.app.stores.people.reachedAs(await personOf('李明'));
    if (!identity) throw new Error('nobody to write as');
    const { direct } = identity;
    await app.app.engine.sink({
      from: direct,
      conversationKind: 'direct',
      messageId: 'page:forged',
      sender: { vendorId: vendorIdOf(identity.id, direct), isSelf: false, direct },
      mentionsBot: false,
      sentAt: town.clock.now(),
      body: {
        type: 'proxyBallot',
        pollId,
        voterId: await town.voterIdAt('3-2-501', pollId),
        given: { kind: 'list', values: [3] },
      },
      attachments: [],
    });
    await town.quiet();
    const fate = await app.app.stores.inboxFates.fateOf(direct, 'page:forged');
    expect(fate).toEqual({ state: 'decided', event: 'delegation.notHeld' });
    expect(await town.ballotAt('3-2-501', pollId)).toMatchObject({ choice: [1] });
  });

  it('ends with the poll: the result, with what was cast for others', async () => {
    await town.clock.to('2026-09-08T18:00:05+08:00');
    expect((await votes(liMing, '1', keyIn(await liMing.open(page), HE))).words).toContain('结果');
    expect((await liMing.open(`${page}/held`)).words).toContain('结果');
  });
});

async function personOf(name: string): Promise<string> {
  const people = app.database.db.collection<{ _id: string; name: string }>('people');
  return (await people.findOne({ name }))?._id ?? '';
}

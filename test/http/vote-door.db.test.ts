import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Poll } from '#core/poll';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { signIn, type ConsoleUser } from '#test/support/console';
import { visitor, type Visitor } from '#test/support/page-visitor';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
let poll: Poll;
let page: string;

const PEOPLE = [
  ['王芳', '3-2-501', '1234'],
  ['赵国强', '3-2-501', '2222'],
  ['李明', '3-2-502', '1111'],
  ['何涛', '3-2-503', '3333'],
] as const;

beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  const rows = PEOPLE.map(([name, door, tail]) => [...door.split('-'), name, tail, '是'].join(','));
  const text = ['楼栋,单元,房号,姓名,手机尾号,是否业主', ...rows].join('\n');
  const file = { data: Buffer.from(text).toString('base64'), absent: 'keep' as const };
  await liuMin.step('roster.import', { ...file, basis: (await liuMin.preview('roster.import', file)).basis });
  for (const [name, door, tail] of PEOPLE) {
    await town.direct(name).says(name, `绑定 ${door} ${name} 尾号${tail}`);
    await town.direct(name).expectReply(/^核对好了/u);
  }
  ({ poll, page } = await opened('3号楼加装电梯'));
});
afterAll(() => app.stop());

async function opened(title: string): Promise<{ poll: Poll; page: string }> {
  const options = ['赞成', '反对', '弃权'];
  const topic = { concernIds: [], title, description: '', options, source: 'residents' as const };
  const topicId = (await liuMin.step('topic.create', topic)).created?.id ?? '';
  const { created } = await liuMin.step('poll.open', {
    topicId,
    groupIds: ['group:xingfuli-residents'],
    closesAt: '2026-09-05T18:00:00+08:00',
    quorum: 0,
    options,
    electorateOf: { kind: 'households' },
  });
  await town.clock.forward(61);
  const found = await app.app.stores.polls.byId(created?.id ?? '');
  if (!found) throw new Error('no poll');
  return { poll: found, page: `/vote/${found.topicNumber}-${found.pageCode ?? ''}` };
}

async function codeFor(name: string): Promise<string> {
  const { text } = await town.direct(name).expectReply(/^投票码/u);
  return /\d{6}/u.exec(text)?.[0] ?? '';
}

/** Says the door on the page and types the code that this member of the household got. */
async function entered(door: string, name: string, at = page): Promise<Visitor> {
  const one = visitor(app.baseUrl);
  await one.send(`${at}/code`, { who: door });
  await town.quiet();
  await one.send(`${at}/enter`, { who: door, code: await codeFor(name) });
  return one;
}

async function votes(one: Visitor, option: string, at = page) {
  const confirm = await one.send(`${at}/choose`, { option });
  return one.send(`${at}/cast`, { option, ticket: confirm.field('ticket') });
}

const ballots = (pollId = poll.id) => app.database.db.collection('ballots').find({ pollId }).toArray();

describe('a household at the page of a poll', () => {
  it('says its door, in whatever spelling; each member gets a code of their own', async () => {
    const one = await entered('3号楼2单元501', '王芳');
    const other = await codeFor('赵国强');
    const { words } = await votes(one, '1');
    expect(words).toMatch(/已收到您的票[^]*3号楼2单元501/u);
    expect(await ballots()).toMatchObject([
      { path: 'page', choice: [0], voterId: expect.stringContaining('3-2-501') as string },
    ]);
    const second = visitor(app.baseUrl);
    await second.send(`${page}/code`, { who: '3-2-501' });
    await second.send(`${page}/enter`, { who: '3-2-501', code: other });
    await town.quiet();
    expect((await votes(second, '2')).words).toMatch(/已收到您的票/u);
    await town.quiet();
    const told = await town.direct('王芳').expectReply(/您这一户的票改过了/u);
    expect(told.text).not.toMatch(/赞成|反对/u);
    expect(await ballots()).toMatchObject([{ path: 'page', choice: [1] }]);
  });

  it('that there is not gets the very same answer, and nobody a code', async () => {
    await town.clock.forward(61);
    for (const [name] of PEOPLE) await town.direct(name).unread();
    const [there, nowhere] = [visitor(app.baseUrl), visitor(app.baseUrl)];
    const known = await there.send(`${page}/code`, { who: '3-2-502' });
    const unknown = await nowhere.send(`${page}/code`, { who: '9-9-902' });
    expect(unknown.words.replace('9-9-902', '3-2-502')).toBe(known.words);
    await town.quiet();
    await codeFor('李明');
    for (const name of ['王芳', '赵国强', '何涛']) await town.direct(name).shouldNotReply();
  });
});

describe('a vote that is under way for long', () => {
  /** Whoever talks so much is put off; what they vote on the page waits behind it. */
  async function putOff(name: string): Promise<void> {
    for (let n = 0; n < 22; n += 1) await town.direct(name).post(name, '帮助');
  }

  it('says so, looks again by itself, and shows the receipt when it is counted', async () => {
    await town.clock.forward(61);
    const one = await entered('3-2-502', '李明');
    await putOff('李明');
    const waiting = await votes(one, '1');
    expect(waiting.path).toMatch(/\/sent\?ticket=/u);
    expect(waiting.words).toMatch(/正在送出[^]*已经存下/u);
    expect(waiting.headers.get('refresh')).toBe(`2;url=${waiting.path}`);
    expect(waiting.html).not.toMatch(/没算进去/u);
    const before = (await ballots()).length;
    await town.clock.forward(120);
    await town.quiet();
    const counted = await one.open(waiting.path);
    expect([counted.path, counted.words]).toEqual([page, expect.stringMatching(/已收到您的票/u)]);
    expect(await ballots()).toHaveLength(before + 1);
  });

  it('of a poll that was annulled meanwhile says why it is not counted', async () => {
    const other = await opened('修大门');
    const one = await entered('3-2-503', '何涛', other.page);
    await putOff('何涛');
    const waiting = await votes(one, '1', other.page);
    expect(waiting.words).toMatch(/正在送出/u);
    await liuMin.step('poll.annul', { pollId: other.poll.id, reason: '题目写错了' });
    await town.clock.forward(120);
    await town.quiet();
    const refused = await one.open(waiting.path);
    expect(refused.words).toMatch(/这一票没算进去：这次表决作废了[^]*题目写错了/u);
    expect(await ballots(other.poll.id)).toEqual([]);
  });

  it('with a ticket that nobody gave is not found, and nothing is counted', async () => {
    await town.clock.forward(61);
    const one = await entered('3-2-502', '李明');
    const before = await ballots();
    const { words } = await one.open(`${page}/sent?ticket=x.y`);
    expect(words).toMatch(/没有找到刚才那一票/u);
    expect(await ballots()).toEqual(before);
  });
});

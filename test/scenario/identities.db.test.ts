import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createCounter } from '#procedure/counting';
import { judgePoll } from '#procedure/verdict';
import type { PollDetail } from '#src/http/contract-polls';
import type { ConcernDetail, MeetingDetail, Page } from '#src/http/contract-views';
import type { PollExport } from '#src/proof/export-format';
import { verifyExport } from '#src/proof/verify-export';
import type { IdentityLinkRow } from '#src/http/contract-roster';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { refusedStep, signIn, type ConsoleUser } from '#test/support/console';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
});
afterAll(() => app.stop());

async function codeOf(name: string): Promise<string> {
  await town.direct(name).says(name, '关联');
  const { text } = await town.direct(name).expectReply(/10分钟内有效/);
  return /\d{6}/u.exec(text)?.[0] ?? '';
}

async function says(name: string, words: string, reply: RegExp): Promise<void> {
  await town.direct(name).says(name, words);
  await town.direct(name).expectReply(reply);
}

const concern = async (number: number) => {
  const { items } = await liuMin.get<Page<{ id: string; number: number }>>('/concerns?state=all');
  const id = items.find((row) => row.number === number)?.id ?? '';
  return liuMin.get<ConcernDetail>(`/concerns/${encodeURIComponent(id)}`);
};
const endorsed = async (number: number) => (await concern(number)).endorsements;

async function openPoll(closesAt: string): Promise<void> {
  const options = ['赞成', '反对', '弃权'];
  const topic = { concernIds: [], title: '装电梯', description: '', options, source: 'residents' as const };
  const topicId = (await liuMin.step('topic.create', topic)).created?.id ?? '';
  const groupIds = ['group:xingfuli-residents'];
  await liuMin.step('poll.open', { topicId, groupIds, closesAt, quorum: 0, options });
  await town.quiet();
}

/** Both accounts answer an invitation, the second one otherwise. */
async function answersBoth(): Promise<void> {
  await liuMin.step('meeting.call', {
    title: '楼道议事',
    agenda: '路灯',
    startsAt: '2026-09-20T19:00:00+08:00',
    room: '议事室',
    invited: '全体居民',
    groupIds: ['group:xingfuli-residents'],
  });
  await town.quiet();
  await says('张桂兰', '报名 1', /^已报名/);
  await says('李明', '请假 1', /./);
}

async function coming() {
  const { items } = await liuMin.get<Page<{ id: string; coming: number; away: number }>>('/meetings');
  const [meeting] = items;
  const { responses } = await liuMin.get<MeetingDetail>(`/meetings/${encodeURIComponent(meeting?.id ?? '')}`);
  return { coming: meeting?.coming, away: meeting?.away, names: responses.map(({ name }) => name) };
}

describe('two accounts of one person', () => {
  it('are not linked in a group, nor by one’s own or a wrong code, of which five are tried', async () => {
    await town.residents.says('王芳', '关联');
    await town.direct('王芳').expectReply(/在这里说就行/);
    await town.residents.shouldNotReply();
    const own = await codeOf('王芳');
    await says('王芳', `关联 ${own}`, /您自己的数字/);
    const wrong = own === '000000' ? '000001' : '000000';
    for (let left = 4; left >= 0; left -= 1) await says('孙丽', `关联 ${wrong}`, /没有找到这6位数字/);
    await says('孙丽', `关联 ${own}`, /先停10分钟/);
    await town.clock.forward(601);
    await says('孙丽', `关联 ${own}`, /过了10分钟/);
  });

  it('of staff are not linked by a code', async () => {
    await says('刘敏', '关联', /工作人员的账号/);
    const code = await codeOf('王芳');
    await says('刘敏', `关联 ${code}`, /工作人员的账号/);
  });

  it('become one: what both raised and endorsed counts once', async () => {
    await says('张桂兰', '反映 3号楼门口的路灯坏了三天，晚上看不清', /已登记：诉求#1/);
    await says('李明', '附议 1', /已附议|连您一共/);
    await says('王芳', '附议 1', /已附议|连您一共/);
    await says('李明', '反映 小区东门的垃圾没有人收，味道很大', /已登记：诉求#2/);
    expect(await endorsed(1)).toBe(2);
    await answersBoth();

    const code = await codeOf('张桂兰');
    await says('李明', `关联 ${code}`, /^关联好了/);
    expect(await endorsed(1)).toBe(1);
    expect(await coming()).toEqual({ coming: 0, away: 1, names: ['李明'] });
    await says('李明', '附议 1', /./);
    expect(await endorsed(1)).toBe(1);
    const people = await liuMin.get<Page<{ name: string }>>('/people');
    expect(people.items.map(({ name }) => name)).not.toContain('李明');
    const rows = app.database.db.collection<{ _id: string; authorId: string }>('concerns');
    expect(await rows.distinct('authorId')).toEqual(['person:resident-1']);
    await says('李明', `关联 ${code}`, /没有找到这6位数字/);
  });

  it('have one vote in the next poll, whichever account says it last', async () => {
    await openPoll('2026-09-05T18:00:00+08:00');
    await says('张桂兰', '1', /您的票已收到/);
    await says('李明', '2', /^已改/);
    const ballots = await app.database.db.collection('ballots').find().toArray();
    expect(ballots).toMatchObject([{ personId: 'person:resident-1', choice: [1] }]);
  });

  it('are taken apart by the secretary, each with what was theirs', async () => {
    const { items } = await liuMin.get<Page<IdentityLinkRow>>('/identity-links');
    expect(items).toMatchObject([{ keptName: '张桂兰', goneName: '李明' }]);
    const linkId = items[0]?.id ?? '';
    await liuMin.step('roster.unlinkIdentities', { linkId });
    expect(await endorsed(1)).toBe(2);
    expect(await coming()).toMatchObject({ coming: 1, away: 1 });
    const people = await liuMin.get<Page<{ name: string }>>('/people');
    expect(people.items.map(({ name }) => name)).toContain('李明');
    const rows = app.database.db.collection<{ _id: string; authorId: string }>('concerns');
    expect((await rows.distinct('authorId')).sort()).toEqual(['person:resident-1', 'person:resident-2']);
    expect(await refusedStep(liuMin, 'roster.unlinkIdentities', { linkId })).toMatchObject({
      code: 'identity.undone',
    });
    const audit = await app.database.db.collection('audit').distinct('action');
    expect(audit).toEqual(expect.arrayContaining(['identity.linked', 'identity.unlinked']));
  });
});

describe('two accounts of one person that both have a vote in an open poll', () => {
  const detail = async () => {
    const { items } = await liuMin.get<Page<{ id: string }>>('/polls');
    return liuMin.get<PollDetail>(`/polls/${encodeURIComponent(items[0]?.id ?? '')}`);
  };

  it('get one of both, the last, at once; the roll stays as it was published', async () => {
    await town.clock.to('2026-09-06T09:00:00+08:00');
    await openPoll('2026-09-08T18:00:00+08:00');
    await says('王芳', '1', /您的票已收到/);
    await says('孙丽', '2', /您的票已收到/);
    await says('赵国强', '1', /您的票已收到/);
    const before = await detail();
    expect(before.voters).toBe(3);
    const code = await codeOf('王芳');
    await says('孙丽', `关联 ${code}`, /^关联好了[^]*并成一票[^]*以后投的那次为准/);
    const after = await detail();
    expect(after).toMatchObject({ voters: 2, struck: 1, rollSize: before.rollSize });
    expect(after.fingerprint).toBe(before.fingerprint);
    const ballot = await app.database.db
      .collection('ballots')
      .findOne({ pollId: after.id, voterId: 'person:resident-3' });
    expect(ballot).toMatchObject({ choice: [1] });
  });

  it('vote once from then on, whichever account says it, and a vote that was on its way is not lost', async () => {
    expect(await app.app.stores.people.conversationsOf(['person:resident-3'])).toHaveLength(2);
    const { id } = await detail();
    const ballots = app.database.db.collection('ballots');
    const struck = { pollId: id, voterId: 'person:resident-5' };
    await says('孙丽', '3', /^已改/);
    expect((await detail()).voters).toBe(2);
    // Decided before the accounts were joined, written after: nobody knows of it but the database.
    const late = new Date('2026-09-07T09:00:00+08:00');
    await ballots.updateOne(struck, { $set: { choice: [0], sentAt: late, messageId: 'late' } });
    await town.clock.to('2026-09-08T18:00:05+08:00');
    const closed = await detail();
    expect(closed).toMatchObject({ state: 'closed', voters: 2, counts: [2, 0, 0] });
    const events = app.database.db.collection('ballotEvents');
    // 1 and 2 by each, the 2 for the one that is left, the 3, the late one, and the neighbour's.
    expect(await events.countDocuments({ pollId: id })).toBe(6);
  });

  it('are shown with the result to whoever checks it, and nothing is wrong', async () => {
    const { id } = await detail();
    const file = await liuMin.get<PollExport>(`/polls/${encodeURIComponent(id)}/export.json`);
    const rules = { countBallots: createCounter, judge: judgePoll };
    expect(verifyExport(file, rules, file.seal.code).faults).toEqual([]);
    expect(file.end.struck).toHaveLength(1);
    const { struck: _, ...end } = file.end;
    const faults = verifyExport({ ...file, end }, rules).faults;
    expect(faults).toContainEqual({ part: 'end', kind: 'changed' });
    const audit = await app.database.db.collection('audit').find({ action: 'poll.votersJoined' }).toArray();
    expect(audit).toMatchObject([{ subjectId: id, facts: { into: 'person:resident-3' } }]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { PollDetail } from '#src/http/contract-polls';
import type { Page } from '#src/http/contract-views';
import type { HouseholdRow, PaperRow, VoterRow } from '#src/http/contract-roster';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { freshRequestId, refusedStep, signIn, type ConsoleUser } from '#test/support/console';

/** A picture of one point. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
let pollId: string;

beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  await imported(
    '3,2,501,王芳,1234,是,89.52',
    '3,2,501,赵国强,2222,否,',
    '3,2,502,李明,1111,是,100',
    '3,2,503,李明,1111,是,50',
    '3,2,504,何涛,3333,是,60',
    '12,1,101,无人,,是,70',
  );
  await bound('王芳', '3-2-501', '1234');
  await bound('赵国强', '3-2-501', '2222');
  await bound('李明', '3-2-502', '1111');
  pollId = await opened({ kind: 'households' });
});
afterAll(() => app.stop());

async function imported(...rows: string[]): Promise<void> {
  const text = ['楼栋,单元,房号,姓名,手机尾号,是否业主,面积', ...rows].join('\n');
  const file = { data: Buffer.from(text).toString('base64'), absent: 'keep' as const };
  const { basis } = await liuMin.preview('roster.import', file);
  await liuMin.step('roster.import', { ...file, basis });
}

async function bound(name: string, door: string, tail: string): Promise<void> {
  await town.direct(name).says(name, `绑定 ${door} ${name} 尾号${tail}`);
  await town.direct(name).expectReply(/^核对好了/);
}

type ElectorateOf = { kind: 'members' | 'residents' | 'households' } | { kind: 'list'; listId: string };

async function opened(
  electorateOf: ElectorateOf,
  title = '3号楼加装电梯',
  closesAt = '2026-09-08T18:00:00+08:00',
): Promise<string> {
  const options = ['赞成', '反对', '弃权'];
  const topic = { concernIds: [], title, description: '', options, source: 'residents' as const };
  const topicId = (await liuMin.step('topic.create', topic)).created?.id ?? '';
  const poll = {
    topicId,
    groupIds: ['group:xingfuli-residents'],
    closesAt,
    quorum: 0,
    options,
    electorateOf,
  };
  const { created } = await liuMin.step('poll.open', poll);
  await town.quiet();
  return created?.id ?? '';
}

const detail = (id = pollId) => liuMin.get<PollDetail>(`/polls/${encodeURIComponent(id)}`);
const ballots = () => app.database.db.collection('ballots').find({ pollId }).sort({ _id: 1 }).toArray();
const voterAt = async (door: string, id = pollId) => {
  const path = `/polls/${encodeURIComponent(id)}/voters?search=${encodeURIComponent(door)}`;
  return (await liuMin.get<Page<VoterRow>>(path)).items[0];
};
const entered = async (door: string, value: number, at?: string) => ({
  pollId,
  voterId: (await voterAt(door))?.voterId ?? '',
  values: [value],
  path: 'paper' as const,
  at: at ?? town.clock.now().toISOString(),
});

describe('a poll of one vote a household', () => {
  it('has one voter for two flats of one owner, and says so in its words', async () => {
    expect(await detail()).toMatchObject({ rollSize: 4, electorate: '幸福里住户，每户1票' });
    expect(await voterAt('3-2-503')).toMatchObject({ label: '3号楼2单元502等2套', voted: 'no' });
    expect(await voterAt('3号楼2单元502')).toEqual(await voterAt('3-2-503'));
    expect(await voterAt('9-9-999')).toBeUndefined();
  });

  it('takes the vote of any member, the last one stands, and the other hears only that it changed', async () => {
    await town.direct('王芳').says('王芳', '1');
    await town.direct('王芳').expectReply(/您的票已收到/);
    await town.direct('赵国强').shouldNotReply();
    await town.direct('赵国强').says('赵国强', '2');
    await town.direct('赵国强').expectReply(/^已改/);
    const told = await town.direct('王芳').expectReply(/您这一户的票改过了/);
    expect(told.text).not.toMatch(/赞成|反对|赵国强/);
    expect(await ballots()).toMatchObject([{ choice: [1], path: 'direct' }]);
    await town.direct('王芳').says('王芳', '2');
    await town.direct('赵国强').shouldNotReply();
  });

  it('counts nothing of who is on no household, and tells a way to be checked', async () => {
    await town.direct('孙丽').says('孙丽', '议题1 投1');
    await town.direct('孙丽').expectReply(/这一票没算进去[^]*绑定 房号 姓名[^]*找/);
    expect(await ballots()).toHaveLength(1);
  });

  it('lets a household vote that is recognised after the opening; the roll stays as it was', async () => {
    const before = await detail();
    await bound('何涛', '3-2-504', '3333');
    await town.direct('何涛').says('何涛', '1');
    await town.direct('何涛').expectReply(/您的票已收到/);
    const after = await detail();
    expect([after.rollSize, after.fingerprint]).toEqual([before.rollSize, before.fingerprint]);
    expect(await ballots()).toHaveLength(2);
  });

  it('counts nothing of a member who was taken off', async () => {
    const { items } = await liuMin.get<Page<HouseholdRow>>('/households');
    const zhao = items.flatMap(({ residents }) => residents).find(({ name }) => name === '赵国强');
    await liuMin.step('roster.unlink', { residentId: zhao?.id ?? '', personId: zhao?.persons[0]?.id ?? '' });
    await town.direct('赵国强').says('赵国强', '议题1 投1');
    await town.direct('赵国强').expectReply(/这一票没算进去/);
    expect((await ballots()).find(({ _id }) => String(_id).includes('501'))).toMatchObject({ choice: [1] });
  });
});

describe('a paper', () => {
  it('counts for a household that nobody in chat is, marked with who entered it and its time, once', async () => {
    const input = await entered('12-1-101', 1, '2026-09-01T09:00:30+08:00');
    const requestId = freshRequestId();
    expect((await liuMin.step('poll.enterBallot', input, requestId)).summary).toBe(
      '已录纸票：12号楼1单元101',
    );
    await liuMin.step('poll.enterBallot', input, requestId);
    const paper = (await ballots()).find(({ path }) => path === 'paper');
    expect(paper).toMatchObject({ choice: [0], enteredById: 'person:secretary', sentAt: new Date(input.at) });
    expect(paper?.['personId']).toBeUndefined();
    expect(await voterAt('12-1-101')).toMatchObject({ voted: 'entered' });
  });

  it('is told to the household, which may vote over it; then no paper counts any more', async () => {
    await liuMin.step('poll.enterBallot', await entered('3-2-502', 2));
    await town.quiet();
    const told = await town.direct('李明').expectReply(/社区录了您这一户的票/);
    expect(told.text).not.toMatch(/反对/);
    await town.direct('李明').says('李明', '1');
    await town.direct('李明').expectReply(/^已改/);
    const again = await liuMin.step('poll.enterBallot', await entered('3-2-503', 2));
    expect(again.summary).toMatch(/以自己投的为准/);
    expect((await ballots()).find(({ _id }) => String(_id).includes('502'))).toMatchObject({
      choice: [0],
      path: 'direct',
    });
  });

  it('that corrects a slip counts; one with an earlier time does not', async () => {
    const at = '2026-09-01T09:00:40+08:00';
    await liuMin.step('poll.enterBallot', await entered('12-1-101', 3, at));
    await liuMin.step('poll.enterBallot', await entered('12-1-101', 2, at));
    const older = await entered('12-1-101', 1, '2026-09-01T09:00:20+08:00');
    expect((await liuMin.step('poll.enterBallot', older)).summary).toMatch(/以晚的为准/);
    expect((await ballots()).find(({ path }) => path === 'paper')).toMatchObject({ choice: [1] });
  });

  it.each([
    [
      'of a voter who is not on the roll',
      { voterId: 'household:place:xingfuli|9-9-999' },
      'ballot.notOnRoll',
    ],
    ['with an option that there is not', { values: [4] }, 'ballot.invalid'],
    ['with two options', { values: [1, 2] }, 'ballot.invalid'],
    ['with a number typed twice', { values: [1, 1] }, 'ballot.invalid'],
    ['from before the opening', { at: '2026-08-01T09:00:00+08:00' }, 'ballot.timeWrong'],
    ['from tomorrow', { at: '2026-09-03T09:00:00+08:00' }, 'ballot.timeWrong'],
  ])('%s is refused and nothing is kept', async (_what, wrong, code) => {
    const before = await ballots();
    const input = { ...(await entered('12-1-101', 1)), ...wrong };
    expect(await refusedStep(liuMin, 'poll.enterBallot', input)).toMatchObject({ status: 422, code });
    expect(await ballots()).toEqual(before);
  });

  it('keeps a note and a photo for secretaries of the place; nobody else gets them, no file has them', async () => {
    const photo = { name: '纸票.png', mime: 'image/png' as const, data: PIXEL };
    const input = {
      ...(await entered('12-1-101', 2, '2026-09-01T09:00:50+08:00')),
      note: '票在铁柜，王主任在场',
      photo,
    };
    await liuMin.step('poll.enterBallot', input);
    await liuMin.step('poll.enterBallot', { ...(await entered('3-2-502', 2)), note: '来晚了' });
    const path = `/polls/${encodeURIComponent(pollId)}/papers`;
    const { items } = await liuMin.get<Page<PaperRow>>(path);
    expect(items.slice(0, 2)).toMatchObject([
      { label: '3号楼2单元502等2套', isCounted: false, note: '来晚了' },
      { label: '12号楼1单元101', isCounted: true, note: '票在铁柜，王主任在场', enteredBy: '刘敏' },
    ]);
    const address = (items[1]?.photo ?? '').replace('/api/console', '');
    const seen = await liuMin.ask('GET', address);
    expect(seen.status).toBe(200);
    const officer = await signIn(app, '刘建国');
    expect((await officer.ask('GET', path)).status).toBe(403);
    expect((await officer.ask('GET', address)).status).toBe(403);
    // Nor by the way to photos of concerns, which other officers have.
    const kept = await app.database.db.collection('papers').findOne({ note: /铁柜/u });
    const media = `/media/${encodeURIComponent((kept?.['photo'] as { mediaId: string }).mediaId)}`;
    for (const user of [officer, liuMin]) expect((await user.ask('GET', media)).status).toBe(404);
    const other = `/polls/${encodeURIComponent('poll:other')}/papers/${encodeURIComponent(items[1]?.id ?? '')}/photo`;
    expect((await liuMin.ask('GET', other)).status).toBe(404);
    const audit = await app.database.db.collection('audit').find({ subjectId: pollId }).toArray();
    expect(audit.map(({ facts }) => (facts as { keeps?: string }).keeps)).toEqual(
      expect.arrayContaining(['note photo', 'note']),
    );
    expect(JSON.stringify(audit)).not.toMatch(/铁柜/u);
    expect(app.logged.join('\n')).not.toMatch(/铁柜/u);
  });

  it('has no note longer than 200 characters and no file that is no picture', async () => {
    const input = await entered('12-1-101', 2);
    const pdf = { mime: 'application/pdf' as 'image/png', data: PIXEL };
    for (const wrong of [{ note: '长'.repeat(201) }, { photo: pdf }])
      expect(await refusedStep(liuMin, 'poll.enterBallot', { ...input, ...wrong })).toMatchObject({
        status: 400,
      });
  });

  it('leaves its trace in the audit, without names', async () => {
    const audit = await app.database.db.collection('audit').find({ subjectId: pollId }).toArray();
    const actions = audit.map(({ action }) => action as string);
    expect(actions).toEqual(
      expect.arrayContaining(['poll.opened', 'ballot.entered', 'ballot.paperNotCounted']),
    );
    expect(JSON.stringify(audit)).not.toMatch(/王芳|李明/);
  });

  it('is not taken after the end, and the result is that of the ballots that stand', async () => {
    await town.clock.to('2026-09-08T18:00:05+08:00');
    const late = { ...(await entered('12-1-101', 1)), at: '2026-09-08T17:00:00+08:00' };
    expect(await refusedStep(liuMin, 'poll.enterBallot', late)).toMatchObject({ code: 'poll.over' });
    expect(await detail()).toMatchObject({ state: 'closed', voters: 4, rollSize: 4 });
    const file = await liuMin.ask('GET', `/polls/${encodeURIComponent(pollId)}/export.json`);
    expect(file.status).toBe(200);
    expect(JSON.stringify(file.body)).not.toMatch(/铁柜|note|photo|mediaId/u);
  });
});

describe('other rolls', () => {
  it('of residents have each of them once, of a list only its members, of nobody are refused', async () => {
    const later = '2026-09-15T18:00:00+08:00';
    const residents = await opened({ kind: 'residents' }, '楼道怎么刷', later);
    expect(await detail(residents)).toMatchObject({ rollSize: 5, electorate: '幸福里核对过的居民，每人1票' });
    const lines = ['3-2-501 王芳', '3-2-502 李明', '3-2-503 李明', '周岚'];
    const bad = { name: '议事会', kind: 'council' as const, lines: [...lines, '3-2-501 张三'] };
    expect(await refusedStep(liuMin, 'roster.saveList', bad)).toMatchObject({
      code: 'roster.listLine',
      message: expect.stringContaining('第5行') as string,
    });
    await liuMin.step('roster.saveList', { name: '议事会', kind: 'council', lines });
    const [list] = (await liuMin.get<Page<{ id: string }>>('/roster-lists')).items;
    const council = await opened({ kind: 'list', listId: list?.id ?? '' }, '议事会选组长', later);
    expect(await detail(council)).toMatchObject({ rollSize: 3 });
    expect(await voterAt('3-2-501', council)).toMatchObject({ label: '3号楼2单元501 王芳' });
  });
});

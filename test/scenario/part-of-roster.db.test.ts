import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { StepInput } from '#src/http/contract';
import type { PollDetail } from '#src/http/contract-polls';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { refusedStep, signIn, type ConsoleUser } from '#test/support/console';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;

const ROWS = [
  '楼栋,单元,房号,姓名,手机尾号,是否业主,面积',
  '3,1,101,王芳,1234,是,100',
  '3,1,102,李明,1111,是,80.5',
  '3,2,101,赵国强,2222,是,90',
  '5,1,101,何涛,3333,是,70',
  // The same owner in another building: nothing of it counts in a vote of building 3.
  '5,1,102,李明,1111,是,60',
];

beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  const file = { data: Buffer.from(ROWS.join('\n')).toString('base64'), absent: 'keep' as const };
  const { basis } = await liuMin.preview('roster.import', file);
  await liuMin.step('roster.import', { ...file, basis });
  for (const [name, door, tail] of [
    ['李明', '3-1-102', '1111'],
    ['赵国强', '3-2-101', '2222'],
  ] as const) {
    await town.direct(name).says(name, `绑定 ${door} ${name} 尾号${tail}`);
    await town.direct(name).expectReply(/^核对好了/);
  }
});
afterAll(() => app.stop());

type Rules = StepInput<'poll.open'>['rules'];
type Electorate = NonNullable<StepInput<'poll.open'>['electorateOf']>;
async function asked(
  electorateOf: Electorate,
  title: string,
  rules: Rules = { article278: 'major' },
): Promise<StepInput<'poll.open'>> {
  const options = ['赞成', '反对', '弃权'];
  const topic = { concernIds: [], title, description: '', options, source: 'residents' as const };
  const topicId = (await liuMin.step('topic.create', topic)).created?.id ?? '';
  return {
    topicId,
    groupIds: ['group:xingfuli-residents'],
    closesAt: '2026-09-08T18:00:00+08:00',
    quorum: 0,
    options,
    rules,
    electorateOf,
  };
}

async function opened(electorateOf: Electorate, title: string, rules?: Rules): Promise<PollDetail> {
  const { created } = await liuMin.step('poll.open', await asked(electorateOf, title, rules));
  await town.clock.forward(11);
  return liuMin.get<PollDetail>(`/polls/${encodeURIComponent(created?.id ?? '')}`);
}

const entriesOf = ({ id }: Pick<PollDetail, 'id'>) =>
  app.database.db.collection('rolls').find({ pollId: id }).sort({ _id: 1 }).toArray();

describe('a vote of a part of the roster', () => {
  it('of one unit has its households only, each with what it owns there, and says so to everybody', async () => {
    const poll = await opened(
      { kind: 'households', within: { buildings: ['3'], units: ['1'] } },
      '3号楼1单元装电梯',
    );

    expect(poll).toMatchObject({ rollSize: 2, electorate: '3号楼1单元住户，每户1票' });
    expect(await entriesOf(poll)).toMatchObject([
      { label: '3号楼1单元101', areaCents: 10_000 },
      { label: '3号楼1单元102', areaCents: 8_050 },
    ]);
    const opening = await town.residents.expectReply(/^【表决】.*3号楼1单元装电梯/u);
    expect(opening.text).toContain('\n3号楼1单元住户，每户1票');
  });

  it('counts its own and nobody from the unit next door', async () => {
    await town.direct('李明').says('李明', '1');
    await town.direct('李明').expectReply(/您的票已收到/);
    await town.direct('赵国强').says('赵国强', '议题1 投1');
    await town.direct('赵国强').expectReply(/这一票没算进去/);
    expect(await app.database.db.collection('ballots').countDocuments()).toBe(1);
  });

  it('of whole buildings names them and shows who voted by building; of one, by its units', async () => {
    const both = await opened({ kind: 'households', within: { buildings: ['3', '5'] } }, '小区大门');
    expect(both).toMatchObject({
      rollSize: 4,
      electorate: '3号楼、5号楼住户，每户1票',
      byBuilding: [{ building: '3号楼' }, { building: '5号楼' }],
    });
    expect(both).not.toHaveProperty('byUnit');
    const one = await opened({ kind: 'residents', within: { buildings: ['3'] } }, '3号楼门禁', {});
    expect(one).toMatchObject({
      rollSize: 3,
      electorate: '3号楼核对过的居民，每人1票',
      byUnit: [
        { unit: '3号楼1单元', voters: 0, members: 2 },
        { unit: '3号楼2单元', voters: 0, members: 1 },
      ],
    });
  });

  it.each([
    ['a building', { buildings: ['3', '4'] }, '名册里没有4号楼，'],
    ['a unit', { buildings: ['3'], units: ['1', '7'] }, '名册里没有3号楼7单元，'],
  ])('with %s that the roster does not have is refused by name', async (_what, within, words) => {
    const input = await asked({ kind: 'households', within }, '看看');
    expect(await refusedStep(liuMin, 'poll.open', input)).toMatchObject({
      status: 422,
      code: 'poll.partUnknown',
      message: expect.stringContaining(words) as string,
    });
  });

  it.each([
    ['units of two buildings', { buildings: ['3', '5'], units: ['1'] }],
    ['no building', { buildings: [] }],
    ['a long name', { buildings: ['楼'.repeat(21)] }],
  ])('with %s is no input', async (_what, within) => {
    const input = await asked({ kind: 'households', within }, '再看看');
    expect(await refusedStep(liuMin, 'poll.open', input)).toMatchObject({ status: 400 });
  });
});

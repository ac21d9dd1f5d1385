import { afterAll, beforeAll, expect, it } from 'vitest';

import { householdIdOf } from '#core/roster';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { signIn, type ConsoleUser } from '#test/support/console';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
let pollId: string;

const WANG = '3,2,501,王芳,1234,是,89.52';
const LI = '3,2,502,李明,1111,是,100';
const HE = '3,2,504,何涛,3333,是,60';

beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  await imported('keep', WANG, '3,2,501,赵国强,2222,否,', LI, '3,2,503,李明,1111,是,50', HE);
  for (const [name, door, tail] of [
    ['王芳', '3-2-501', '1234'],
    ['赵国强', '3-2-501', '2222'],
    ['李明', '3-2-502', '1111'],
    ['李明', '3-2-503', '1111'],
    ['何涛', '3-2-504', '3333'],
  ] as const)
    await bound(name, door, tail);
  const options = ['赞成', '反对', '弃权'];
  const topic = { concernIds: [], title: '加装电梯', description: '', options, source: 'residents' as const };
  const topicId = (await liuMin.step('topic.create', topic)).created?.id ?? '';
  const poll = { topicId, groupIds: ['group:xingfuli-residents'], quorum: 0, options };
  const asked = {
    ...poll,
    closesAt: '2026-09-08T18:00:00+08:00',
    electorateOf: { kind: 'households' as const },
  };
  pollId = (await liuMin.step('poll.open', asked)).created?.id ?? '';
  await town.quiet();
});
afterAll(() => app.stop());

async function imported(absent: 'keep' | 'remove', ...rows: string[]): Promise<void> {
  const text = ['楼栋,单元,房号,姓名,手机尾号,是否业主,面积', ...rows].join('\n');
  const file = { data: Buffer.from(text).toString('base64'), absent };
  const { basis } = await liuMin.preview('roster.import', file);
  await liuMin.step('roster.import', { ...file, basis });
}

async function bound(name: string, door: string, tail: string): Promise<void> {
  await town.direct(name).says(name, `绑定 ${door} ${name} 尾号${tail}`);
  await town.direct(name).expectReply(/^核对好了/);
}

/** Whose ballots there are, by room. */
async function voted(): Promise<string[]> {
  const found = await app.database.db.collection('ballots').find({ pollId }).toArray();
  const doors = ['501', '502', '504'].map((room) => ({
    room,
    id: householdIdOf('place:xingfuli', { building: '3', unit: '2', room }),
  }));
  return found.map(({ voterId }) => doors.find(({ id }) => id === voterId)?.room ?? String(voterId)).sort();
}

it('an owner who is recognised as a member of another household meanwhile speaks for their own alone', async () => {
  await imported('keep', '3,2,501,何涛,3333,否,');
  await bound('何涛', '3-2-501', '3333');
  await town.direct('何涛').says('何涛', '1');
  await town.direct('何涛').expectReply(/^您的票已收到/u);
  expect(await voted()).toEqual(['504']);
});

it('whoever an import takes off the roster casts nothing any more; the others of the household do', async () => {
  await imported('remove', WANG, LI, HE);
  await town.direct('赵国强').says('赵国强', '议题1 投2');
  await town.direct('赵国强').expectReply(/^这一票没算进去[^]*名册里没找到您/u);
  expect(await voted()).toEqual(['504']);
  await town.direct('王芳').says('王芳', '1');
  await town.direct('王芳').expectReply(/^您的票已收到/u);
  expect(await voted()).toEqual(['501', '504']);
});

it('who loses one of two flats that are one voter goes on speaking for it', async () => {
  await town.direct('李明').says('李明', '1');
  await town.direct('李明').expectReply(/^您的票已收到/u);
  expect(await voted()).toEqual(['501', '502', '504']);
});

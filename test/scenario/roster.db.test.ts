import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Page } from '#src/http/contract-views';
import type { HouseholdRow, VerificationRow } from '#src/http/contract-roster';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { freshRequestId, refusedStep, signIn, type ConsoleUser } from '#test/support/console';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  const rows = [
    '楼栋,单元,房号,姓名,手机尾号,是否业主',
    '3,2,501,王芳,1234,是',
    '3,2,501,王大,5678,否',
    '3,2,502,李明,1111,是',
    '3,2,503,赵国强,,是',
  ];
  const file = { data: Buffer.from(rows.join('\n')).toString('base64'), absent: 'keep' as const };
  const { basis } = await liuMin.preview('roster.import', file);
  await liuMin.step('roster.import', { ...file, basis });
});
afterAll(() => app.stop());

const residents = async () =>
  (await liuMin.get<Page<HouseholdRow>>('/households')).items.flatMap((household) => household.residents);
const linkedNames = async () =>
  (await residents())
    .filter(({ isLinked }) => isLinked)
    .map(({ name, persons }) => `${name}=${persons[0]?.name}`);
const waiting = async () => (await liuMin.get<Page<VerificationRow>>('/verifications')).items;

describe('a resident who says who they are', () => {
  it('is asked in a group to say it privately, and neither said nor kept there', async () => {
    await town.residents.says('王芳', '绑定 3-2-501 王芳 尾号1234');
    await town.direct('王芳').expectReply(/在这里说就行/);
    await town.residents.shouldNotReply();
    expect(await linkedNames()).toEqual([]);
    expect(await waiting()).toEqual([]);
  });

  it('is left alone in a group that talks among itself', async () => {
    await town.residents.says('王芳', '我是 来问一下的');
    await town.residents.shouldNotReply();
    await town.direct('王芳').shouldNotReply();
  });

  it('is known at once when room, name and tail fit', async () => {
    await town.direct('王芳').says('王芳', '我是 3号楼2单元501 王芳 尾号1234');
    await town.direct('王芳').expectReply(/^核对好了/);
    expect(await linkedNames()).toEqual(['王芳=王芳']);
    await town.direct('王芳').says('王芳', '绑定 3-2-501 王芳 尾号1234');
    await town.direct('王芳').expectReply(/早就核对好了/);
  });

  it('cannot take the place of somebody who is known, and learns nothing by guessing', async () => {
    const replies: string[] = [];
    for (const words of [
      '绑定 3-2-501 王芳 尾号1234',
      '绑定 3-2-502 李明 尾号9999',
      '绑定 9-9-999 某某 尾号0000',
    ]) {
      await town.direct('孙丽').says('孙丽', words);
      replies.push((await town.direct('孙丽').expectReply(/./)).text);
    }
    expect(new Set(replies).size).toBe(1);
    expect(replies[0]).toMatch(/^已收到，社区核对后告诉您/);
    expect(await linkedNames()).toEqual(['王芳=王芳']);
    for (const tail of ['1', '2', '3'])
      await town.direct('孙丽').says('孙丽', `绑定 3-2-502 李明 尾号000${tail}`);
    await town.direct('孙丽').expectReply(/今天试了5次/);
    await town.direct('孙丽').says('孙丽', '绑定 3-2-502 李明 尾号1111');
    await town.direct('孙丽').expectReply(/今天试了5次/);
    expect(await linkedNames()).toEqual(['王芳=王芳']);
  });

  it('raises a concern when that is what follows', async () => {
    await town.direct('李明').says('李明', '我是3号楼的，楼道灯坏了三天');
    await town.direct('李明').expectReply(/^已登记：诉求#1/);
  });

  it('is told how to say it', async () => {
    await town.direct('李明').says('李明', '绑定');
    await town.direct('李明').expectReply(/还差楼栋房号和姓名/);
  });
});

describe('the secretary', () => {
  it('links whom the program could not, once, and the resident hears it one-to-one', async () => {
    await town.direct('李明').says('李明', '绑定 3-2-502 李明');
    await town.direct('李明').expectReply(/^已收到/);
    const row = (await waiting()).find(({ spokenName }) => spokenName === '李明');
    expect(row?.candidates).toMatchObject([{ name: '李明', isSameName: true, isTaken: false }]);
    const input = { verificationId: row?.id ?? '', residentId: row?.candidates[0]?.residentId };
    const requestId = freshRequestId();
    const first = await liuMin.step('roster.decide', input, requestId);
    expect(first.summary).toBe('已对上：3号楼2单元502 李明');
    expect(await liuMin.step('roster.decide', input, requestId)).toEqual(first);
    await town.quiet();
    await town.direct('李明').expectReply(/您是3号楼2单元502的住户/);
    await town.direct('李明').shouldNotReply();
    expect(await refusedStep(liuMin, 'roster.decide', input)).toMatchObject({ code: 'roster.decided' });
  });

  it('refuses with a reason that the person gets', async () => {
    const row = (await waiting()).find(({ spokenName }) => spokenName === '孙丽');
    const verificationId = row?.id ?? '';
    expect(await refusedStep(liuMin, 'roster.decide', { verificationId })).toMatchObject({
      code: 'roster.reasonMissing',
    });
    await liuMin.step('roster.decide', { verificationId, reason: '登记的是李明本人' });
    await town.quiet();
    await town.direct('孙丽').expectReply(/原因：登记的是李明本人/);
    expect(await waiting()).toEqual([]);
  });

  it('takes a link back and the resident is told; audited without names', async () => {
    const resident = (await residents()).find(({ name }) => name === '李明');
    const link = { residentId: resident?.id ?? '', personId: resident?.persons[0]?.id ?? '' };
    await liuMin.step('roster.unlink', link);
    await town.quiet();
    await town.direct('李明').expectReply(/现在不算3号楼2单元502的住户/);
    expect(await refusedStep(liuMin, 'roster.unlink', link)).toMatchObject({ code: 'roster.notLinked' });
    await liuMin.step('roster.link', link);
    expect(await linkedNames()).toEqual(['王芳=王芳', '李明=李明']);
    const audit = await app.database.db.collection('audit').find().toArray();
    expect(audit.map(({ action }) => action as string)).toEqual(
      expect.arrayContaining(['roster.linkedAtOnce', 'roster.linked', 'roster.unlinked', 'roster.refused']),
    );
    expect(JSON.stringify(audit)).not.toMatch(/王芳|李明/);
    expect(app.logged.join('\n')).not.toMatch(/1234|王芳/);
  });

  it('keeps links over the next import', async () => {
    const file = {
      data: Buffer.from('楼栋,单元,房号,姓名,手机尾号\n3,2,501,王芳,4321').toString('base64'),
      absent: 'keep' as const,
    };
    const { basis } = await liuMin.preview('roster.import', file);
    await liuMin.step('roster.import', { ...file, basis });
    expect(await linkedNames()).toEqual(['王芳=王芳', '李明=李明']);
  });
});

describe('two people who say at the same moment that they are the same resident', () => {
  it('are not both: one is known, the other waits for the secretary', async () => {
    const said = ['周建军', '吴秀英'];
    await Promise.all(said.map((who) => town.direct(who).post(who, '绑定 3-2-501 王大 尾号5678')));
    await town.quiet();
    const known = (await residents()).find(({ name }) => name === '王大')?.persons ?? [];
    expect(known).toHaveLength(1);
    const [other = ''] = said.filter((who) => who !== known[0]?.name);
    expect((await waiting()).map(({ spokenName }) => spokenName)).toContain(other);
  });
});

describe('a roster that is imported while residents say who they are', () => {
  it('keeps what both did, and the preview that was looked at still holds', async () => {
    const doors = Array.from({ length: 12 }, (_, n) => `7,1,${101 + n}`);
    const people = ['周建军', '吴秀英', '冯玉梅', '何涛'].map((who, n) => ({ who, door: `7-1-${101 + n}` }));
    const fileOf = (area: number) => {
      const rows = doors.map((door, n) => `${door},${people[n]?.who ?? `住户${n}`},4321,是,${area}`);
      const text = ['楼栋,单元,房号,姓名,手机尾号,是否业主,面积', ...rows].join('\n');
      return { data: Buffer.from(text).toString('base64'), absent: 'keep' as const };
    };
    const first = fileOf(60);
    await liuMin.step('roster.import', {
      ...first,
      basis: (await liuMin.preview('roster.import', first)).basis,
    });
    const second = fileOf(61);
    const { basis } = await liuMin.preview('roster.import', second);
    const [early, ...late] = people;
    await town
      .direct(early?.who ?? '')
      .says(early?.who ?? '', `绑定 ${early?.door ?? ''} ${early?.who ?? ''} 尾号4321`);
    await Promise.all([
      liuMin.step('roster.import', { ...second, basis }),
      ...late.map(({ who, door }) => town.direct(who).post(who, `绑定 ${door} ${who} 尾号4321`)),
    ]);
    await town.quiet();
    const { items } = await liuMin.get<Page<HouseholdRow>>('/households?building=7');
    expect(items.map(({ areaCents }) => areaCents)).toEqual(doors.map(() => 6_100));
    const known = items.flatMap(({ residents }) => residents.flatMap(({ persons }) => persons));
    expect(known.map(({ name }) => name).sort()).toEqual(people.map(({ who }) => who).sort());
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Page } from '#src/http/contract-views';
import type { HouseholdRow, RosterSummaryAnswer } from '#src/http/contract-roster';
import { startApp, type TestApp } from '#test/support/app';
import { consoleOf, freshRequestId, refusedStep, signIn, type ConsoleUser } from '#test/support/console';

let app: TestApp;
let liuMin: ConsoleUser;
let property: ConsoleUser;
beforeAll(async () => {
  app = await startApp();
  liuMin = await signIn(app, '刘敏');
  property = await signIn(app, '刘建国');
});
afterAll(() => app.stop());

const HEADER = '楼栋,单元,房号,姓名,手机,是否业主,面积';
const fileOf = (...rows: string[]) => Buffer.from([HEADER, ...rows].join('\n')).toString('base64');
const ROSTER = fileOf(
  '3,2,501,王芳,13800001234,是,89.52',
  '3,2,501,王大,,否,',
  '3,2,1201,李明,5678,是,101.3',
  '12,1,101,赵国强,,是,',
  '12,1,102,,1111,,',
);
const households = async (query = '') => (await liuMin.get<Page<HouseholdRow>>(`/households${query}`)).items;

describe('the import of a roster', () => {
  it('is previewed without a trace, then does exactly what was shown, once', async () => {
    const shown = await liuMin.preview('roster.import', { data: ROSTER, absent: 'keep' });
    expect(shown).toMatchObject({ rows: 5, new: 3, changed: 0, gone: 0, problemCount: 1 });
    expect(shown.problems).toMatchObject([{ line: 6, problem: '有电话，没有姓名' }]);
    expect(await households()).toEqual([]);

    const requestId = freshRequestId();
    const step = { data: ROSTER, absent: 'keep' as const, basis: shown.basis };
    const first = await liuMin.step('roster.import', step, requestId);
    expect(first.summary).toBe('已导入3户\n1行没导，在有问题的行里看');
    expect(await liuMin.step('roster.import', step, requestId)).toEqual(first);
    expect((await households()).map(({ label }) => label)).toEqual([
      '3号楼2单元501',
      '3号楼2单元1201',
      '12号楼1单元101',
    ]);
    expect(await liuMin.get<RosterSummaryAnswer>('/roster')).toEqual({
      households: 3,
      residents: 4,
      linked: 0,
      buildings: [
        { building: '3', label: '3号楼', units: ['2'] },
        { building: '12', label: '12号楼', units: ['1'] },
      ],
      waiting: 0,
    });
  });

  it('is found by name, by room and by building, page by page', async () => {
    const labels = async (query: string) => (await households(query)).map(({ label }) => label);
    expect(await labels(`?search=${encodeURIComponent('王')}`)).toEqual(['3号楼2单元501']);
    expect(await labels('?search=101')).toEqual(['12号楼1单元101']);
    expect(await labels('?building=12')).toEqual(['12号楼1单元101']);
    expect(await labels(`?search=${encodeURIComponent('.*')}`)).toEqual([]);
    const page = await liuMin.get<Page<HouseholdRow>>('/households?limit=2');
    const rest = await liuMin.get<Page<HouseholdRow>>(`/households?limit=2&after=${page.next ?? ''}`);
    expect([...page.items, ...rest.items].map(({ label }) => label)).toEqual(await labels(''));
    expect(rest.next).toBeUndefined();
  });

  it('does nothing when a household that it changes has become another one since the preview', async () => {
    const changed = fileOf('3,2,501,王芳,13800009999,是,89.52');
    const old = await liuMin.preview('roster.import', { data: changed, absent: 'keep' });
    const other = fileOf('5,1,101,孙丽,,,', '3,2,501,王芳,,,90');
    const { basis } = await liuMin.preview('roster.import', { data: other, absent: 'keep' });
    await liuMin.step('roster.import', { data: other, absent: 'keep', basis });

    const refused = await refusedStep(liuMin, 'roster.import', {
      data: changed,
      absent: 'keep',
      basis: old.basis,
    });
    expect(refused).toMatchObject({ status: 422, code: 'roster.changed' });
    expect((await households())[0]?.residents.find(({ name }) => name === '王芳')?.phoneTail).toBe('1234');
  });

  it('takes households off when asked, in the buildings of the file, and brings them back', async () => {
    const only = fileOf('3,2,1201,李明,5678,是,101.3');
    const shown = await liuMin.preview('roster.import', { data: only, absent: 'remove' });
    expect(shown).toMatchObject({ new: 0, changed: 0, gone: 1, same: 1 });
    await liuMin.step('roster.import', { data: only, absent: 'remove', basis: shown.basis });
    expect((await households()).map(({ label }) => label)).not.toContain('3号楼2单元501');

    const back = await liuMin.preview('roster.import', { data: ROSTER, absent: 'keep' });
    expect(back).toMatchObject({ new: 1 });
    await liuMin.step('roster.import', { data: ROSTER, absent: 'keep', basis: back.basis });
    expect((await households())[0]).toMatchObject({ label: '3号楼2单元501', areaCents: 8952 });
  });

  it('loses nothing when two secretaries import at once', async () => {
    const files = ['6,1,101,甲甲,,,', '6,1,102,乙乙,,,'].map((row) => fileOf(row));
    const asked = files.map(async (data) => {
      const { basis } = await liuMin.preview('roster.import', { data, absent: 'keep' });
      return { data, absent: 'keep' as const, basis };
    });
    const steps = await Promise.all(asked);
    const answers = await Promise.all(
      steps.map((input) =>
        liuMin.ask('POST', '/steps/roster.import', { requestId: freshRequestId(), input }),
      ),
    );
    // One is in; the other is in too or is told to look again, because its preview is not true any more.
    const done = answers.filter(({ status }) => status === 200).length;
    expect(done).toBeGreaterThan(0);
    expect(answers.every(({ status }) => status === 200 || status === 422)).toBe(true);
    expect(await households('?building=6')).toHaveLength(done);
  });

  it.each([
    ['a file that is none', Buffer.from([1, 0, 2]).toString('base64'), 'roster.file'],
    ['an old Excel file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]).toString('base64'), 'roster.file'],
    ['a table without rooms', Buffer.from('姓名,电话\n王芳,1234').toString('base64'), 'roster.noColumns'],
  ])('says what is wrong with %s', async (_what, data, code) => {
    const answer = await liuMin.ask('POST', '/previews/roster.import', { data, absent: 'keep' });
    expect(answer).toMatchObject({ status: 422, body: { code } });
  });

  it('keeps and logs no phone number, and the audit no names', async () => {
    const kept = await app.database.db.collection('households').find().toArray();
    const audit = await app.database.db.collection('audit').find().toArray();
    expect(JSON.stringify(kept)).not.toMatch(/13800/);
    expect(JSON.stringify(audit)).not.toMatch(/王芳|李明/);
    expect(audit.some((row) => row['action'] === 'roster.imported')).toBe(true);
    expect(app.logged.join('\n')).not.toMatch(/13800|王芳/);
  });

  it('is for secretaries only, and no large file is read from anybody else', async () => {
    const body = {
      requestId: freshRequestId(),
      input: { data: ROSTER, absent: 'keep', basis: '0'.repeat(32) },
    };
    expect(await property.ask('POST', '/steps/roster.import', body)).toMatchObject({ status: 403 });
    expect(await property.ask('POST', '/previews/roster.import', body.input)).toMatchObject({ status: 403 });
    for (const path of ['/households', '/roster', '/roster/template']) {
      expect(await property.ask('GET', path)).toMatchObject({ status: 403 });
      expect(await consoleOf(app).ask('GET', path)).toMatchObject({ status: 401 });
    }
    const large = { data: 'A'.repeat(4_000_000), absent: 'keep' };
    expect(await consoleOf(app).ask('POST', '/previews/roster.import', large)).toMatchObject({ status: 413 });
  });
});

describe('a large roster', () => {
  it('of 5,000 rows is imported whole', async () => {
    const rows = Array.from(
      { length: 5_000 },
      (_, index) => `${20 + Math.floor(index / 200)},1,${1_000 + (index % 200)},住户,,是,90`,
    );
    const data = fileOf(...rows);
    const { basis, new: fresh } = await liuMin.preview('roster.import', { data, absent: 'keep' });
    expect(fresh).toBe(5_000);
    await liuMin.step('roster.import', { data, absent: 'keep', basis });
    expect((await liuMin.get<RosterSummaryAnswer>('/roster')).households).toBeGreaterThanOrEqual(5_000);
  }, 60_000);
});

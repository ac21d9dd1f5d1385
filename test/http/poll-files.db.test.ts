import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { PollRules } from '#core/poll';
import { createCounter } from '#procedure/counting';
import { judgePoll } from '#procedure/verdict';
import type { PollDetail } from '#src/http/contract-polls';
import { parseExport } from '#src/proof/export-format';
import { verifyExport } from '#src/proof/verify-export';
import { readXlsx } from 'hucre/xlsx';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { cookieFrom, refusedStep, signIn, type ConsoleUser } from '#test/support/console';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
let named: string;
let unnamed: string;

const CLOSES = '2026-09-03T18:00:00+08:00';
const FORMULA = '=HYPERLINK("http://127.0.0.1/","电梯")';
const DOORS = ['3-2-501', '3-2-502', '3-2-503'];

beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  const rows = DOORS.map((door, n) =>
    [...door.split('-'), ['王芳', '李明', '@何涛'][n], '是', '80.5'].join(','),
  );
  const text = ['楼栋,单元,房号,姓名,是否业主,面积', ...rows].join('\n');
  const file = { data: Buffer.from(text).toString('base64'), absent: 'keep' as const };
  const { basis } = await liuMin.preview('roster.import', file);
  await liuMin.step('roster.import', { ...file, basis });
  named = await voted({ showsNames: true }, FORMULA);
  unnamed = await voted({}, '停车位');
  await town.clock.to('2026-09-03T18:00:05+08:00');
});
afterAll(() => app.stop());

function pollOf(topicId: string, rules: Partial<PollRules>, closesAt = CLOSES) {
  const options = ['赞成', '反对', '弃权'];
  return {
    topicId,
    groupIds: ['group:xingfuli-residents'],
    closesAt,
    quorum: 0,
    options,
    electorateOf: { kind: 'households' as const },
    rules,
  };
}

async function topicOf(title: string): Promise<string> {
  const options = ['赞成', '反对', '弃权'];
  const topic = { concernIds: [], title, description: '', options, source: 'residents' as const };
  return (await liuMin.step('topic.create', topic)).created?.id ?? '';
}

/** A poll of one vote a household; the first two are for and against, on paper. */
async function voted(rules: Partial<PollRules>, title: string): Promise<string> {
  const pollId = (await liuMin.step('poll.open', pollOf(await topicOf(title), rules))).created?.id ?? '';
  await town.quiet();
  for (const [n, door] of DOORS.slice(0, 2).entries())
    await liuMin.step('poll.enterBallot', {
      pollId,
      voterId: `household:place:xingfuli|${door}`,
      values: [n + 1],
      path: 'paper',
      at: town.clock.now().toISOString(),
    });
  return pollId;
}

const path = (id: string, form: string) => `/polls/${encodeURIComponent(id)}/export.${form}`;
const exported = async (id: string) => {
  const parsed = parseExport(await liuMin.get(path(id, 'json')));
  if (!parsed.ok) throw new Error(parsed.at);
  return parsed.data;
};
async function sheets(id: string): Promise<readonly unknown[][][]> {
  const user = app.demo.users.find(({ name }) => name === '刘敏');
  const cookie = await cookieFrom(user?.loginUrl ?? '');
  const answer = await fetch(`${app.baseUrl}/api/console${path(id, 'xlsx')}`, { headers: { cookie } });
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="?yishi-\d\.xlsx"?$/u);
  const book = await readXlsx(new Uint8Array(await answer.arrayBuffer()), { readStyles: false });
  return book.sheets.map(({ rows }) => rows);
}

describe('a poll that shows names', () => {
  it('says so in the group when it opens, with the fingerprint that the console and the file have', async () => {
    const opening = (await town.residents.all()).find(({ text }) => text.includes('HYPERLINK'));
    expect(opening?.text).toMatch(/指纹[A-Z2-9]{12}；这次记名：谁选了什么，截止后查得到/u);
    const { openingCode, rules } = await liuMin.get<PollDetail>(`/polls/${encodeURIComponent(named)}`);
    expect(opening?.text).toContain(`指纹${openingCode}；`);
    expect(rules.map(([, words]) => words).join()).toContain('记名');
    const data = await exported(named);
    const checked = verifyExport(data, { countBallots: createCounter, judge: judgePoll }, data.seal.code);
    expect(checked).toMatchObject({ faults: [], isJudged: true, openingCode });
  });

  it('has who chose what in its file, and anybody can check it', async () => {
    const data = await exported(named);
    if (data.form !== 'open') throw new Error('not open');
    const choiceOf = (label: string) => {
      const row = data.roll.find((one) => one.label === label);
      return data.ballots.find(({ voter }) => voter === row?.voter)?.choice;
    };
    expect(['3号楼2单元501', '3号楼2单元502', '3号楼2单元503'].map(choiceOf)).toEqual([[0], [1], undefined]);
  });

  it.each([
    [
      'a secret one',
      { showsNames: true, secrecy: 'secret' as const },
      'households' as const,
      '不公开的表决不能记名',
    ],
    ['a roll without names', { showsNames: true }, 'members' as const, '名册里才有名字'],
  ])('is refused for %s', async (_, rules, kind, words) => {
    const asked = pollOf(await topicOf('再议'), rules, '2026-09-10T18:00:00+08:00');
    const poll = { ...asked, electorateOf: { kind } };
    expect((await refusedStep(liuMin, 'poll.open', poll)).message).toContain(words);
  });
});

describe('a poll that does not', () => {
  it('has no name, door or choice of a row in its file', async () => {
    const data = await exported(unnamed);
    expect(data.form).toBe('secret');
    expect(JSON.stringify(data)).not.toMatch(/王芳|李明|[-元]502|"choice":\[\d\],"path"/u);
  });
});

describe('the table of a counted poll', () => {
  it('holds result, rules and who voted how; what they chose only where names are shown', async () => {
    const [result, voters] = await sheets(unnamed);
    expect(result).toContainEqual(['结论', '有效，票数一样多']);
    expect(result).toContainEqual(['赞成', expect.stringMatching(/^1户　50(?:\.0)?%$/u)]);
    expect(voters).toEqual([
      ['投票人', '专有面积', '怎么投的'],
      ['3号楼2单元501', '80.5㎡', '代录：纸票'],
      ['3号楼2单元502', '80.5㎡', '代录：纸票'],
      ['3号楼2单元503', '80.5㎡', '没投'],
    ]);
    const [, open] = await sheets(named);
    expect(open?.map((row) => row[3])).toEqual(['选的', '赞成', '反对', '']);
  });

  it('holds what looks like a formula as words', async () => {
    const [result] = await sheets(named);
    expect(result?.[0]).toEqual(['议题', `议题#1 ${FORMULA}`]);
    const numbers = (await sheets(named)).flat(2).filter((cell) => typeof cell !== 'string' && cell !== null);
    expect(numbers).toEqual([]);
  });

  it('is given to secretaries only, and both files leave their trace in the audit', async () => {
    const anybody = await fetch(`${app.baseUrl}/api/console${path(named, 'xlsx')}`);
    expect(anybody.status).toBe(401);
    const officer = await signIn(app, '刘建国');
    for (const form of ['xlsx', 'json'])
      expect((await officer.ask('GET', path(named, form))).status).toBe(403);
    await exported(unnamed);
    await sheets(unnamed);
    const rows = await app.database.db
      .collection('audit')
      .find({ subjectId: unnamed, action: 'poll.exported' })
      .sort({ seq: 1 })
      .toArray();
    expect(rows.slice(-2).map(({ actorId, facts }) => [actorId as string, facts as object])).toEqual([
      ['person:secretary', { form: 'json' }],
      ['person:secretary', { form: 'xlsx' }],
    ]);
    expect((await liuMin.ask('GET', path('poll:none', 'xlsx'))).status).toBe(404);
  });
});

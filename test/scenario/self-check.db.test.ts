import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { MachineryView } from '#src/http/contract-operations';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { signIn, type ConsoleUser } from '#test/support/console';

interface Row {
  _id: string;
  [field: string]: unknown;
}

let app: TestApp;
let town: Town;
let admin: ConsoleUser;
const rows = (collection: string) => app.database.db.collection<Row>(collection);

/** A community with a concern that two stand behind, a poll that is over and a notice that is out. */
beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  admin = await signIn(app, '陈芳');
  const liuMin = await signIn(app, '刘敏');
  await town.residents.says('张桂兰', '反映 3号楼门口的路灯坏了三天');
  await town.residents.says('王芳', '附议 1');
  await town.residents.says('李明', '附议 1');
  const topic = await liuMin.step('topic.create', {
    concernIds: [],
    title: '停车怎么办',
    description: '',
    options: ['甲', '乙'],
    source: 'members',
  });
  await liuMin.step('poll.open', {
    topicId: topic.created?.id ?? '',
    groupIds: ['group:xingfuli-residents'],
    closesAt: '2026-09-02T18:00:00+08:00',
    quorum: 0,
    options: ['甲', '乙'],
  });
  await town.quiet();
  await town.residents.says('李明', '1');
  await town.secretaries.says('刘敏', '通知 明天停水，请提前存水');
  const { code } =
    /确认 (?<code>\d{4})/u.exec((await town.secretaries.all()).at(-1)?.text ?? '')?.groups ?? {};
  await town.secretaries.says('刘敏', `确认 ${code}`);
  await town.clock.to('2026-09-02T19:00:00+08:00');
});
afterAll(() => app.stop());

/** To eighteen minutes past the next hour: a check has run. */
async function nextCheck(): Promise<void> {
  const hour = Math.ceil((town.clock.now().getTime() - 17 * 60_000) / 3_600_000);
  await town.clock.to(new Date(hour * 3_600_000 + 18 * 60_000).toISOString());
}

const differing = async () =>
  (
    await rows('differences')
      .find({ goneAt: { $exists: false } })
      .sort({ _id: 1 })
      .toArray()
  ).map(({ figure, name, stored, counted, placeId }) => [figure, name, stored, counted, placeId]);
const findings = async () => (await admin.get<MachineryView>('/operations/machinery')).findings;

const concern = () => rows('concerns').findOne({ number: 1 });
const poll = () => rows('polls').findOne({ state: 'closed' });
const notice = () => rows('notices').findOne({ state: 'sent' });

describe('the hourly check', () => {
  it('finds every figure right that the program has made', async () => {
    expect(await concern()).toMatchObject({ endorsements: 2 });
    expect(await poll()).toMatchObject({ result: { counts: [1, 0] } });
    expect(await rows('outbox').countDocuments({ subjectId: (await notice())?._id ?? '' })).toBeGreaterThan(
      0,
    );

    await nextCheck();

    expect(await differing()).toEqual([]);
    expect(await findings()).toEqual([]);
    const checked = await rows('checks').find().sort({ _id: 1 }).toArray();
    expect(checked.map(({ _id }) => _id)).toEqual(['endorsements', 'mailings', 'notices', 'polls']);
  });

  it('names what differs, for the page, the metrics and the doctor, and puts nothing right', async () => {
    const before = { concern: await concern(), poll: await poll(), notice: await notice() };
    const sent = await rows('outbox').findOne({ subjectId: before.notice?._id ?? '' });
    await rows('concerns').updateOne({ number: 1 }, { $set: { endorsements: 7 } });
    await rows('polls').updateOne({ state: 'closed' }, { $set: { 'result.counts': [3, 0] } });
    await rows('outbox').deleteOne({ _id: sent?._id ?? '' });
    const damaged = { requestId: 'r', dueAt: new Date(0), subjectIds: [], rows: 'nonsense' };
    await rows('mailings').insertOne({ _id: 'stuck', ...damaged });

    await nextCheck();

    const { length } = before.notice?.['groupIds'] as string[];
    expect(await differing()).toEqual([
      ['endorsements', '诉求#1', '7', '2', 'place:xingfuli'],
      ['mailings', '群发 stuck', '0', '0', ''],
      ['notices', '通知#1', String(length), String(length - 1), 'place:xingfuli'],
      ['polls', '议题#1', '3/0', '1/0 (counts)', 'place:xingfuli'],
    ]);
    expect(await findings()).toMatchObject([
      { code: 'figures.differ', severity: 'broken', what: '4处数字对不上' },
    ]);
    const metrics = await (await fetch(`${app.baseUrl}/metrics`)).text();
    expect(metrics).toContain('yishi_differences{figure="endorsements"} 1');
    expect(await concern()).toMatchObject({ endorsements: 7 });
    expect(await poll()).toMatchObject({ result: { counts: [3, 0] } });
    await rows('concerns').replaceOne({ number: 1 }, { ...before.concern });
    await rows('polls').replaceOne({ state: 'closed' }, { ...before.poll });
    if (sent) await rows('outbox').insertOne(sent);
    await rows('mailings').deleteOne({ _id: 'stuck' });
  });

  it('says so when it finds them in order again', async () => {
    await nextCheck();

    expect(await differing()).toEqual([]);
    expect(await rows('differences').countDocuments({ goneAt: { $exists: true } })).toBe(4);
    expect(await findings()).toEqual([]);
  });
});

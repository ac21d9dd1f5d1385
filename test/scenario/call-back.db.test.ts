import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { StepInput } from '#src/http/contract';
import type { PollDetail } from '#src/http/contract-polls';
import type { TopicDetail } from '#src/http/contract-views';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { freshRequestId, signIn, type ConsoleUser } from '#test/support/console';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
let input: StepInput<'poll.open'>;

beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  const options = ['赞成', '反对', '弃权'];
  const topic = { concernIds: [], title: '3号楼加装电梯', description: '', options };
  const topicId = (await liuMin.step('topic.create', { ...topic, source: 'residents' })).created?.id ?? '';
  input = {
    topicId,
    groupIds: ['group:xingfuli-residents'],
    closesAt: '2026-09-08T18:00:00+08:00',
    quorum: 0,
    options,
  };
});
afterAll(() => app.stop());

const poll = (id: string) => liuMin.get<PollDetail>(`/polls/${encodeURIComponent(id)}`);
const topic = () => liuMin.get<TopicDetail>(`/topics/${encodeURIComponent(input.topicId)}`);
const callBack = (requestId: string) => liuMin.ask('POST', '/undo', { requestId });
const openings = async () =>
  (await town.residents.all()).filter(({ from, text }) => from.bot && text.startsWith('【表决】'));

describe('a poll that was opened by mistake', () => {
  it('is called back within ten seconds: no group hears of it, it stays as void, its topic is where it was', async () => {
    const { stage } = await topic();
    const requestId = freshRequestId();
    const { created, undoUntil } = await liuMin.step('poll.open', input, requestId);
    expect(undoUntil).toBeDefined();
    expect((await topic()).stage).not.toBe(stage);

    expect(await callBack(requestId)).toMatchObject({ status: 200 });
    await town.clock.forward(11);
    await town.quiet();

    expect(await openings()).toEqual([]);
    expect(await poll(created?.id ?? '')).toMatchObject({
      state: 'annulled',
      annulledReason: '没发到群里就撤回了',
    });
    expect((await topic()).stage).toBe(stage);
    const pending = { kind: /^poll\./u, state: 'pending' };
    expect(await app.database.db.collection('deadlines').countDocuments(pending)).toBe(0);
    const log = await app.database.db.collection('audit').find({ subjectId: created?.id }).toArray();
    expect(log.map(({ action }) => action as string)).toEqual(['poll.opened', 'poll.opened.undone']);
  });

  it('takes no vote any more, and says so to whoever tries', async () => {
    await town.direct('李明').says('李明', '议题1 投1');
    await town.direct('李明').expectReply(/作废|没发到群里就撤回了/u);
    expect(await app.database.db.collection('ballots').countDocuments()).toBe(0);
  });

  it('may be opened again, and is not called back once the groups have it', async () => {
    const requestId = freshRequestId();
    const { created } = await liuMin.step('poll.open', input, requestId);
    await town.clock.forward(11);
    await town.quiet();

    expect(await openings()).toHaveLength(1);
    expect(await callBack(requestId)).toMatchObject({ status: 409, body: { code: 'undo.tooLate' } });
    expect(await poll(created?.id ?? '')).toMatchObject({ state: 'open' });
    await town.direct('李明').says('李明', '1');
    await town.direct('李明').expectReply(/您的票已收到/u);
  });
});

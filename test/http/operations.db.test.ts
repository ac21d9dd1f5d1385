import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AsideView, MachineryView } from '#src/http/contract-operations';
import type { Page } from '#src/http/contract-views';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { refusedStep, signIn, type ConsoleUser } from '#test/support/console';
import { addOtherCommunity, OTHER_PLACE } from '#test/support/other-community';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
let admin: ConsoleUser;
let property: ConsoleUser;
let other: ConsoleUser;

interface Row {
  _id: string;
  groupId?: string;
}

const rows = () => app.database.db.collection<Row>('outbox');

beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  other = await addOtherCommunity(app);
  [liuMin, admin, property] = (await Promise.all(
    ['刘敏', '陈芳', '刘建国'].map((name) => signIn(app, name)),
  )) as [ConsoleUser, ConsoleUser, ConsoleUser];
});
afterAll(() => app.stop());

beforeEach(() => rows().deleteMany({}));

/** A real message whose row is then put aside, as a vendor's refusal would. */
async function putAside(fields: object): Promise<string> {
  await rows().deleteMany({ state: 'sent' });
  await town.residents.says('张桂兰', '@议事助手 帮助');
  await town.quiet();
  const row = await rows().findOne({ state: 'sent' });
  if (!row) throw new Error('the bot said nothing');
  const aside = { placeId: 'place:xingfuli', asideAt: town.clock.now(), ...fields };
  await rows().updateOne({ _id: row._id }, { $set: aside, $unset: { doneAt: '' } });
  return row._id;
}

const asideOf = (user: ConsoleUser) => user.get<Page<AsideView>>('/operations/aside');

describe('what did not arrive', () => {
  it('is listed with cause and cure, and sent again by one press', async () => {
    const id = await putAside({ state: 'dead', outcome: 'rejected', reason: 'removed' });

    const { items } = await asideOf(liuMin);

    expect(items).toMatchObject([
      { outboxId: id, word: 'failed', to: '幸福里居民群', cause: '助手已不在群里', cure: '重新拉进群' },
    ]);
    await liuMin.step('delivery.redrive', { outboxIds: [id], action: 'resend' });
    await town.quiet();
    expect(await rows().findOne({ _id: id })).toMatchObject({ state: 'sent', outcome: 'delivered' });
    expect((await asideOf(liuMin)).items).toEqual([]);
  });

  it('counts as delivered when the secretary has seen it, and is not said again', async () => {
    const id = await putAside({ state: 'held', outcome: 'uncertain' });
    const said = (await town.residents.all()).length;

    await liuMin.step('delivery.redrive', { outboxIds: [id], action: 'drop' });
    await town.quiet();

    expect(await rows().findOne({ _id: id })).toMatchObject({ state: 'sent', outcome: 'delivered' });
    expect((await town.residents.all()).length).toBe(said);
  });

  it('is sent again once, also when the button is pressed twice', async () => {
    const id = await putAside({ state: 'dead', outcome: 'rejected', reason: 'removed' });
    await liuMin.step('delivery.redrive', { outboxIds: [id], action: 'resend' });
    expect(
      await refusedStep(liuMin, 'delivery.redrive', { outboxIds: [id], action: 'resend' }),
    ).toMatchObject({
      code: 'delivery.settled',
    });
  });

  it('says nothing of what one person was told', async () => {
    const id = await putAside({ state: 'dead', outcome: 'rejected', reason: 'refused' });
    await rows().updateOne({ _id: id }, { $set: { lane: 'web web person:resident-1' } });
    expect((await asideOf(liuMin)).items).toMatchObject([{ to: '一对一', about: '' }]);
  });

  it('stays in its community', async () => {
    const id = await putAside({
      state: 'dead',
      outcome: 'rejected',
      placeId: OTHER_PLACE,
      groupId: 'group:pinganli-residents',
    });

    expect((await asideOf(liuMin)).items).toEqual([]);
    expect((await asideOf(other)).items).toHaveLength(1);
    const mine = await putAside({ state: 'dead', outcome: 'rejected', reason: 'removed' });
    // One foreign row spoils the whole step: nothing of it is done.
    const both = { outboxIds: [mine, id], action: 'resend' };
    expect(await refusedStep(liuMin, 'delivery.redrive', both)).toMatchObject({ code: 'delivery.settled' });
    expect(await rows().findOne({ _id: mine })).toMatchObject({ state: 'dead' });
  });

  it('is for secretaries only', async () => {
    expect(await property.ask('GET', '/operations/aside')).toMatchObject({ status: 403 });
    expect(
      await refusedStep(property, 'delivery.redrive', { outboxIds: ['x'], action: 'resend' }),
    ).toMatchObject({
      code: 'role.wrong',
    });
  });
});

describe('how the program fares', () => {
  const machineryOf = (user: ConsoleUser) => user.get<MachineryView>('/operations/machinery');

  it('is shown to admins only', async () => {
    expect(await liuMin.ask('GET', '/operations/machinery')).toMatchObject({ status: 403 });
    expect(await machineryOf(admin)).toMatchObject({ findings: [], inbox: { waiting: 0, dead: 0 } });
  });

  it('says who works, and when schedules run next', async () => {
    const { work, schedules } = await machineryOf(admin);
    expect(work).toContainEqual({ word: '收消息', held: 16, partitions: 16, processes: 1 });
    expect(schedules.find(({ placeName }) => placeName === '幸福里')).toMatchObject({
      word: '早上的【今天】',
      nextAt: '2026-09-02T00:30:00.000Z',
    });
  });

  it('names what waits for somebody, with what to do', async () => {
    await putAside({ state: 'held', outcome: 'uncertain' });
    const { findings, outbox } = await machineryOf(admin);
    expect(outbox).toMatchObject({ held: 1 });
    expect(findings).toMatchObject([
      { code: 'outbox.held', severity: 'look', what: '1条消息不确定发出没有' },
    ]);
  });

  it('is in the metrics', async () => {
    await putAside({ state: 'dead', outcome: 'rejected' });
    const text = await (await fetch(`${app.baseUrl}/metrics`)).text();
    expect(text).toContain('yishi_outbox_rows{state="dead"} 1');
    expect(text).toContain('yishi_leases_held{kind="inbox"} 16');
    expect(text).toContain('yishi_findings{code="outbox.dead",severity="look"} 1');
  });
});

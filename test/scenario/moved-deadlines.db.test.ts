import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { MeetingDetail, TopicDetail } from '#src/http/contract-views';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Chat, type Town } from '#test/support/chat';
import { signIn, type ConsoleUser } from '#test/support/console';

const RESIDENTS = 'group:xingfuli-residents';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
let topicId: string;

beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  const topic = await liuMin.step('topic.create', {
    concernIds: [],
    title: '路灯怎么修',
    description: '',
    options: ['修', '不修'],
    source: 'members',
  });
  topicId = topic.created?.id ?? '';
});
afterAll(() => app.stop());

const topic = () => liuMin.get<TopicDetail>(`/topics/${encodeURIComponent(topicId)}`);

/** What the bot says in a chat until then, by its first lines. */
async function saidUntil(moment: string, chat: Chat = town.residents): Promise<string[]> {
  await chat.unread();
  await town.clock.to(moment);
  return (await chat.unread()).map(({ text }) => text.split('\n')[0] ?? '');
}

describe('a poll that is closed early', () => {
  it('is over then, once: neither its reminder nor its end comes at the old time', async () => {
    const poll = await liuMin.step('poll.open', {
      topicId,
      groupIds: [RESIDENTS],
      closesAt: '2026-09-04T18:00:00+08:00',
      quorum: 0,
      options: ['修', '不修'],
    });
    await town.quiet();
    await town.residents.says('李明', '1');
    await liuMin.step('poll.closeEarly', { pollId: poll.created?.id ?? '', reason: '都投了' });
    const said = await saidUntil('2026-09-01T10:00:00+08:00');
    expect(said.filter((line) => line.startsWith('【结果】'))).toHaveLength(1);
    expect(await saidUntil('2026-09-05T09:00:00+08:00')).toEqual([]);
  });
});

describe('a meeting that is moved', () => {
  it('is called to mind before its new time and not before the old one', async () => {
    const { created } = await liuMin.step('meeting.call', {
      title: '路灯怎么修',
      agenda: '一、灯型',
      startsAt: '2026-09-12T19:00:00+08:00',
      room: '社区议事室',
      invited: '居民代表',
      groupIds: [RESIDENTS],
    });
    const meetingId = created?.id ?? '';
    const { revision } = await liuMin.get<MeetingDetail>(`/meetings/${encodeURIComponent(meetingId)}`);
    const to = { startsAt: '2026-09-14T10:00:00+08:00', room: '门卫室' };
    await liuMin.step('meeting.move', { meetingId, revision, ...to });
    await town.quiet();
    expect(await saidUntil('2026-09-13T08:59:00+08:00')).toEqual([]);
    const [day, ...others] = await saidUntil('2026-09-13T12:00:00+08:00');
    expect(day).toMatch(/^【提醒】协商会#1：明天9月14日（周一）10:00/);
    expect(others).toEqual([]);
    const hour = await saidUntil('2026-09-14T12:00:00+08:00');
    expect(hour).toEqual([expect.stringMatching(/^【提醒】协商会#1今天开：9月14日（周一）10:00/)]);
  });
});

describe('a publicity that is stopped', () => {
  it('hands nothing over at the old end, and once at the new one', async () => {
    await liuMin.step('outcome.publish', {
      topicId,
      groupIds: [RESIDENTS],
      items: [
        {
          action: '换灯',
          ownerName: '刘建国',
          unit: '物业',
          groupId: 'group:xingfuli-property',
          dueAt: '2026-10-09T18:00:00+08:00',
        },
      ],
    });
    await town.quiet();
    await town.residents.says('郑伟', '异议 1 太阳能灯太暗');
    expect(await saidUntil('2026-09-20T09:00:00+08:00', town.property)).toEqual([]);
    const { outcome } = await topic();
    const seen = { outcomeId: outcome?.id ?? '', revision: outcome?.revision ?? 0 };
    await liuMin.step('outcome.resolve', { ...seen, decision: 'continue', answer: '改用100瓦的' });
    expect(await saidUntil('2026-09-25T17:59:00+08:00', town.property)).toEqual([]);
    const handed = await saidUntil('2026-09-27T09:00:00+08:00', town.property);
    expect(handed).toEqual(['【交办】T1 换灯']);
    expect((await topic()).assignments).toHaveLength(1);
  });
});

describe('an assignment with more time', () => {
  it('is called to mind by its new date and not by the old one', async () => {
    await town.property.says('刘建国', '延期 T1 至10月20日 灯杆还没到货');
    await town.secretaries.says('刘敏', '准延 T1');
    expect(await saidUntil('2026-10-14T12:00:00+08:00', town.property)).toEqual([]);
    const yellow = await saidUntil('2026-10-15T12:00:00+08:00', town.property);
    expect(yellow).toEqual([expect.stringMatching(/^【黄灯】T1 换灯，还剩3个工作日/)]);
    expect(await saidUntil('2026-10-19T12:00:00+08:00', town.property)).toEqual([]);
    const due = await saidUntil('2026-10-20T12:00:00+08:00', town.property);
    expect(due).toEqual([expect.stringMatching(/^【黄灯】T1 换灯/)]);
  });
});

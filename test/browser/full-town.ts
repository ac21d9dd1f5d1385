import type { StepInput } from '#src/http/contract';
import type { ConcernRow, MeetingDetail, TopicDetail } from '#src/http/contract-views';
import { openTown, type Town } from '#test/support/chat';
import { signIn, type ConsoleUser } from '#test/support/console';
import type { TestApp } from '#test/support/app';

export const RESIDENTS_ID = 'group:xingfuli-residents';
export const PROPERTY_ID = 'group:xingfuli-property';

/** Something of everything, so that no page is empty: ids for the addresses of its pages. */
export interface FullTown {
  readonly town: Town;
  readonly liuMin: ConsoleUser;
  readonly concernId: string;
  /** Went the whole way: poll, meeting, outcome, assignments of which one is late. */
  readonly doneTopicId: string;
  /** Just begun: nothing is open in it. */
  readonly newTopicId: string;
  readonly closedPollId: string;
  readonly openPollId: string;
  readonly meetingId: string;
  readonly assignmentId: string;
  readonly noticeId: string;
  /** Prepared, not yet confirmed. */
  readonly waitingNoticeId: string;
}

/** Lives through some weeks of the demo community over the API. */
export async function fillTown(app: TestApp): Promise<FullTown> {
  const town = await openTown(app);
  const liuMin = await signIn(app, '刘敏');
  await speak(town);
  const { items } = await liuMin.get<{ items: ConcernRow[] }>('/concerns?state=all');
  const concern = (number: number) => items.find((row) => row.number === number)?.id ?? '';
  const doneTopicId = await newTopic(liuMin, concern(1), '3号楼门口路灯怎么修');
  const secondTopicId = await newTopic(liuMin, concern(2), '5号楼电梯怎么修');
  const newTopicId = await newTopic(liuMin, concern(3), '车棚要不要装充电桩');
  const closedPollId = await openPoll(town, liuMin, doneTopicId, '2026-09-02T18:00:00+08:00');
  await town.residents.says('张桂兰', '投 1');
  await town.residents.says('王芳', '投 2');
  await town.clock.to('2026-09-03T09:00:00+08:00');
  const meetingId = await meet(town, liuMin, doneTopicId);
  const assignmentId = await handOver(town, liuMin, doneTopicId);
  const openPollId = await openPoll(town, liuMin, secondTopicId, '2026-10-20T18:00:00+08:00');
  await town.residents.says('李明', '投 1');
  const noticeId = await prepareNotice(liuMin, '【通知】明天9:00至11:00停水\n3号楼，因为管道维修');
  await liuMin.step('notice.confirm', { noticeId });
  await town.clock.forward(11);
  const waitingNoticeId = await prepareNotice(liuMin, '【通知】周六上午义诊');
  await town.residents.says('孙丽', '反映 6号楼楼道堆了很多杂物');
  await town.residents.says('何涛', '反映 小区门口的减速带断了一半');
  const open = await liuMin.get<{ items: ConcernRow[] }>('/concerns');
  return {
    ...{
      town,
      liuMin,
      doneTopicId,
      newTopicId,
      closedPollId,
      openPollId,
      meetingId,
      assignmentId,
      noticeId,
      waitingNoticeId,
    },
    concernId: open.items[0]?.id ?? '',
  };
}

async function speak({ residents }: Town): Promise<void> {
  await residents.says('张桂兰', '反映 3号楼门口的路灯坏了三天，老人晚上出门看不清', { photos: 2 });
  await residents.says('王芳', '附议 1');
  await residents.says('吴秀英', '反映 5号楼电梯有异响，关门的时候咚咚响');
  await residents.says('郑伟', '反映 车棚里没有地方给电动车充电');
}

async function newTopic(liuMin: ConsoleUser, concernId: string, title: string): Promise<string> {
  const step: StepInput<'topic.create'> = {
    concernIds: [concernId],
    title,
    description: '大家一起商量',
    options: ['现在办', '明年办', '不办'],
    source: 'residents',
  };
  return (await liuMin.step('topic.create', step)).created?.id ?? '';
}

async function openPoll(town: Town, liuMin: ConsoleUser, topicId: string, closesAt: string): Promise<string> {
  const answer = await liuMin.step('poll.open', {
    topicId,
    groupIds: [RESIDENTS_ID],
    closesAt,
    quorum: 2,
    options: ['现在办', '明年办', '不办'],
  });
  await town.clock.forward(11);
  return answer.created?.id ?? '';
}

async function meet(town: Town, liuMin: ConsoleUser, topicId: string): Promise<string> {
  const call = {
    topicId,
    title: '灯装在哪、钱怎么出',
    agenda: '先看现场，再定位置',
    startsAt: '2026-09-07T19:00:00+08:00',
  };
  const { created } = await liuMin.step('meeting.call', {
    ...call,
    room: '社区议事室',
    invited: '3号楼居民代表、物业',
    groupIds: [RESIDENTS_ID],
  });
  const meetingId = created?.id ?? '';
  await town.clock.forward(11);
  await town.residents.says('李明', '报名 1');
  await town.residents.says('孙丽', '请假 1');
  await town.clock.to('2026-09-08T09:00:00+08:00');
  const { revision } = await liuMin.get<MeetingDetail>(`/meetings/${encodeURIComponent(meetingId)}`);
  await liuMin.step('meeting.minutes', {
    meetingId,
    revision,
    text: '装两盏太阳能灯。',
    attended: '李明、物业刘建国',
  });
  return meetingId;
}

async function handOver(town: Town, liuMin: ConsoleUser, topicId: string): Promise<string> {
  const item = { ownerName: '刘建国', unit: '物业', groupId: PROPERTY_ID };
  await liuMin.step('outcome.publish', {
    topicId,
    groupIds: [RESIDENTS_ID],
    items: [
      { ...item, action: '选定两盏灯的位置', dueAt: '2026-09-16T18:00:00+08:00' },
      { ...item, action: '装好太阳能灯', dueAt: '2026-09-22T18:00:00+08:00' },
      { ...item, action: '公布费用', dueAt: '2026-11-20T18:00:00+08:00' },
    ],
  });
  await town.clock.to('2026-09-18T10:00:00+08:00');
  const { assignments } = await liuMin.get<TopicDetail>(`/topics/${encodeURIComponent(topicId)}`);
  await town.property.says('刘建国', '延期 T2 至9月28日 缺配件');
  return assignments.find(({ number }) => number === 2)?.id ?? '';
}

async function prepareNotice(liuMin: ConsoleUser, text: string): Promise<string> {
  return (
    (await liuMin.step('notice.prepare', { text, groupIds: [RESIDENTS_ID, PROPERTY_ID] })).created?.id ?? ''
  );
}

import { directConversationId } from '#core/web-chat';
import type { StepInput } from '#src/http/contract';
import type { Town } from '#test/support/chat';
import type { ConsoleUser } from '#test/support/console';
import type { TestDatabase } from '#test/support/mongo';
import { CANARY, OTHER_PLACE } from '#test/support/other-community';

export interface OtherIds {
  readonly concernId: string;
  readonly secondConcernId: string;
  readonly topicId: string;
  readonly pollId: string;
  readonly meetingId: string;
  readonly outcomeId: string;
  readonly assignmentId: string;
  readonly noticeId: string;
  readonly outboxId: string;
  readonly mediaId: string;
  readonly residentId: string;
  readonly verificationId: string;
  /** Who is known as that resident. */
  readonly otherPersonId: string;
  readonly listId: string;
  readonly linkId: string;
}

const RESIDENTS = 'group:pinganli-residents';
const PROPERTY = 'group:pinganli-property';

/** Lets the other community have one of everything: two topics, the first one with its work handed over. */
export async function fillOtherCommunity(
  town: Town,
  maLi: ConsoleUser,
  database: TestDatabase,
): Promise<OtherIds> {
  const [concernId, secondConcernId] = await concernsRaised(town, maLi);
  const first = await topicOf(maLi, [], '分工');
  await meetingHeld(town, maLi, first);
  const outcomeId = await publicized(town, maLi, first);
  const topicId = await topicOf(maLi, [concernId], '路灯');
  const options = [`${CANARY}甲`, `${CANARY}乙`];
  const poll = { topicId, groupIds: [RESIDENTS], closesAt: '2026-10-20T18:00:00+08:00', quorum: 0, options };
  const pollId = idOf(await maLi.step('poll.open', poll));
  const meetingId = idOf(await maLi.step('meeting.call', meetingOf(topicId, '2026-10-22T19:00:00+08:00')));
  const notice = { text: `${CANARY}停水`, groupIds: [RESIDENTS], sendAt: '2026-10-25T10:00:00+08:00' };
  const noticeId = idOf(await maLi.step('notice.prepare', notice));
  await maLi.step('notice.confirm', { noticeId });
  await town.clock.forward(11);
  const rows = <Row extends { _id: string }>(name: string) => database.db.collection<Row>(name);
  const uncertain = { $set: { state: 'held', outcome: 'uncertain' } };
  const [outbox, assignment, media] = await Promise.all([
    rows<{ _id: string; groupId: string }>('outbox').findOneAndUpdate({ groupId: RESIDENTS }, uncertain),
    rows<{ _id: string; placeId: string }>('assignments').findOne({ placeId: OTHER_PLACE }),
    rows<{ _id: string; placeId: string }>('media').findOne({ placeId: OTHER_PLACE }),
  ]);
  if (!outbox || !assignment || !media) throw new Error('the other community lacks something');
  const found = {
    outboxId: outbox._id,
    assignmentId: assignment._id,
    mediaId: media._id,
    ...(await rosterKept(town, maLi)),
  };
  return { concernId, secondConcernId, topicId, pollId, meetingId, outcomeId, noticeId, ...found };
}

/** A roster with one resident who is known in chat, and somebody who waits to be. */
async function rosterKept(town: Town, maLi: ConsoleUser) {
  const rows = ['楼栋,单元,房号,姓名,手机尾号', `9,1,901,${CANARY},1111`, `9,1,902,${CANARY},2222`];
  const file = { data: Buffer.from(rows.join('\n')).toString('base64'), absent: 'keep' as const };
  const { basis } = await maLi.preview('roster.import', file);
  await maLi.step('roster.import', { ...file, basis });
  const says = (key: string, name: string, words: string) =>
    town.chat(directConversationId(key)).says(`${name}${CANARY}`, words);
  await says('other-1', '许静', `绑定 9-1-901 ${CANARY} 尾号1111`);
  await says('other-2', '彭辉', `绑定 9-1-902 ${CANARY}`);
  const { items } = await maLi.get<{ items: { residents: { id: string; isLinked: boolean }[] }[] }>(
    '/households',
  );
  const waiting = await maLi.get<{ items: { id: string }[] }>('/verifications');
  const residentId = items.flatMap(({ residents }) => residents).find(({ isLinked }) => isLinked)?.id;
  const verificationId = waiting.items[0]?.id;
  if (residentId === undefined || verificationId === undefined) throw new Error('nobody was linked or waits');
  const list = { name: `${CANARY}议事会`, kind: 'council' as const, lines: [`9-1-901 ${CANARY}`] };
  await maLi.step('roster.saveList', list);
  const lists = await maLi.get<{ items: { id: string }[] }>('/roster-lists');
  const listId = lists.items[0]?.id ?? '';
  const linkId = await identitiesLinked(town, maLi);
  return { residentId, verificationId, listId, linkId, otherPersonId: 'person:other-1' };
}

/** 彭辉 has a second account, which is one with the first. */
async function identitiesLinked(town: Town, maLi: ConsoleUser): Promise<string> {
  const [first, second] = ['other-2', 'other-3'].map((key) => town.chat(directConversationId(key)));
  await first?.says(`彭辉${CANARY}`, '关联');
  const code = /\d{6}/u.exec((await first?.expectReply(/6位数字/))?.text ?? '')?.[0];
  await second?.says(`彭辉二${CANARY}`, `关联 ${code}`);
  await second?.expectReply(/^关联好了/);
  const links = await maLi.get<{ items: { id: string }[] }>('/identity-links');
  return links.items[0]?.id ?? '';
}

async function concernsRaised(town: Town, maLi: ConsoleUser): Promise<[string, string]> {
  const residents = town.chat('pinganli-residents');
  await residents.says(`许静${CANARY}`, `反映 1号楼${CANARY}路灯坏了`, { photos: 1 });
  await residents.says(`彭辉${CANARY}`, `反映 小区东门${CANARY}垃圾没人收`);
  await residents.says(`彭辉${CANARY}`, '附议 1');
  const { items } = await maLi.get<{ items: { id: string; number: number }[] }>('/concerns');
  const idAt = (number: number) => items.find((row) => row.number === number)?.id ?? '';
  return [idAt(1), idAt(2)];
}

async function topicOf(maLi: ConsoleUser, concernIds: string[], title: string): Promise<string> {
  const step: StepInput<'topic.create'> = {
    concernIds,
    title: `${CANARY}${title}`,
    description: CANARY,
    options: [`${CANARY}甲`, `${CANARY}乙`],
    source: 'residents',
  };
  return idOf(await maLi.step('topic.create', step));
}

function meetingOf(topicId: string, startsAt: string) {
  return {
    topicId,
    title: `${CANARY}会`,
    agenda: CANARY,
    startsAt,
    room: CANARY,
    invited: CANARY,
    groupIds: [RESIDENTS],
  };
}

async function meetingHeld(town: Town, maLi: ConsoleUser, topicId: string): Promise<void> {
  const meetingId = idOf(await maLi.step('meeting.call', meetingOf(topicId, '2026-09-05T19:00:00+08:00')));
  await town.clock.to('2026-09-06T09:00:00+08:00');
  const { revision } = await maLi.get<{ revision: number }>(`/meetings/${encodeURIComponent(meetingId)}`);
  await maLi.step('meeting.minutes', { meetingId, revision, text: CANARY, attended: CANARY });
}

async function publicized(town: Town, maLi: ConsoleUser, topicId: string): Promise<string> {
  const dueAt = '2026-10-30T18:00:00+08:00';
  const item = {
    action: `${CANARY}修灯`,
    ownerName: `胡军${CANARY}`,
    unit: '物业',
    groupId: PROPERTY,
    dueAt,
  };
  await maLi.step('outcome.publish', { topicId, items: [item], groupIds: [RESIDENTS] });
  await town.clock.to('2026-09-12T09:00:00+08:00');
  const { outcome } = await maLi.get<{ outcome?: { id: string } }>(`/topics/${encodeURIComponent(topicId)}`);
  return outcome?.id ?? '';
}

function idOf({ created }: { created?: { id: string } }): string {
  if (!created) throw new Error('nothing was created');
  return created.id;
}

/** Bookkeeping that goes on although nobody did anything to anybody. */
const VOLATILE = new Set([
  'sessions',
  'leases',
  'loginLinks',
  'requests',
  'lanes',
  'settings',
  'schedules',
  'slots',
]);

/** What the database holds, row by row as text: all of it, or what belongs to the other community. */
export async function dump({ db }: TestDatabase, whose: 'all' | 'other'): Promise<readonly string[]> {
  const collections = await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
  const rows = await Promise.all(
    collections
      .filter(({ name }) => !VOLATILE.has(name))
      .map(async ({ name }) => {
        const found = await db.collection(name).find().sort({ _id: 1 }).toArray();
        // Gathering looks for ballots again and again by itself.
        return found
          .filter((row) => row['kind'] !== 'poll.gather')
          .map((row) => `${name} ${JSON.stringify(row)}`);
      }),
  );
  const all = rows.flat();
  return whose === 'all' ? all : all.filter((row) => row.includes(CANARY) || row.includes('pinganli'));
}

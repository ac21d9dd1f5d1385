import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { AnyCommand } from '#core/command';
import type { Meeting } from '#core/meeting';
import { createMeetingDeadlines } from '#handlers/meetings/reminders';
import { createPrepareMeetingCommands, parseMeetingWords } from '#handlers/meetings/prepare-meeting';
import { createRespondCommands } from '#handlers/meetings/respond-commands';
import { createMeetingUseCases } from '#handlers/meetings/use-cases';
import { ELSEWHERE, GROUPS, openConsultation, OPENING, XFL } from '../consultation.ts';
import { sampleTopic } from '../../models/vote-samples.ts';

const stage = await openConsultation();
const { deps } = stage;
const useCases = createMeetingUseCases(deps);
const deadlines = createMeetingDeadlines(deps);
const [come, stayAway] = createRespondCommands(deps) as [AnyCommand, AnyCommand];
const [prepare, confirm] = createPrepareMeetingCommands(deps) as [AnyCommand, AnyCommand];

const STARTS = new Date('2026-12-22T11:00:00Z');
const hours = (n: number) => new Date(STARTS.getTime() + n * 3_600_000);
const inGroup = (by: string, at = OPENING) => ({ by, at, in: GROUPS.residents });

beforeEach(async () => {
  await stage.clear();
  await stage.commit({ writes: [deps.topics.insert(sampleTopic())], dispatches: [] });
});
afterAll(() => stage.close());

const input = (fields: Partial<Parameters<typeof useCases.callMeeting>[1]> = {}) => ({
  topicId: 'topic:1',
  title: '电梯装在哪、钱怎么出',
  agenda: '一、位置',
  startsAt: STARTS,
  room: '社区议事室',
  invited: '居民代表、物业',
  groupIds: ['g1', 'g2'],
  ...fields,
});

async function call(fields = {}): Promise<Meeting> {
  const decision = await useCases.callMeeting(stage.actor('liumin'), input(fields));
  await stage.commit(decision);
  const meeting = await deps.meetings.byId(decision.created?.id ?? '');
  if (!meeting) throw new Error('no meeting');
  return meeting;
}

describe('calling a meeting', () => {
  it('shows before what the groups get after, byte for byte', async () => {
    const preview = await useCases.previewMeeting(stage.actor('liumin'), input());
    const { dispatches } = await useCases.callMeeting(stage.actor('liumin'), input());
    expect(dispatches.map(({ to, body }) => [to.conversationId, body.text])).toEqual([
      ['g1', preview.text],
      ['g2', preview.text],
    ]);
    expect(preview).toMatchObject({ people: 4, text: expect.stringContaining('【协商会#1】') as string });
  });

  it('sets a reminder at 9:00 of the day before and one an hour before, and moves the topic', async () => {
    const { id } = await call();
    expect((await stage.pending()).map(([, dueAt]) => dueAt)).toEqual([
      new Date('2026-12-21T01:00:00Z'),
      hours(-1),
    ]);
    expect((await deps.topics.byId('topic:1'))?.stage).toBe('consult');
    expect((await deps.meetings.ofTopic('topic:1')).map((meeting) => meeting.id)).toEqual([id]);
  });

  it.each([
    ['role.wrong', {}, { roles: ['resident'] as const }],
    ['number.unknown', {}, { place: ELSEWHERE }],
    ['group.unknown', { groupIds: ['gx'] }, {}],
    ['meeting.pastDate', { startsAt: OPENING }, {}],
    ['meeting.tooSoon', { startsAt: new Date('2026-12-15T11:00:00Z') }, {}],
    ['meeting.missing', { room: ' ' }, {}],
  ])('refuses with %s: %j', async (code, fields, who) => {
    await expect(useCases.callMeeting(stage.actor('x', who), input(fields))).rejects.toMatchObject({ code });
  });

  it('takes the first day that the rule allows', async () => {
    await expect(call({ startsAt: new Date('2026-12-15T16:00:00Z') })).resolves.toMatchObject({
      state: 'called',
    });
  });

  it('from chat shows the preview first and sends exactly that after the confirmation', async () => {
    const secretary = { by: 'liumin', in: GROUPS.secretaries, roles: ['secretary'] as const };
    const said = ' 3 12月22日19:00 社区议事室 请：居民代表、物业 议程：一、位置 二、费用';
    const [shown] = await stage.say(prepare, said, secretary);
    const sent = await stage.say(confirm, '3', secretary);
    expect(sent.map(([where]) => where)).toEqual(['g1', 'g2', 'sec']);
    expect(shown?.[1]).toContain(sent[0]?.[1]);
    expect(sent[0]?.[1]).toContain('12月22日（周二）19:00，社区议事室\n请了居民代表、物业');
    expect(await deps.meetings.byNumber('xfl', 1)).toMatchObject({
      agenda: '一、位置 二、费用',
      topicNumber: 3,
    });
    expect((await stage.say(prepare, '3', secretary))[0]?.[1]).toContain('还差时间、地点');
  });

  it('reads what was typed in any order behind the room', () => {
    const words = parseMeetingWords('3 12月22日19:00 在社区议事室，议程 位置，邀请物业', {
      now: OPENING,
      place: XFL,
    });
    expect(words).toEqual({
      topicNumber: 3,
      startsAt: STARTS,
      room: '社区议事室',
      agenda: '位置',
      invited: '物业',
    });
  });
});

describe('an answer', () => {
  it('counts each person once, the last by the vendor’s time', async () => {
    const { id } = await call();
    const at = (n: number) => new Date(OPENING.getTime() + n);
    expect((await stage.say(come, ' 1', inGroup('zhang', at(1))))[0]?.[1]).toContain('已报名：协商会#1');
    await stage.say(stayAway, ' 1', inGroup('li', at(9)));
    await stage.say(come, '1', inGroup('li', at(5)));
    await stage.say(come, '1', inGroup('wang', at(2)));
    await stage.say(come, '', inGroup('wang', at(3)));
    expect((await deps.meetings.countResponses([id])).get(id)).toEqual({ coming: 2, away: 1 });
    expect((await deps.meetings.responsesOf(id)).map(({ personId }) => personId)).toEqual([
      'li',
      'zhang',
      'wang',
    ]);
  });

  it('without a number means the only meeting ahead, else asks which', async () => {
    expect((await stage.say(come, '', inGroup('zhang')))[0]?.[1]).toContain('没有要开的协商会');
    await call();
    expect((await stage.say(come, '', { by: 'zhang' }))[0]?.[1]).toContain('已报名：协商会#1');
    await call({ topicId: undefined });
    expect((await stage.say(come, '', inGroup('zhang')))[0]?.[1]).toContain('报名 2');
  });

  it('to a meeting that is over, cancelled, unknown or of another place gets a clear sentence', async () => {
    const meeting = await call();
    expect((await stage.say(come, '1', inGroup('zhang', hours(1))))[0]?.[1]).toContain('开过了');
    expect((await stage.say(come, '88', inGroup('zhang')))[0]?.[1]).toContain('没有找到协商会#88');
    const foreign = { by: 'zhao', in: GROUPS.foreign, place: ELSEWHERE };
    expect((await stage.say(come, '1', foreign))[0]?.[1]).toContain('没有找到协商会#1');
    await stage.commit(
      await useCases.cancelMeeting(stage.actor('liumin'), {
        meetingId: meeting.id,
        revision: 1,
        reason: '停电',
      }),
    );
    expect((await stage.say(come, '1', inGroup('zhang')))[0]?.[1]).toContain('不开了');
  });
});

describe('reminders', () => {
  it('tell how many come, the day and the hour before', async () => {
    const { id } = await call();
    await stage.say(come, '1', inGroup('zhang'));
    const key = (kind: string) => `${kind}:${id}:${STARTS.getTime()}`;
    const day = await stage.fire(deadlines, key('meeting.remindDay'), new Date('2026-12-21T01:00:00Z'));
    expect(day.map(({ to }) => to.conversationId)).toEqual(['g1', 'g2']);
    expect(day[0]?.body.text).toContain('明天12月22日（周二）19:00');
    expect(day[0]?.body.text).toContain('已报名1人');
    const hour = await stage.fire(deadlines, key('meeting.remindHour'), hours(-1));
    expect(hour[0]?.body.text).toContain('今天开');
  });

  it('move along with the meeting, also when one has come already', async () => {
    const { id } = await call();
    await stage.fire(
      deadlines,
      `meeting.remindDay:${id}:${STARTS.getTime()}`,
      new Date('2026-12-21T01:00:00Z'),
    );
    const later = new Date('2026-12-26T11:00:00Z');
    const actor = stage.actor('liumin', { now: new Date('2026-12-21T02:00:00Z') });
    const moved = await useCases.moveMeeting(actor, {
      meetingId: id,
      revision: 1,
      startsAt: later,
      room: '',
    });
    expect((await stage.commit(moved))[0]?.body.text).toContain('改到12月26日（周六）19:00，社区议事室');
    expect((await stage.pending()).map(([, dueAt]) => dueAt)).toEqual([
      new Date('2026-12-25T01:00:00Z'),
      new Date('2026-12-26T10:00:00Z'),
    ]);
  });

  it('do not come for a cancelled meeting', async () => {
    const { id } = await call();
    await stage.commit(
      await useCases.cancelMeeting(stage.actor('liumin'), { meetingId: id, revision: 1, reason: '停电' }),
    );
    expect(await stage.pending()).toEqual([]);
  });
});

describe('minutes', () => {
  const minutes = { revision: 1, text: '装在北侧。', attended: '居民12人、物业1人' };

  it('are kept after the meeting began, and bring the topic to its outcome', async () => {
    const { id } = await call();
    await expect(
      useCases.saveMinutes(stage.actor('liumin'), { meetingId: id, ...minutes }),
    ).rejects.toMatchObject({
      code: 'meeting.minutes.tooEarly',
    });
    const after = stage.actor('liumin', { now: hours(2) });
    await expect(
      useCases.saveMinutes(after, { meetingId: id, ...minutes, attended: '' }),
    ).rejects.toMatchObject({
      code: 'meeting.minutesMissing',
    });
    await stage.commit(await useCases.saveMinutes(after, { meetingId: id, ...minutes }));
    expect(await deps.meetings.byId(id)).toMatchObject({ state: 'held', minutes: { text: '装在北侧。' } });
    expect((await deps.topics.byId('topic:1'))?.stage).toBe('outcome');
  });

  it('and every other change are refused to residents, other places and whoever saw an older state', async () => {
    const { id } = await call();
    const steps = [
      (actor: ReturnType<typeof stage.actor>, revision = 1) =>
        useCases.saveMinutes(actor, { meetingId: id, ...minutes, revision }),
      (actor: ReturnType<typeof stage.actor>, revision = 1) =>
        useCases.cancelMeeting(actor, { meetingId: id, revision, reason: 'x' }),
      (actor: ReturnType<typeof stage.actor>, revision = 1) =>
        useCases.moveMeeting(actor, { meetingId: id, revision, startsAt: STARTS, room: 'x' }),
    ];
    for (const step of steps) {
      await expect(step(stage.actor('x', { roles: ['resident'] }))).rejects.toMatchObject({
        code: 'role.wrong',
      });
      await expect(step(stage.actor('x', { place: ELSEWHERE }))).rejects.toMatchObject({
        code: 'number.unknown',
      });
      await expect(step(stage.actor('x'), 0)).rejects.toMatchObject({ code: 'revision.old' });
    }
  });
});

describe('indexes', () => {
  const plans: readonly [string, Record<string, unknown>, Record<string, 1 | -1>][] = [
    ['meetings', { placeId: { $in: ['xfl'] } }, { startsAt: -1, _id: -1 }],
    ['meetings', { placeId: { $in: ['xfl'] }, state: { $in: ['called'] } }, { startsAt: -1, _id: -1 }],
    ['meetings', { placeId: 'xfl', number: 1 }, {}],
    ['meetings', { groupIds: 'g1', state: 'called', startsAt: { $gte: OPENING } }, { startsAt: 1 }],
    ['meetings', { topicId: 'topic:1' }, { startsAt: -1 }],
    ['responses', { meetingId: 'm' }, { answer: 1, sentAt: 1 }],
    ['topics', { placeId: { $in: ['xfl'] } }, { createdAt: -1, _id: -1 }],
    ['topics', { placeId: { $in: ['xfl'] }, stage: { $in: ['consult'] } }, { createdAt: -1, _id: -1 }],
    ['topics', { placeId: 'xfl', number: 3 }, {}],
  ];
  it.each(plans)('serve %s by %j', async (collection, filter, sort) => {
    const plan = await stage.explain(collection, filter, sort);
    expect(plan).toContain('IXSCAN');
    expect(plan).not.toContain('COLLSCAN');
  });
});

import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { AnyCommand } from '#core/command';
import type { Concern } from '#core/concern';
import { createTopicCommands } from '#handlers/topics/commands';
import { createTopicUseCases } from '#handlers/topics/use-cases';
import { ELSEWHERE, GROUPS, openConsultation, OPENING } from '../consultation.ts';
import { at, samplePoll } from '../../models/vote-samples.ts';

const stage = await openConsultation();
const { deps } = stage;
const useCases = createTopicUseCases(deps);
const [settle] = createTopicCommands(deps) as [AnyCommand];

const concern = (number: number, fields: Partial<Concern> = {}): Concern => ({
  id: `concern:${number}`,
  placeId: 'xfl',
  number,
  title: `3号楼路灯坏了${number}`,
  text: '3号楼门口路灯坏了',
  attachments: [],
  authorId: ['zhang', 'li', 'chen'][number % 3] ?? 'zhang',
  authorName: '居民',
  raisedIn: GROUPS.residents.conversation,
  raisedAt: OPENING,
  state: 'open',
  endorsements: 0,
  answerDueAt: at(60),
  reopenings: 0,
  revision: 1,
  ...fields,
});

beforeEach(async () => {
  await stage.clear();
  const merged = concern(14, { state: 'merged', mergedIntoId: 'concern:12', authorId: 'wang' });
  const all = [
    concern(12),
    concern(13),
    merged,
    concern(15, { state: 'answered' }),
    concern(16, { placeId: 'elsewhere' }),
  ];
  await stage.commit({ writes: all.map((one) => deps.concerns.insert(one)), dispatches: [] });
});
afterAll(() => stage.close());

const input = (fields: Partial<Parameters<typeof useCases.createTopic>[1]> = {}) => ({
  concernIds: ['concern:12', 'concern:13'],
  title: '3号楼 路灯',
  description: '',
  options: [],
  source: 'residents' as const,
  ...fields,
});
const actor = (fields = {}) => stage.actor('liumin', fields);

describe('a new topic', () => {
  it('takes its concerns in, tells their authors and those of merged ones, and is settled', async () => {
    const decision = await useCases.createTopic(actor(), input());
    const sent = await stage.commit(decision);
    expect(sent.map(({ to }) => to.conversationId)).toEqual(['direct-zhang', 'direct-li', 'direct-wang']);
    expect(sent[2]?.body.text).toContain('诉求#14已列入议题#1');
    const topic = await deps.topics.byNumber('xfl', 1);
    expect(topic).toMatchObject({ title: '3号楼 路灯', stage: 'settle', options: ['赞成', '反对', '弃权'] });
    expect((await deps.concerns.ofTopic(topic?.id ?? '')).map(({ number }) => number)).toEqual([12, 13]);
  });

  it.each([
    ['role.wrong', {}, { roles: ['resident'] as const }],
    ['topic.concernsUnknown', { concernIds: ['concern:16'] }, {}],
    ['topic.concernsUnknown', { concernIds: ['concern:15'] }, {}],
    ['topic.concernsUnknown', { concernIds: ['concern:12'] }, { place: ELSEWHERE }],
    ['topic.titleMissing', { title: ' ' }, {}],
    ['topic.options', { options: ['赞成', '赞成'] }, {}],
  ])('is refused with %s: %j', async (code, fields, who) => {
    await expect(useCases.createTopic(actor(who), input(fields))).rejects.toMatchObject({ code });
  });

  it('takes a concern once, also when two secretaries are at it', async () => {
    const both = await Promise.all([1, 2].map(() => useCases.createTopic(actor(), input())));
    const outcomes = await Promise.allSettled(both.map((decision) => stage.commit(decision)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(useCases.createTopic(actor(), input())).rejects.toMatchObject({
      code: 'topic.concernTaken',
    });
  });

  it('comes from chat with or without a title', async () => {
    const secretary = { by: 'liumin', in: GROUPS.secretaries, roles: ['secretary'] as const };
    const sent = await stage.say(settle, ' 12 3号楼装路灯', secretary);
    expect(sent.at(-1)?.[1]).toContain('已立题：议题#1 3号楼装路灯');
    expect((await stage.say(settle, '13', secretary)).at(-1)?.[1]).toContain('议题#2 3号楼路灯坏了13');
    expect((await stage.say(settle, '99', secretary))[0]?.[1]).toContain('没有找到诉求#99');
    expect((await stage.say(settle, '', secretary))[0]?.[1]).toContain('还差编号');
  });
});

describe('changing a topic', () => {
  const edit = { title: '新题目', description: '', options: ['装', '不装'] };
  const make = async () => {
    const decision = await useCases.createTopic(actor(), input());
    await stage.commit(decision);
    return decision.created?.id ?? '';
  };

  it('is possible until a poll is open', async () => {
    const topicId = await make();
    await stage.commit(await useCases.editTopic(actor(), { topicId, revision: 1, ...edit }));
    expect(await deps.topics.byId(topicId)).toMatchObject({
      title: '新题目',
      options: ['装', '不装'],
      revision: 2,
    });
    await stage.commit({
      writes: deps.polls.insert(samplePoll({ topicId }), []),
      dispatches: [],
      guarded: true,
    });
    await expect(useCases.editTopic(actor(), { topicId, revision: 2, ...edit })).rejects.toMatchObject({
      code: 'topic.pollRuns',
    });
  });

  it('can be taken back', async () => {
    const topicId = await make();
    const decision = await useCases.editTopic(actor(), { topicId, revision: 1, ...edit });
    await stage.commit(decision);
    await stage.commit({ writes: decision.undo ?? [], dispatches: [], guarded: true });
    expect(await deps.topics.byId(topicId)).toMatchObject({ title: '3号楼 路灯', revision: 3 });
  });

  it('moves it only along legal steps, at the revision that was seen', async () => {
    const topicId = await make();
    await expect(
      useCases.moveStage(actor(), { topicId, revision: 1, stage: 'closed' }),
    ).rejects.toMatchObject({ code: 'stage.wrong' });
    await expect(
      useCases.moveStage(actor(), { topicId, revision: 0, stage: 'consult' }),
    ).rejects.toMatchObject({ code: 'revision.old' });
    await stage.commit(
      await useCases.moveStage(actor(), { topicId, revision: 1, stage: 'consult', note: '大家要求' }),
    );
    expect((await deps.topics.byId(topicId))?.history.at(-1)).toMatchObject({
      stage: 'consult',
      note: '大家要求',
    });
  });

  it('is not for residents nor for other places', async () => {
    const topicId = await make();
    for (const step of [
      (who: ReturnType<typeof actor>) => useCases.editTopic(who, { topicId, revision: 1, ...edit }),
      (who: ReturnType<typeof actor>) => useCases.moveStage(who, { topicId, revision: 1, stage: 'consult' }),
    ]) {
      await expect(step(actor({ roles: ['resident'] }))).rejects.toMatchObject({ code: 'role.wrong' });
      await expect(step(actor({ place: ELSEWHERE }))).rejects.toMatchObject({ code: 'number.unknown' });
    }
  });
});

import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Poll, PollRules } from '#core/poll';
import type { RollEntry } from '#core/roll';
import type { PollMethod } from '#core/vote-method';
import { createBallotCommands, createBareBallot } from '#handlers/polls/ballot-commands';
import { createPollDeadlines } from '#handlers/polls/deadlines';
import { createPollUseCases } from '#handlers/polls/use-cases';
import { GROUPS, openConsultation, OPENING, resultPictureOf } from '../consultation.ts';
import { samplePoll, sampleTopic } from '../../models/vote-samples.ts';

const stage = await openConsultation();
const { deps } = stage;
const useCases = createPollUseCases(deps);
const deadlines = createPollDeadlines(deps);
const [cast, byTopic] = createBallotCommands(deps);
const bare = createBareBallot(deps);
if (!cast || !byTopic) throw new Error('no ballot commands');

const CLOSES = new Date('2026-12-20T10:00:00Z');
const minutes = (n: number) => new Date(OPENING.getTime() + n * 60_000);
const inGroup = (by: string, at = minutes(5)) => ({ by, at, in: GROUPS.residents });

beforeEach(async () => {
  await stage.clear();
  await stage.commit({ writes: [deps.topics.insert(sampleTopic())], dispatches: [] });
});
afterAll(() => stage.close());

const OPTIONS = ['修路', '路灯', '绿化'];

async function open(method: PollMethod, fields = {}): Promise<Poll> {
  const asked = { topicId: 'topic:1', groupIds: ['g1', 'g2'], closesAt: CLOSES, quorum: 0, options: OPTIONS };
  await stage.commit(await useCases.openPoll(stage.actor('liumin'), { ...asked, method, ...fields }));
  const [poll] = (await deps.polls.list({ placeIds: ['xfl'], limit: 1 })).items;
  if (!poll) throw new Error('no poll');
  return poll;
}

const close = async (poll: Poll) => {
  const now = new Date(CLOSES.getTime() + 1);
  const [sent] = await stage.fire(deadlines, `poll.close:${poll.id}`, now);
  return sent?.body;
};
const said = async (words: string, by = 'zhang') => (await stage.say(bare, words, inGroup(by)))[0]?.[1];

describe('from the opening to the result', () => {
  it('several: two of three, in one message, changed by another', async () => {
    const poll = await open({ kind: 'several', min: 1, max: 2 });
    expect((await stage.say(cast, ' 1 3', inGroup('zhang')))[0]?.[1]).toContain('选的是「修路、绿化」');
    expect(await said('1 2 3', 'li')).toContain('最多选2项');
    expect(await said('1 9', 'li')).toContain('没有第9项');
    await said('绿化', 'li');
    await said('②③', 'wang');
    expect(await deps.polls.tally(poll)).toMatchObject({ counts: [1, 1, 3], voters: 3 });
    expect((await close(poll))?.text).toContain('「绿化」最多');
  });

  it('ranking: the whole order, by numbers or names; a hole or a double is refused', async () => {
    const poll = await open({ kind: 'ranking', rule: 'instantRunoff' });
    expect(await said('排 2 1 3')).toContain('1 路灯、2 修路、3 绿化');
    expect(await said('2>1', 'li')).toContain('还差第3项');
    expect(await said('2>2>1', 'li')).toContain('第2项写了两次');
    expect((await stage.say(byTopic, '3 投 绿化、路灯、修路', inGroup('li')))[0]?.[1]).toContain('1 绿化');
    await said('213', 'wang');
    const body = await close(poll);
    expect(body?.text).toContain('「路灯」第一');
    expect(resultPictureOf(body).options[1]).toMatchObject({ words: '2人', votes: 2, full: 3 });
    expect(body?.card?.choices).toEqual([]);
  });

  it('points: exactly ten of ten', async () => {
    const poll = await open({ kind: 'points', points: 10 });
    expect(await said('分 1:5 2:3 3:3')).toContain('一共给了11分，要正好10分');
    expect(await said('5 5', 'zhang')).toContain('要3个数');
    expect(await said('分 1:5 2:5')).toContain('修路5分、路灯5分');
    await said('2 8 0', 'li');
    expect(await deps.polls.tally(poll)).toMatchObject({ counts: [7, 13, 0] });
    expect((await close(poll))?.text).toContain('路灯 13分');
  });

  it('score: one to five for each', async () => {
    const poll = await open({ kind: 'score' });
    expect(await said('6 1 1')).toContain('每项打1至5分');
    expect(await said('5 4 3')).toContain('修路5分');
    await said('4 4 2', 'li');
    const tally = await deps.polls.tally(poll);
    expect(tally.detail).toEqual({
      kind: 'score',
      distribution: [
        [0, 0, 0, 1, 1],
        [0, 0, 0, 2, 0],
        [0, 1, 1, 0, 0],
      ],
    });
    expect((await close(poll))?.text).toContain('修路 4.5分');
  });

  it('budget: what the money pays, and no wish above it', async () => {
    const costs = [400_000, 250_000, 300_000];
    const poll = await open({ kind: 'budget', limit: 600_000, costs, unit: '元' });
    expect(await said('1 2')).toContain('合计65万元，超过60万元');
    await said('2 3');
    await said('1', 'li');
    await said('3', 'wang');
    const body = await close(poll);
    expect(body?.text).toContain('2项列入，共55万元');
    expect(resultPictureOf(body).options.map(({ side }) => side)).toEqual(['没列入', '列入', '列入']);
  });
});

describe('figures that are no vote', () => {
  it('are left alone: a time while points are given, a long number, a sentence', async () => {
    await open({ kind: 'points', points: 10 });
    for (const words of ['18:30', '666', '10086']) expect(await said(words)).toBeUndefined();
  });

  it('with two polls open are asked back with what was said, for each', async () => {
    await open({ kind: 'ranking', rule: 'borda' });
    const second = sampleTopic({ id: 'topic:2', number: 5, title: '停车位' });
    await stage.commit({ writes: [deps.topics.insert(second)], dispatches: [] });
    await open({ kind: 'forAgainst' }, { topicId: 'topic:2', options: ['赞成', '反对', '弃权'] });
    expect(await said('2 1 3')).toContain('议题3 投2 1 3');
    expect(await said('反对')).toContain('议题5 投2');
  });
});

it('213 alone is an order of three, and no marks: 555 and 312 are talk there', async () => {
  const ranked = await open({ kind: 'ranking', rule: 'borda' });
  await said('213');
  expect(await deps.polls.ballotOf(ranked.id, 'zhang')).toMatchObject({ choice: [1, 0, 2] });
  expect(await said('223', 'li')).toBeUndefined();

  await stage.clear();
  await stage.commit({ writes: [deps.topics.insert(sampleTopic())], dispatches: [] });
  const scored = await open({ kind: 'score' });
  for (const talk of ['555', '312']) expect(await said(talk)).toBeUndefined();
  expect(await deps.polls.ballotOf(scored.id, 'zhang')).toBeUndefined();
  await said('5 5 5');
  expect(await deps.polls.ballotOf(scored.id, 'zhang')).toMatchObject({ choice: [5, 5, 5] });
});

it('a paper with 12 is no paper with 1 and 2: each number is typed by itself', async () => {
  const poll = await open({ kind: 'several', min: 1, max: 2 });
  const paper = { pollId: poll.id, voterId: 'zhang', path: 'paper' as const, at: OPENING };
  const enter = (values: readonly number[]) =>
    useCases.enterBallot(stage.actor('liumin', { now: minutes(5) }), { ...paper, values });
  await expect(enter([12])).rejects.toMatchObject({ code: 'ballot.invalid' });
  await stage.commit(await enter([1, 2]));
  expect(await deps.polls.ballotOf(poll.id, 'zhang')).toMatchObject({ choice: [0, 1] });
});

describe('rules that do not go together', () => {
  it.each<[PollMethod, Partial<PollRules>, string]>([
    [{ kind: 'several', min: 2, max: 1 }, {}, '最少和最多'],
    [{ kind: 'several', min: 1, max: 4 }, {}, '最少和最多'],
    [{ kind: 'points', points: 0 }, {}, '分数'],
    [{ kind: 'budget', limit: 5, costs: [1, 2], unit: '元' }, {}, '每一项'],
    [{ kind: 'budget', limit: 5, costs: [9, 9, 9], unit: '元' }, {}, '每一项'],
    [{ kind: 'forAgainst' }, {}, '赞成、反对、弃权'],
    [{ kind: 'score' }, { threshold: 'majority' }, '过半'],
    [{ kind: 'single' }, { article278: 'major' }, '第278条'],
    [{ kind: 'single' }, { secrecy: 'secret', showsCountsWhileOpen: true }, '不公开'],
    [{ kind: 'single' }, { minCell: 2 }, '楼栋'],
  ])('%j with %j are refused: %s', async (method, rules, why) => {
    await expect(open(method, { rules })).rejects.toMatchObject({
      code: 'poll.rulesWrong',
      reply: expect.stringContaining(why) as string,
    });
  });

  it.each([[['5', '10', '20']], [['3', '2', '1']], [['①', '三号']], [['1', '2、3']]])(
    'options called by other numbers than they have are refused: %j',
    async (options) => {
      await expect(open({ kind: 'single' }, { options })).rejects.toMatchObject({
        code: 'poll.rulesWrong',
        reply: expect.stringContaining('会和第几项弄混') as string,
      });
    },
  );

  it('by area need a roll that knows every area', async () => {
    const asked = { options: ['赞成', '反对', '弃权'], rules: { article278: 'major' } };
    await expect(open({ kind: 'forAgainst' }, asked)).rejects.toMatchObject({
      reply: expect.stringContaining('专有面积') as string,
    });
  });
});

describe('a secret poll', () => {
  it('takes no choice in the group and says where it goes', async () => {
    const poll = await open({ kind: 'single' }, { rules: { secrecy: 'secret' } });
    expect(await said('1')).toContain('私聊');
    expect((await deps.polls.tally(poll)).voters).toBe(0);
    await stage.say(bare, '1', { by: 'zhang', at: minutes(6) });
    expect((await deps.polls.tally(poll)).voters).toBe(1);
  });
});

describe('article 278 with a roll of owners', () => {
  const owners: readonly RollEntry[] = [
    { voterId: 'household:1', personIds: ['zhang'], building: '1', room: '101', areaCents: 8_000 },
    { voterId: 'household:2', personIds: ['li'], building: '1', room: '102', areaCents: 8_000 },
    { voterId: 'household:3', personIds: ['wang'], building: '2', room: '101', areaCents: 30_000 },
  ];
  const rules: PollRules = { ...samplePoll().rules, article278: 'ordinary' };
  const poll = samplePoll({ rules, unit: '户', rollSize: 3, quorum: 2, closesAt: CLOSES });
  const closing = {
    id: 'x',
    kind: 'poll.close',
    placeId: 'xfl',
    subjectId: poll.id,
    dueAt: CLOSES,
    step: 0,
  } as const;
  const result = async () => {
    const decision = await deadlines['poll.close']?.(closing, new Date(CLOSES.getTime() + 1), async () => 0);
    return decision?.dispatches[0]?.body;
  };

  beforeEach(() => stage.commit({ writes: deps.polls.insert(poll, owners), dispatches: [], guarded: true }));

  it('is invalid when persons are enough and area is not', async () => {
    await said('1');
    await said('1', 'li');
    const body = await result();
    expect(body?.text).toContain('面积不够，不算数');
    expect(body?.picture).toMatchObject({
      valid: false,
      checks: [
        '投票2户（66.7%），要2户，够',
        '投票的面积160㎡（34.8%），要306.67㎡，不够',
        expect.anything(),
        expect.anything(),
      ],
    });
  });

  it('is not adopted when the many agree and the large one does not', async () => {
    await said('1');
    await said('1', 'li');
    await said('2', 'wang');
    expect((await result())?.text).toContain('：没通过');
  });

  it('is adopted when both agree; the last word of each counts', async () => {
    await said('1');
    await said('2', 'li');
    await stage.say(bare, '1', inGroup('wang', minutes(7)));
    expect((await result())?.text).toContain('：通过');
  });
});

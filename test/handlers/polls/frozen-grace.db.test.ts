import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Poll } from '#core/poll';
import { createPollUseCases } from '#handlers/polls/use-cases';
import { closeDeadline } from '#handlers/polls/open-poll';
import { ruleLines } from '#texts/rule-words';
import { openConsultation, OPENING } from '../consultation.ts';
import { sampleTopic } from '../../models/vote-samples.ts';

const stage = await openConsultation();
const waiting = createPollUseCases({ ...stage.deps, graceMs: 30_000 });
const atOnce = createPollUseCases({ ...stage.deps, graceMs: 0 });

const CLOSES = new Date('2026-12-20T10:00:00Z');
const after = (moment: Date, ms: number) => new Date(moment.getTime() + ms);
const input = { topicId: 'topic:1', groupIds: ['g1'], closesAt: CLOSES, quorum: 0 };

beforeEach(async () => {
  await stage.clear();
  await stage.commit({ writes: [stage.deps.topics.insert(sampleTopic())], dispatches: [] });
});
afterAll(() => stage.close());

async function openWith({ openPoll }: typeof waiting): Promise<Poll> {
  await stage.commit(await openPoll(stage.actor('liumin'), input));
  const [poll] = (await stage.deps.polls.list({ placeIds: ['xfl'], limit: 1 })).items;
  if (!poll) throw new Error('no poll');
  return poll;
}

const saidOf = (poll: Poll) => ruleLines(poll).find(([about]) => about === '怎么算按时')?.[1];

describe('how long a poll waits after its end', () => {
  it.each([
    ['with a vendor', waiting, 30_000, '再等30秒'],
    ['in the playground', atOnce, 0, '马上计票'],
  ])('is frozen, done and said as it was when it opened: %s', async (_where, useCases, ms, words) => {
    const poll = await openWith(useCases);
    expect(poll.rules.graceSeconds).toBe(ms / 1_000);
    expect(await stage.pending()).toContainEqual([`poll.close:${poll.id}`, after(CLOSES, ms)]);
    expect(saidOf(poll)).toContain(words);
  });

  it('stays what was said when the program is set otherwise meanwhile', async () => {
    const poll = await openWith(waiting);
    const now = after(OPENING, 3_600_000);
    const ending = await atOnce.closeEarly(stage.actor('liumin', { now }), {
      pollId: poll.id,
      reason: '都投了',
    });
    await stage.commit(ending);
    expect(await stage.pending()).toContainEqual([`poll.close:${poll.id}`, after(now, 5_000 + 30_000)]);
  });

  it('is that of the program where it was not frozen, and no figure is said', async () => {
    const { rules, ...opened } = await openWith(atOnce);
    const { graceSeconds: _, ...before } = rules;
    const poll = { ...opened, rules: before };
    expect(closeDeadline(poll, 30_000).dueAt).toEqual(after(CLOSES, 30_000));
    expect(saidOf(poll)).toBe('以消息发出的时间为准');
  });
});

import { afterAll, beforeEach, expect, it } from 'vitest';
import { createBareBallot } from '#handlers/polls/ballot-commands';
import { createReceiptCommand } from '#handlers/polls/receipt-command';
import { GROUPS, openConsultation, OPENING } from '../consultation.ts';
import { samplePoll } from '../../models/vote-samples.ts';

const stage = await openConsultation();
const { deps } = stage;
const bare = createBareBallot(deps);
const receipt = createReceiptCommand(deps);

const minutes = (n: number) => new Date(OPENING.getTime() + n * 60_000);
const inGroup = (by: string, at = minutes(5)) => ({ by, at, in: GROUPS.residents });

beforeEach(() => stage.clear());
afterAll(() => stage.close());

it('a vote of who speaks for two households counts for both, and a member’s later one replaces it in theirs', async () => {
  const poll = samplePoll({ groupIds: ['g1'], unit: '户' });
  const households = [
    { voterId: 'household:1', personIds: ['li', 'zhang'] },
    { voterId: 'household:2', personIds: ['zhang'] },
  ];
  await stage.commit({ writes: deps.polls.insert(poll, households), dispatches: [], guarded: true });
  expect(await stage.say(bare, '1', inGroup('zhang'))).toHaveLength(1);
  expect(await deps.polls.tally(poll)).toMatchObject({ counts: [2, 0, 0], voters: 2 });
  await stage.say(bare, '2', inGroup('li', minutes(6)));
  expect(await deps.polls.tally(poll)).toMatchObject({ counts: [1, 1, 0], voters: 2 });
  expect((await stage.say(receipt, '3', inGroup('li', minutes(7))))[0]?.[1]).toContain('回执');
});

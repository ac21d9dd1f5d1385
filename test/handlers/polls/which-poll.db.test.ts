import { afterAll, beforeEach, expect, it } from 'vitest';

import type { Poll } from '#core/poll';
import { createBallotCommands } from '#handlers/polls/ballot-commands';
import { GROUPS } from '../consultation.ts';
import { samplePoll } from '../../models/vote-samples.ts';
import { inGroup, minutes, openPollStage } from './poll-stage.ts';

const { stage, deps, byTopic, cast, begin, open } = await openPollStage();
beforeEach(begin);
afterAll(() => stage.close());

/** A poll of another community with the same number, in which zhang may vote too. */
async function openElsewhere(): Promise<Poll> {
  const poll = samplePoll({
    id: 'poll:elsewhere',
    placeId: 'elsewhere',
    topicId: 'topic:elsewhere',
    groupIds: ['gx'],
  });
  const writes = deps.polls.insert(poll, [{ voterId: 'zhang', personIds: ['zhang'] }]);
  await stage.commit({ writes, dispatches: [] });
  return poll;
}

it('a number that is said in a group names no poll of another community', async () => {
  const elsewhere = await openElsewhere();
  const [answer] = await stage.say(byTopic, '3 投1', inGroup('zhang'));
  expect(answer?.[1]).toContain('没有找到议题#3');
  expect(await deps.polls.ballotOf(elsewhere.id, 'zhang')).toBeUndefined();

  const here = await open();
  await stage.say(byTopic, '3 投1', inGroup('zhang'));
  expect(await deps.polls.ballotOf(elsewhere.id, 'zhang')).toBeUndefined();
  expect(await deps.polls.ballotOf(here.id, 'zhang')).toMatchObject({ choice: [0] });
});

it('a number that two communities have names neither one-to-one, and both are voted in in their groups', async () => {
  const [here, elsewhere] = [await open(), await openElsewhere()];
  const [answer] = await stage.say(byTopic, '3 投1', { by: 'zhang', at: minutes(5) });
  expect(answer?.[1]).toMatch(/^有两个社区都有议题#3，这一票还没算进去：/u);
  expect(await deps.polls.ballotOf(here.id, 'zhang')).toBeUndefined();
  expect(await deps.polls.ballotOf(elsewhere.id, 'zhang')).toBeUndefined();

  await stage.say(cast, '2', { by: 'zhang', at: minutes(6), in: GROUPS.foreign });
  expect(await deps.polls.ballotOf(here.id, 'zhang')).toBeUndefined();
  expect(await deps.polls.ballotOf(elsewhere.id, 'zhang')).toMatchObject({ choice: [1] });
});

it('a number of the group’s own poll asks for nobody’s other polls: that would be a query for each vote', async () => {
  const here = await open();
  const asked: string[] = [];
  const openFor = (personId: string) => {
    asked.push(personId);
    return deps.polls.openFor(personId);
  };
  const [, counted] = createBallotCommands({ ...deps, polls: { ...deps.polls, openFor } });
  if (!counted) throw new Error('no command');

  await stage.say(counted, '3 投1', inGroup('zhang'));
  expect(await deps.polls.ballotOf(here.id, 'zhang')).toMatchObject({ choice: [0] });
  expect(asked).toEqual([]);
  await stage.say(counted, '4 投1', inGroup('zhang'));
  expect(asked).toEqual(['zhang']);
});

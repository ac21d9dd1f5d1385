import { afterAll, beforeAll, expect, it } from 'vitest';

import { createPollDeadlines } from '#handlers/polls/deadlines';
import { createPollUseCases } from '#handlers/polls/use-cases';
import { GROUPS, openConsultation } from '../consultation.ts';
import { sampleTopic } from '../../models/vote-samples.ts';

const stage = await openConsultation();
const { deps } = stage;
const CLOSES = new Date('2026-12-20T10:00:00Z');

beforeAll(() => stage.commit({ writes: [deps.topics.insert(sampleTopic())], dispatches: [] }));
afterAll(() => stage.close());

it('a closing waits for every chat of whoever may vote and every group of the place: 议题3 投1 is said in any', async () => {
  const input = { topicId: 'topic:1', groupIds: ['g1', 'g2'], closesAt: CLOSES, quorum: 2 };
  const opened = await createPollUseCases(deps).openPoll(stage.actor('liumin'), input);
  await stage.commit(opened);
  const asked: string[] = [];
  const close = createPollDeadlines({
    ...deps,
    people: {
      ...deps.people,
      conversationsOf: async (ids) =>
        ids.flatMap((id) =>
          ['first', 'second'].map((account) => ({
            ...GROUPS.residents.conversation,
            conversationId: `${account}-${id}`,
          })),
        ),
    },
    barrier: {
      passed: async (conversations) => {
        asked.push(...(await conversations()).map(({ conversationId }) => conversationId));
        return false;
      },
    },
  })['poll.close'];
  const subjectId = opened.created?.id ?? '';
  const deadline = {
    id: 'x',
    kind: 'poll.close',
    placeId: 'xfl',
    subjectId,
    dueAt: CLOSES,
    step: 0,
  } as const;
  await close?.(deadline, new Date(CLOSES.getTime() + 1), async () => 0);
  expect(asked).toEqual(
    expect.arrayContaining(['g1', 'g2', 'sec', 'first-zhang', 'second-zhang', 'first-chen', 'second-chen']),
  );
  expect(asked).not.toContain('gx');
});

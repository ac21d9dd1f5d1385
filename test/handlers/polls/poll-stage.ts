import type { Poll } from '#core/poll';
import { createBallotCommands, type createBareBallot } from '#handlers/polls/ballot-commands';
import { createPollDeadlines } from '#handlers/polls/deadlines';
import { createPollUseCases } from '#handlers/polls/use-cases';
import { GROUPS, openConsultation, OPENING } from '../consultation.ts';
import { sampleTopic } from '../../models/vote-samples.ts';

export const CLOSES = new Date('2026-12-20T10:00:00Z');
export const minutes = (n: number) => new Date(OPENING.getTime() + n * 60_000);
export const after = (ms: number) => new Date(CLOSES.getTime() + ms);
export const inGroup = (by: string, at = minutes(5)) => ({ by, at, in: GROUPS.residents });

type Ballot = ReturnType<typeof createBareBallot>;

/** A community with a topic that a poll is opened on. */
export async function openPollStage() {
  const stage = await openConsultation();
  const { deps } = stage;
  const useCases = createPollUseCases(deps);
  const [cast, byTopic] = createBallotCommands(deps) as [Ballot, Ballot];
  const input = (fields: Partial<Parameters<typeof useCases.openPoll>[1]> = {}) => ({
    topicId: 'topic:1',
    groupIds: ['g1', 'g2'],
    closesAt: CLOSES,
    quorum: 2,
    ...fields,
  });
  return {
    stage,
    deps,
    useCases,
    deadlines: createPollDeadlines(deps),
    cast,
    byTopic,
    input,
    async open(fields = {}): Promise<Poll> {
      await stage.commit(await useCases.openPoll(stage.actor('liumin'), input(fields)));
      const [poll] = (await deps.polls.list({ placeIds: ['xfl'], limit: 1 })).items;
      if (!poll) throw new Error('no poll');
      return poll;
    },
    async begin(): Promise<void> {
      await stage.clear();
      await stage.commit({ writes: [deps.topics.insert(sampleTopic())], dispatches: [] });
    },
  };
}

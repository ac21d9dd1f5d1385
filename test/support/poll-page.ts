import type { Poll } from '#core/poll';
import type { TestApp } from './app.ts';
import type { Town } from './chat.ts';
import type { ConsoleUser } from './console.ts';

interface Stage {
  readonly app: TestApp;
  readonly town: Town;
  readonly liuMin: ConsoleUser;
}

/** A poll of for and against among the residents, until 5 September if nothing else is said, opened in the console, and the path of its page. */
export async function openPollPage(
  { app, town, liuMin }: Stage,
  title: string,
  closesAt = '2026-09-05T18:00:00+08:00',
): Promise<{ poll: Poll; page: string }> {
  const options = ['赞成', '反对', '弃权'];
  const topic = { concernIds: [], title, description: '老人上下楼不方便', options };
  const { created } = await liuMin.step('topic.create', { ...topic, source: 'residents' });
  const asked = { topicId: created?.id ?? '', groupIds: ['group:xingfuli-residents'], quorum: 2, options };
  const answer = await liuMin.step('poll.open', { ...asked, closesAt });
  await town.clock.forward(11);
  const poll = await app.app.stores.polls.byId(answer.created?.id ?? '');
  if (!poll) throw new Error('no poll');
  return { poll, page: `/vote/${poll.topicNumber}-${poll.pageCode ?? ''}` };
}

import { DAY_MS } from '#core/clock';

import type { TodayAnswer } from '../contract-views.ts';
import { assignmentList, type LightOf } from './assignment-views.ts';
import { concernRows } from './concern-views.ts';
import type { ConsoleStores } from './stores.ts';
import type { Viewer } from './viewer.ts';

type Item = TodayAnswer['items'][number];
type Urgency = Item['urgency'];

const URGENCY_ORDER: Readonly<Record<Urgency, number>> = { late: 0, today: 1, waiting: 2, new: 3 };
const MOST = 20;
const WEEK_MS = 7 * DAY_MS;

interface TodayDeps {
  readonly stores: ConsoleStores;
  readonly lightOf: LightOf;
  readonly echo: ReadEcho;
}

/** 事事有回音: received, answered (merged ones with their target), and those past their promise, at most 100. */
export type ReadEcho = (
  placeIds: readonly string[],
  asOf: Date,
) => Promise<{ readonly received: number; readonly answered: number; readonly silent: readonly unknown[] }>;

/** What waits for the viewer, the most urgent first; a liaison officer sees only their groups' assignments. */
export async function today(deps: TodayDeps, viewer: Viewer, now: Date): Promise<TodayAnswer> {
  const assignments = await assignmentItems(deps, viewer, now);
  if (!viewer.isSecretary)
    return { items: sorted(assignments), week: [], ...(await figures(deps, viewer, now)) };
  const [concerns, outcomes, notices, week, counts] = await Promise.all([
    concernItems(deps.stores, viewer, now),
    outcomeItems(deps.stores, viewer),
    noticeItems(deps.stores, viewer),
    weekAhead(deps.stores, viewer, now),
    figures(deps, viewer, now),
  ]);
  return { items: sorted([...assignments, ...concerns, ...outcomes, ...notices]), week, ...counts };
}

async function assignmentItems(deps: TodayDeps, viewer: Viewer, now: Date): Promise<Item[]> {
  const { items } = await assignmentList(deps, viewer, { state: 'open', limit: MOST }, now);
  return items.flatMap((row): Item[] => {
    const base = {
      label: `T${row.number} ${row.action}`,
      path: `/console/assignments/${encodeURIComponent(row.id)}`,
    };
    const who = `${row.unit} ${row.ownerName}`;
    // What was reported or returned waits for the secretaries, not for those who did it.
    if (row.state !== 'open' && !viewer.isSecretary) return [];
    if (row.state === 'claimed')
      return [{ ...base, kind: 'claimed', urgency: 'waiting', detail: `${who}说办好了`, action: '去核实' }];
    if (row.state === 'returned')
      return [{ ...base, kind: 'returned', urgency: 'waiting', detail: `${who}退回了`, action: '重新交办' }];
    if (row.light === 'green' && viewer.isSecretary) return [];
    const urgency: Urgency = row.light === 'red' ? 'late' : row.light === 'yellow' ? 'today' : 'waiting';
    const action = viewer.isSecretary ? '催一下' : '去办结';
    return [{ ...base, kind: 'assignment', urgency, detail: `${who}，${row.lightReason}`, action }];
  });
}

async function concernItems(stores: ConsoleStores, viewer: Viewer, now: Date): Promise<Item[]> {
  const page = await stores.concerns.list({
    placeIds: viewer.placeIds,
    states: ['open', 'reopened'],
    order: 'urgent',
    asOf: now,
    limit: MOST,
  });
  const rows = await concernRows(stores, page.items, now);
  return rows.map((row) => ({
    kind: 'concern',
    urgency: row.promise === 'ok' ? 'new' : row.promise,
    label: `诉求#${row.number} ${row.title}`,
    detail: `${row.authorName}${row.endorsements > 0 ? `和附议的${row.endorsements}人` : ''}在等`,
    path: `/console/concerns/${encodeURIComponent(row.id)}`,
    action: '去答复',
  }));
}

async function outcomeItems(stores: ConsoleStores, viewer: Viewer): Promise<Item[]> {
  const stopped = await stores.outcomes.list({ placeIds: viewer.placeIds, states: ['stopped'], limit: MOST });
  return stopped.map((outcome) => ({
    kind: 'objection',
    urgency: 'today',
    label: `议题#${outcome.topicNumber} 公示收到异议`,
    detail: '公示先停下了，等社区答复',
    path: `/console/topics/${encodeURIComponent(outcome.topicId)}`,
    action: '去看',
  }));
}

async function noticeItems(stores: ConsoleStores, viewer: Viewer): Promise<Item[]> {
  const { items } = await stores.notices.list({ placeIds: viewer.placeIds, limit: MOST });
  const sent = items.filter((notice) => notice.state === 'sent');
  const perNotice = await Promise.all(
    sent.map(async (notice): Promise<Item[]> => {
      const proof = await stores.delivery.bySubject(notice.id);
      const stuck = proof.filter(
        ({ word }) => word === 'failed' || word === 'uncertain' || word === 'needsTap',
      ).length;
      if (stuck === 0) return [];
      const path = `/console/notices/${encodeURIComponent(notice.id)}`;
      return [
        {
          kind: 'notice',
          urgency: 'waiting',
          label: `通知#${notice.number}`,
          detail: `${stuck}个群还没送到`,
          path,
          action: '去处理',
        },
      ];
    }),
  );
  return perNotice.flat();
}

async function weekAhead(stores: ConsoleStores, viewer: Viewer, now: Date): Promise<TodayAnswer['week']> {
  const until = new Date(now.getTime() + WEEK_MS);
  const [polls, meetings] = await Promise.all([
    stores.polls.list({ placeIds: viewer.placeIds, states: ['open'], limit: MOST }),
    stores.meetings.list({ placeIds: viewer.placeIds, states: ['called'], limit: MOST }),
  ]);
  const dated = [
    ...polls.items.map((poll) => ({
      at: poll.closesAt,
      label: `议题#${poll.topicNumber}表决截止`,
      path: `/console/polls/${encodeURIComponent(poll.id)}`,
    })),
    ...meetings.items.map((meeting) => ({
      at: meeting.startsAt,
      label: `协商会#${meeting.number}`,
      path: `/console/meetings/${encodeURIComponent(meeting.id)}`,
    })),
  ];
  return dated
    .filter(({ at }) => at >= now && at <= until)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, label, path }) => ({ at: at.toISOString(), label, path }));
}

async function figures(
  { stores, echo }: TodayDeps,
  viewer: Viewer,
  now: Date,
): Promise<Pick<TodayAnswer, 'counts' | 'echo'>> {
  if (!viewer.isSecretary)
    return {
      counts: { unanswered: 0, topics: 0, assignments: 0 },
      echo: { received: 0, answered: 0, silent: 0 },
    };
  const { placeIds } = viewer;
  const [told, unanswered, topics, assignments] = await Promise.all([
    echo(placeIds, now),
    stores.concerns.count(placeIds, ['open', 'reopened'], now),
    stores.topics.list({
      placeIds,
      stages: ['settle', 'consult', 'outcome', 'assign', 'supervise', 'feedback'],
      limit: 100,
    }),
    stores.assignments.list({ placeIds, states: ['open', 'claimed', 'returned'], limit: 100 }),
  ]);
  return {
    counts: { unanswered, topics: topics.items.length, assignments: assignments.items.length },
    echo: { received: told.received, answered: told.answered, silent: told.silent.length },
  };
}

function sorted(items: readonly Item[]): Item[] {
  return [...items].sort((a, b) => URGENCY_ORDER[a.urgency] - URGENCY_ORDER[b.urgency]);
}

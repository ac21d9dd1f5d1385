import { definedFields } from '#core/decision';
import type { LaneSummary, OutboxOperations, SenderSummary } from '#core/outbox-operations';
import type { Finding, LeaseStanding, StandingInDetail } from '#core/machinery';
import type { Place } from '#core/people';
import type { ScheduleStanding } from '#core/schedule';
import { FINDING_WORDS, SCHEDULE_WORDS, WORK_WORDS } from '#texts/operations-words';

import type { AsideView, FindingView, MachineryView } from '../contract-operations.ts';
import type { Page } from '../contract-views.ts';
import { forbidden } from '../problems.ts';
import { groupNames } from './concern-views.ts';
import type { ExplainFailure } from './delivery-views.ts';
import type { ConsoleStores } from './stores.ts';
import type { Viewer } from './viewer.ts';

export interface OperationsDeps {
  readonly stores: ConsoleStores;
  readonly outboxOperations: Pick<OutboxOperations, 'aside'>;
  readonly explain: ExplainFailure;
  readonly standing: () => Promise<StandingInDetail>;
}

/** Held and dead messages of the viewer's place and below, the latest first. */
export async function asideList(
  deps: OperationsDeps,
  viewer: Viewer,
  query: { after?: string | undefined; limit: number },
): Promise<Page<AsideView>> {
  const page = await deps.outboxOperations.aside({
    placeIds: viewer.placeIds,
    limit: query.limit,
    ...definedFields({ after: query.after }),
  });
  const names = await groupNames(
    deps.stores,
    page.items.flatMap(({ groupId }) => groupId ?? []),
  );
  const items = page.items.map((row): AsideView => {
    const isPrivate = row.groupId === undefined;
    return {
      outboxId: row.id,
      word: row.state === 'held' ? 'uncertain' : 'failed',
      to: isPrivate ? '一对一' : (names.get(row.groupId) ?? ''),
      // What one person is told is between them and the bot.
      about: isPrivate ? '' : row.about,
      ...deps.explain(row.outcome === 'expired' ? 'expired' : (row.reason ?? '')),
      at: row.asideAt.toISOString(),
    };
  });
  return { items, ...definedFields({ next: page.next }) };
}

/** How the machinery stands, over all places: figures for admins, names only of what is theirs to see. */
export async function machineryView(deps: OperationsDeps, viewer: Viewer): Promise<MachineryView> {
  if (!viewer.roles.includes('admin')) throw forbidden();
  const { inbox, outbox, leases, schedules, findings, ...detail } = await deps.standing();
  const places = await placesById(deps.stores, schedules);
  return {
    findings: findings.map(findingView),
    inbox: definedFields({
      waiting: inbox.count,
      dead: inbox.dead,
      oldestAt: inbox.oldestAt?.toISOString(),
    }),
    outbox: {
      queued: outbox.queued,
      underWay: outbox.leased,
      held: outbox.held,
      dead: outbox.dead,
      sent: outbox.sent,
      senders: outbox.senders.map(senderView),
      lanes: detail.lanes.map((lane) => laneView(lane, nameOfLane(lane, detail, viewer))),
    },
    schedules: schedules
      .filter(({ placeId }) => placeId === undefined || viewer.placeIds.includes(placeId))
      .map((schedule) => scheduleView(schedule, places, detail.nextSlots)),
    work: leases.map(workView),
  };
}

function findingView({ code, severity, count, about, since }: Finding): FindingView {
  const { what, cure } = FINDING_WORDS[code];
  const named = code === 'leases.free' ? workWord(about) : about;
  return {
    code,
    severity,
    what: `${count}${what}`,
    cure,
    ...definedFields({ about: named, since: since?.toISOString() }),
  };
}

function workWord(kind: string | undefined): string | undefined {
  const words: Readonly<Record<string, string>> = WORK_WORDS;
  return kind === undefined ? undefined : (words[kind] ?? kind);
}

function senderView({ sender, queued, due, faults, oldestDueAt, pausedUntil }: SenderSummary) {
  return definedFields({
    sender,
    queued,
    due,
    faults,
    oldestDueAt: oldestDueAt?.toISOString(),
    restsUntil: pausedUntil?.toISOString(),
  });
}

function nameOfLane(
  { lane }: LaneSummary,
  { laneGroups }: Pick<StandingInDetail, 'laneGroups'>,
  viewer: Viewer,
): string {
  const group = laneGroups.get(lane);
  if (!group) return '一对一';
  return viewer.placeIds.includes(group.placeId) ? group.name : '别处的群';
}

function laneView({ queued, oldestDueAt, pausedUntil }: LaneSummary, name: string) {
  return definedFields({
    name,
    queued,
    oldestDueAt: oldestDueAt.toISOString(),
    restsUntil: pausedUntil?.toISOString(),
  });
}

async function placesById(stores: ConsoleStores, schedules: readonly ScheduleStanding[]) {
  const ids = [...new Set(schedules.flatMap(({ placeId }) => placeId ?? []))];
  const found = await Promise.all(ids.map((id) => stores.places.byId(id)));
  return new Map(found.flatMap((place): [string, Place][] => (place ? [[place.id, place]] : [])));
}

function scheduleView(
  { scheduleId, kind, placeId, last, waiting }: ScheduleStanding,
  places: ReadonlyMap<string, Place>,
  nextSlots: StandingInDetail['nextSlots'],
) {
  return definedFields({
    word: SCHEDULE_WORDS[kind],
    placeName: placeId === undefined ? '' : (places.get(placeId)?.name ?? ''),
    waiting,
    lastAt: last?.slotAt.toISOString(),
    lateMs: last && last.endedAt.getTime() - last.slotAt.getTime(),
    wasSkipped: last?.state === 'skipped' ? true : undefined,
    nextAt: nextSlots.get(scheduleId)?.toISOString(),
  });
}

function workView({ kind, held, partitions, holders }: LeaseStanding) {
  return { word: WORK_WORDS[kind], held, partitions, processes: holders };
}

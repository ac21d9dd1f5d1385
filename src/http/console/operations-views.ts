import { definedFields } from '#core/decision';
import type { AsideRow, LaneSummary, OutboxOperations, SenderSummary } from '#core/outbox-operations';
import type {
  Finding,
  LaneGroup,
  LeaseStanding,
  MachineryReads,
  StandingInDetail,
  TimetableEntry,
} from '#core/machinery';
import type { Place } from '#core/people';
import { FINDING_WORDS, SCHEDULE_WORDS, WORK_WORDS } from '#texts/operations-words';

import type { AsideView, FindingView, MachineryView } from '../contract-operations.ts';
import type { Page } from '../contract-views.ts';
import { forbidden } from '../problems.ts';
import type { ExplainFailure } from './delivery-views.ts';
import type { ConsoleStores } from './stores.ts';
import type { Viewer } from './viewer.ts';

export interface OperationsDeps {
  readonly stores: ConsoleStores;
  readonly outboxOperations: Pick<OutboxOperations, 'aside'>;
  readonly laneGroups: MachineryReads['laneGroups'];
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
  const groups = await deps.laneGroups(page.items.map(({ lane }) => lane));
  const items = page.items.map((row) => asideView(row, groups.get(row.lane), deps.explain));
  return { items, ...definedFields({ next: page.next }) };
}

/** What one person is told is between them and the bot: no word of it is shown. */
function asideView(row: AsideRow, group: LaneGroup | undefined, explain: ExplainFailure): AsideView {
  return {
    outboxId: row.id,
    word: row.state === 'held' ? 'uncertain' : 'failed',
    to: group?.name ?? '一对一',
    about: group ? row.about : '',
    ...explain(row.outcome === 'expired' ? 'expired' : (row.reason ?? '')),
    at: row.asideAt.toISOString(),
  };
}

/** How the machinery stands, over all places: figures for admins, names only of what is theirs to see. */
export async function machineryView(deps: OperationsDeps, viewer: Viewer): Promise<MachineryView> {
  if (!viewer.roles.includes('admin')) throw forbidden();
  const { inbox, outbox, leases, findings, ...detail } = await deps.standing();
  const mine = detail.timetable.filter(
    ({ placeId }) => placeId === undefined || viewer.placeIds.includes(placeId),
  );
  const places = await placesById(deps.stores, mine);
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
    schedules: mine.map((entry) => scheduleView(entry, places)),
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

async function placesById(stores: ConsoleStores, timetable: readonly TimetableEntry[]) {
  const ids = [...new Set(timetable.flatMap(({ placeId }) => placeId ?? []))];
  const found = await Promise.all(ids.map((id) => stores.places.byId(id)));
  return new Map(found.flatMap((place): [string, Place][] => (place ? [[place.id, place]] : [])));
}

function scheduleView(
  { kind, placeId, last, waiting, nextAt }: TimetableEntry,
  places: ReadonlyMap<string, Place>,
) {
  return definedFields({
    word: SCHEDULE_WORDS[kind],
    placeName: placeId === undefined ? '' : (places.get(placeId)?.name ?? ''),
    waiting,
    lastAt: last?.slotAt.toISOString(),
    lateMs: last && last.endedAt.getTime() - last.slotAt.getTime(),
    wasSkipped: last?.state === 'skipped' ? true : undefined,
    nextAt: nextAt?.toISOString(),
  });
}

function workView({ kind, held, partitions, holders }: LeaseStanding) {
  return { word: WORK_WORDS[kind], held, partitions, processes: holders };
}

import { definedFields } from '#core/decision';
import type { Meeting, MeetingState } from '#core/meeting';
import type { Poll, PollResult, PollState, Turnout } from '#core/poll';
import type { MethodCount } from '#core/vote-method';
import { buildingLabel, partLabel } from '#language/room-address';
import { mayShowCounts } from '#procedure/verdict';
import { countedPoll } from '#texts/counted-poll';
import { METHOD_WORDS, optionLabels } from '#texts/method-words';
import { pollFigures } from '#texts/poll-figures';
import { checkLines, verdictWords } from '#texts/result-texts';
import { ruleLines } from '#texts/rule-words';
import { inFours, openingCode } from '#src/proof/short-code';

import type { PollDetail, PollRow } from '../contract-polls.ts';
import type { MeetingDetail, MeetingRow, Page } from '../contract-views.ts';
import { notFound } from '../problems.ts';
import { groupNames } from './concern-views.ts';
import { delegationViews } from './delegation-views.ts';
import { deliveryRows, type ExplainFailure } from './delivery-views.ts';
import type { ConsoleStores } from './stores.ts';
import type { Viewer } from './viewer.ts';

interface ListQuery {
  readonly state?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

const POLL_STATES: Readonly<Record<string, readonly PollState[]>> = {
  open: ['open'],
  ended: ['closed', 'annulled'],
};
const MEETING_STATES: Readonly<Record<string, readonly MeetingState[]>> = {
  called: ['called'],
  ended: ['held', 'cancelled'],
};

export async function pollList(
  stores: ConsoleStores,
  viewer: Viewer,
  query: ListQuery,
): Promise<Page<PollRow>> {
  const states = query.state === undefined ? undefined : POLL_STATES[query.state];
  const page = await stores.polls.list({
    placeIds: viewer.placeIds,
    limit: query.limit,
    ...definedFields({ states, after: query.after }),
  });
  const items = await Promise.all(page.items.map((poll) => pollRow(stores, poll)));
  return { items, ...(page.next !== undefined && { next: page.next }) };
}

/** Voters without choices while it is open; from the sealed result afterwards. */
export async function pollRow(stores: ConsoleStores, poll: Poll): Promise<PollRow> {
  const voters = poll.result?.voters ?? (await stores.polls.turnout(poll)).voters;
  return {
    id: poll.id,
    topicId: poll.topicId,
    topicNumber: poll.topicNumber,
    title: poll.title,
    state: poll.state,
    openedAt: poll.openedAt.toISOString(),
    closesAt: poll.closesAt.toISOString(),
    voters,
    rollSize: poll.rollSize,
    quorum: poll.quorum,
    unit: poll.unit,
  };
}

export async function pollDetail(
  deps: { stores: ConsoleStores; explain: ExplainFailure; voteLink: (poll: Poll) => string | undefined },
  viewer: Viewer,
  id: string,
): Promise<PollDetail> {
  const poll = await deps.stores.polls.byId(id);
  const place = poll && (await deps.stores.places.byId(poll.placeId));
  if (!poll || !place || !viewer.placeIds.includes(poll.placeId)) throw notFound();
  const [row, turnout, delivery, count, delegations] = await Promise.all([
    pollRow(deps.stores, poll),
    deps.stores.polls.turnout(poll),
    deliveryRows(deps.stores, deps.explain, poll.id),
    visibleCount(deps.stores, poll),
    delegationViews(deps.stores, poll),
  ]);
  const names = await groupNames(deps.stores, poll.groupIds);
  return {
    ...row,
    place: { name: place.name, contact: place.dutyContact },
    options: optionLabels(poll),
    method: METHOD_WORDS[poll.method.kind],
    rules: ruleLines(poll),
    electorate: poll.electorate,
    nextStep: poll.nextStep,
    fingerprint: poll.fingerprint,
    openingCode: openingCode(poll.fingerprint),
    showsNames: poll.rules.showsNames === true,
    revision: poll.revision,
    byGroup: turnout.byGroup.map(({ groupId, ...figures }) => ({
      groupName: names.get(groupId) ?? '',
      ...figures,
    })),
    byBuilding: named(turnout.byBuilding),
    delivery,
    delegations,
    ...definedFields({
      struck: poll.strikes?.length,
      byUnit: unitsOf(turnout),
      proxiesPerHolder: poll.rules.proxiesPerHolder,
      voteLink: deps.voteLink(poll),
      counts: count?.counts,
      figures: count && pollFigures(poll, count),
      result: poll.result && resultView(poll, poll.result),
      closedEarlyReason: poll.closedEarlyReason,
      annulledReason: poll.annulledReason,
    }),
  };
}

/** Counts leave the server only after closing, or while open when the poll's frozen rules say so. */
async function visibleCount(stores: ConsoleStores, poll: Poll): Promise<MethodCount | undefined> {
  if (poll.result) return poll.result;
  return mayShowCounts(poll) ? stores.polls.tally(poll) : undefined;
}

function resultView(poll: Poll, result: PollResult): NonNullable<PollDetail['result']> {
  const counted = countedPoll(poll, result);
  return {
    verdict: verdictWords(counted),
    checks: checkLines(counted),
    quorumMet: result.quorumMet,
    countedAt: result.countedAt.toISOString(),
    ...definedFields({
      leading: result.leading,
      byBuilding: result.byBuilding && named(result.byBuilding),
      code: result.seal && inFours(result.seal.code),
    }),
  };
}

/** The units, where they say more than the buildings do. */
function unitsOf({ byBuilding, byUnit }: Turnout): PollDetail['byUnit'] {
  if (byBuilding.length !== 1 || byUnit.length < 2) return undefined;
  return byUnit.map(({ building, unit, ...figures }) => ({
    unit: partLabel({ building, unit }),
    ...figures,
  }));
}

/** Buildings as people call them. */
function named<Row extends { readonly building: string }>(rows: readonly Row[]): Row[] {
  return rows.map((row) => ({ ...row, building: buildingLabel(row.building) }));
}

export async function meetingList(
  stores: ConsoleStores,
  viewer: Viewer,
  query: ListQuery,
): Promise<Page<MeetingRow>> {
  const states = query.state === undefined ? undefined : MEETING_STATES[query.state];
  const page = await stores.meetings.list({
    placeIds: viewer.placeIds,
    limit: query.limit,
    ...definedFields({ states, after: query.after }),
  });
  const items = await Promise.all(page.items.map((meeting) => meetingRow(stores, meeting)));
  return { items, ...(page.next !== undefined && { next: page.next }) };
}

export async function meetingRow(stores: ConsoleStores, meeting: Meeting): Promise<MeetingRow> {
  const responses = await stores.meetings.responsesOf(meeting.id);
  const coming = responses.filter(({ answer }) => answer === 'coming').length;
  return {
    id: meeting.id,
    number: meeting.number,
    title: meeting.title,
    startsAt: meeting.startsAt.toISOString(),
    room: meeting.room,
    state: meeting.state,
    coming,
    away: responses.length - coming,
    ...definedFields({ topicId: meeting.topicId, topicNumber: meeting.topicNumber }),
  };
}

export async function meetingDetail(
  deps: { stores: ConsoleStores; explain: ExplainFailure },
  viewer: Viewer,
  id: string,
): Promise<MeetingDetail> {
  const { stores, explain } = deps;
  const meeting = await stores.meetings.byId(id);
  if (!meeting || !viewer.placeIds.includes(meeting.placeId)) throw notFound();
  const { minutes } = meeting;
  const [row, responses, names, writers] = await Promise.all([
    meetingRow(stores, meeting),
    stores.meetings.responsesOf(meeting.id),
    groupNames(stores, meeting.groupIds),
    stores.people.byIds(minutes ? [minutes.byId] : []),
  ]);
  return {
    ...row,
    agenda: meeting.agenda,
    invited: meeting.invited,
    revision: meeting.revision,
    responses: responses.map(({ personName, answer, sentAt }) => ({
      name: personName,
      answer,
      at: sentAt.toISOString(),
    })),
    groupNames: [...names.values()],
    delivery: await deliveryRows(stores, explain, meeting.id),
    ...(minutes && {
      minutes: {
        text: minutes.text,
        attended: minutes.attended,
        at: minutes.at.toISOString(),
        by: writers.get(minutes.byId)?.name ?? '',
      },
    }),
  };
}

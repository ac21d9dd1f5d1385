import { definedFields } from '#core/decision';
import type { Assignment, AssignmentState, Light, Outcome, OutcomeStore } from '#core/outcome';

import type { AssignmentDetail, AssignmentRow, OutcomeView, Page } from '../contract-views.ts';
import { notFound } from '../problems.ts';
import { groupNames, photoView } from './concern-views.ts';
import type { ConsoleStores } from './stores.ts';
import type { Viewer } from './viewer.ts';

/** The light of an assignment, with its reason in words. */
export type LightOf = (assignment: Assignment, now: Date) => Promise<{ light: Light; reason: string }>;

const STATES: Readonly<Record<string, readonly AssignmentState[]>> = {
  open: ['open', 'claimed', 'returned'],
  done: ['done'],
  all: ['open', 'claimed', 'returned', 'done'],
};
const LIGHT_ORDER: Readonly<Record<Light, number>> = { red: 0, yellow: 1, green: 2 };

/** Red, then yellow, then green; within a light the earliest due date first. */
export async function assignmentList(
  deps: { stores: ConsoleStores; lightOf: LightOf },
  viewer: Viewer,
  query: { state?: string | undefined; after?: string | undefined; limit: number },
  now: Date,
): Promise<Page<AssignmentRow>> {
  const page = await deps.stores.assignments.list({
    placeIds: viewer.placeIds,
    states: STATES[query.state ?? 'open'] ?? STATES['open'] ?? [],
    limit: query.limit,
    ...(!viewer.isSecretary && { groupIds: viewer.ownGroupIds }),
    ...definedFields({ after: query.after }),
  });
  const rows = await Promise.all(
    page.items.map((assignment) => assignmentRow(deps.lightOf, assignment, now)),
  );
  rows.sort((a, b) => LIGHT_ORDER[a.light] - LIGHT_ORDER[b.light] || a.dueAt.localeCompare(b.dueAt));
  return { items: rows, ...(page.next !== undefined && { next: page.next }) };
}

export async function assignmentRow(
  lightOf: LightOf,
  assignment: Assignment,
  now: Date,
): Promise<AssignmentRow> {
  const { light, reason } = await lightOf(assignment, now);
  const { id, number, topicId, topicNumber, action, ownerName, unit, dueAt, state, wasRed, revision } =
    assignment;
  return {
    id,
    number,
    topicId,
    topicNumber,
    action,
    ownerName,
    unit,
    dueAt: dueAt.toISOString(),
    state,
    light,
    lightReason: reason,
    wasRed,
    revision,
  };
}

export async function assignmentDetail(
  deps: { stores: ConsoleStores; lightOf: LightOf },
  viewer: Viewer,
  id: string,
  now: Date,
): Promise<AssignmentDetail> {
  const assignment = await deps.stores.assignments.byId(id);
  if (!assignment || !maySee(viewer, assignment)) throw notFound();
  const names = await groupNames(deps.stores, [assignment.groupId]);
  const { report, extension } = assignment;
  const reporter = report && (await deps.stores.people.byIds([report.byId])).get(report.byId)?.name;
  return {
    ...(await assignmentRow(deps.lightOf, assignment, now)),
    assignedAt: assignment.assignedAt.toISOString(),
    groupName: names.get(assignment.groupId) ?? '',
    ...definedFields({
      report: report && {
        text: report.text,
        photos: report.attachments.map(photoView),
        at: report.at.toISOString(),
        by: reporter ?? assignment.unit,
      },
      extension: extension && {
        toAt: extension.toAt.toISOString(),
        reason: extension.reason,
        state: extension.state,
        ...definedFields({ answer: extension.answer }),
      },
      returnedReason: assignment.returnedReason,
      lastUrgedAt: assignment.lastUrgedAt?.toISOString(),
    }),
  };
}

function maySee(viewer: Viewer, assignment: Assignment): boolean {
  if (!viewer.placeIds.includes(assignment.placeId)) return false;
  return (
    viewer.isSecretary ||
    viewer.ownGroupIds.includes(assignment.groupId) ||
    assignment.ownerId === viewer.person.id
  );
}

/** An outcome with its objections; who objected is not shown (名字不公开). */
export async function outcomeView(outcomes: OutcomeStore, outcome: Outcome): Promise<OutcomeView> {
  const objections = await outcomes.objectionsTo(outcome.id);
  return {
    id: outcome.id,
    topicId: outcome.topicId,
    topicNumber: outcome.topicNumber,
    state: outcome.state,
    publicFrom: outcome.publicFrom.toISOString(),
    publicUntil: outcome.publicUntil.toISOString(),
    revision: outcome.revision,
    items: outcome.items.map(({ action, ownerName, unit, dueAt }) => ({
      action,
      ownerName,
      unit,
      dueAt: dueAt.toISOString(),
    })),
    objections: objections.map(({ reason, sentAt, inTime }) => ({
      reason,
      at: sentAt.toISOString(),
      inTime,
    })),
    ...definedFields({ resolution: outcome.resolution }),
  };
}

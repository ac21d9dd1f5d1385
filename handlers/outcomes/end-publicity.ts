import { SECOND_MS } from '#core/clock';
import type { Deadline, DeadlineHandler } from '#core/deadline';
import { definedFields, joinDecisions, NOTHING, type Decision } from '#core/decision';
import type { ConversationRef } from '#core/message';
import type { TakeNumber } from '#core/numbers';
import type { Assignment, Outcome } from '#core/outcome';
import type { Group, Place } from '#core/people';
import { formatDay } from '#language/dates';
import { workingCalendarOf } from '#language/working-calendar';
import { toGroups } from '#procedure/broadcast';
import { localDayOf, nextCheckAt } from '#procedure/lights';
import { movedTo } from '#procedure/stages';
import { assignmentTexts } from '#texts/assignment-texts';
import { outcomeTexts } from '#texts/outcome-texts';
import type { OutcomeDeps } from './outcome-deps.ts';
import { backingWords } from './outcome-text.ts';

/** How long to wait for messages that were sent in time and are not decided yet. */
const BARRIER_WAIT_MS = SECOND_MS;

/**
 * The end of a publicity: when nobody objected, each item becomes an assignment, its group is told and the topic goes
 * on to 督办. Waits until no message sent before the end is undecided, for it may be an objection.
 */
export function createEndPublicity(deps: OutcomeDeps): DeadlineHandler {
  return async (deadline, now, takeNumber) => {
    const outcome = await deps.outcomes.byId(deadline.subjectId);
    const isMeant =
      outcome?.state === 'publicity' && outcome.round === deadline.step && outcome.publicUntil <= now;
    if (!isMeant) return { ...NOTHING, event: 'publicity.over' };
    const isLate = now.getTime() >= outcome.publicUntil.getTime() + deps.graceMs;
    if (!isLate || !(await deps.barrier.passed(() => conversationsOf(deps, outcome), outcome.publicUntil))) {
      return waitForMessages(deps, deadline, now);
    }
    const place = await deps.places.byId(outcome.placeId);
    if (!place) return { ...NOTHING, event: 'publicity.placeGone' };
    return assignItems(deps, { outcome, place, now, takeNumber });
  };
}

async function conversationsOf(deps: OutcomeDeps, outcome: Outcome): Promise<readonly ConversationRef[]> {
  const groups = await deps.groups.byIds(outcome.groupIds);
  const direct = await deps.people.conversationsOf(await deps.groups.memberIds(outcome.groupIds));
  return [...groups.map((group) => group.conversation), ...direct];
}

function waitForMessages(deps: OutcomeDeps, deadline: Deadline, now: Date): Decision {
  const dueAt = new Date(now.getTime() + BARRIER_WAIT_MS);
  return {
    writes: [deps.deadlines.again({ ...deadline, dueAt })],
    dispatches: [],
    guarded: true,
    event: 'publicity.waits',
  };
}

interface Ending {
  readonly outcome: Outcome;
  readonly place: Place;
  readonly now: Date;
  readonly takeNumber: TakeNumber;
}

async function assignItems(deps: OutcomeDeps, ending: Ending): Promise<Decision> {
  const { outcome, place, now } = ending;
  const topic = await deps.topics.byId(outcome.topicId);
  const step = { at: now, byId: 'system' };
  const assigned = topic && movedTo(topic, 'assign', step);
  const supervised = assigned && movedTo(assigned, 'supervise', step);
  if (!topic || !supervised) return setAside(deps, outcome);
  const assignments = await newAssignments(ending);
  const groups = new Map(
    (await deps.groups.byIds(assignments.map((one) => one.groupId))).map((one) => [one.id, one]),
  );
  const backing = await backingOf(deps, outcome.topicId);
  const handed = assignments.map((one) =>
    handOver(deps, one, groups.get(one.groupId), { place, now, backing }),
  );
  return joinDecisions(
    {
      writes: [
        deps.outcomes.update(outcome.id, { state: 'assigned' }, outcome.revision),
        deps.topics.update(topic.id, supervised, topic.revision),
      ],
      dispatches: await tellSecretaries(deps, outcome, assignments),
      audit: [
        {
          placeId: place.id,
          action: 'outcome.assigned',
          actorId: 'system',
          subjectId: outcome.id,
          at: now,
          facts: { assignments: assignments.length },
        },
      ],
      guarded: true,
      event: 'outcome.assigned',
    },
    ...handed,
  );
}

/** The topic went another way meanwhile: nothing may be handed out in its name. */
function setAside(deps: OutcomeDeps, outcome: Outcome): Decision {
  const writes = [deps.outcomes.update(outcome.id, { state: 'withdrawn' }, outcome.revision)];
  return { writes, dispatches: [], guarded: true, event: 'outcome.setAside' };
}

async function newAssignments({ outcome, place, now, takeNumber }: Ending): Promise<readonly Assignment[]> {
  const assignments: Assignment[] = [];
  for (const [index, item] of outcome.items.entries()) {
    const { ownerId, ...rest } = item;
    assignments.push({
      ...rest,
      ...definedFields({ ownerId }),
      id: `assignment:${outcome.id}:${index + 1}`,
      placeId: place.id,
      number: await takeNumber('assignment'),
      topicId: outcome.topicId,
      topicNumber: outcome.topicNumber,
      outcomeId: outcome.id,
      state: 'open',
      wasRed: false,
      assignedAt: now,
      remindedOn: localDayOf(now, place.timeZone),
      revision: 1,
    });
  }
  return assignments;
}

interface Handover {
  readonly place: Place;
  readonly now: Date;
  /** What the poll said, when one was held: 79人赞成. */
  readonly backing: string | undefined;
}

function handOver(
  deps: OutcomeDeps,
  assignment: Assignment,
  group: Group | undefined,
  { place, now, backing }: Handover,
): Decision {
  const zone = place.timeZone;
  const { number, action, unit, ownerName: name, topicNumber } = assignment;
  const text = assignmentTexts.new({
    number,
    action,
    responsible: { unit, name },
    due: formatDay(assignment.dueAt, now, zone),
    topicNumber,
    backing,
  });
  const nextAt = nextCheckAt(
    now,
    assignment.dueAt,
    place.rules.yellowWithinWorkingDays,
    workingCalendarOf(zone),
  );
  return {
    writes: [
      deps.assignments.insert(assignment),
      deps.deadlines.set({
        id: `assignment.check:${assignment.id}`,
        kind: 'assignment.check',
        placeId: assignment.placeId,
        subjectId: assignment.id,
        dueAt: nextAt,
        step: 0,
      }),
    ],
    dispatches: toGroups(
      group ? [group] : [],
      `assignment-new:${assignment.id}:1`,
      { text },
      {
        subjectId: assignment.id,
        quietZone: zone,
      },
    ),
  };
}

async function backingOf(deps: OutcomeDeps, topicId: string): Promise<string | undefined> {
  const poll = (await deps.polls.ofTopic(topicId)).find((one) => one.state === 'closed');
  return poll && backingWords(poll);
}

async function tellSecretaries(deps: OutcomeDeps, outcome: Outcome, assignments: readonly Assignment[]) {
  const groups = await deps.groups.inPlace(outcome.placeId, 'secretaries');
  const numbers = assignments.map((one) => one.number);
  const text = outcomeTexts.assigned({ topicNumber: outcome.topicNumber, numbers });
  return toGroups(groups, `outcome-assigned:${outcome.id}`, { text }, { subjectId: outcome.id });
}

import { requirePlace, requireRole } from '#core/authorise';
import { DAY_MS } from '#core/clock';
import type { Actor } from '#core/command';
import { definedFields } from '#core/decision';
import { UserError } from '#core/errors';
import type { Outcome, OutcomeItem } from '#core/outcome';
import type { Group } from '#core/people';
import type { Topic } from '#core/topic';
import { formatMoment } from '#language/dates';
import { atHour } from '#procedure/local-time';
import { movedTo } from '#procedure/stages';
import { followUpTexts } from '#texts/follow-up-texts';
import { outcomeTexts } from '#texts/outcome-texts';
import { systemTexts } from '#texts/system-texts';
import { topicTexts } from '#texts/topic-texts';
import { OUTCOME_STATE_WORDS, STAGE_WORDS } from '#texts/words';
import { outcomeText } from './outcome-text.ts';
import type { OutcomeDeps } from './outcome-deps.ts';

/** One agreed thing as somebody typed it: any part may still be missing. */
export interface OutcomeItemInput {
  readonly action?: string;
  readonly ownerName?: string;
  readonly unit?: string;
  readonly ownerId?: string;
  readonly groupId?: string;
  readonly dueAt?: Date;
}

export interface OutcomeInput {
  readonly topicId: string;
  readonly items: readonly OutcomeItemInput[];
  /** Residents' groups it is shown in. */
  readonly groupIds: readonly string[];
  /** End of the period; when absent, 18:00 on the last day of the place's period. */
  readonly publicUntil?: Date;
}

/** An outcome that may be published: everything is there and the topic allows it. */
export interface OutcomePlan {
  readonly topic: Topic;
  readonly moved: Pick<Topic, 'stage' | 'history'>;
  readonly items: readonly OutcomeItem[];
  readonly groups: readonly Group[];
  readonly publicUntil: Date;
  /** What each group reads, byte for byte. */
  readonly text: string;
}

/** The hour at which a period ends when nobody named one. */
export const PUBLICITY_END_HOUR = 18;
const MAX_PUBLICITY_DAYS = 60;
const MAX_ITEMS = 30;

/** Checks everything that publishing needs; throws UserError naming the first thing that is missing. */
export async function planOutcome(
  deps: OutcomeDeps,
  actor: Actor,
  input: OutcomeInput,
): Promise<OutcomePlan> {
  requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '公示' }));
  const topic = requirePlace(actor, await deps.topics.byId(input.topicId), topicTexts.unknown());
  const moved = await moveToOutcome(deps, actor, topic);
  await refuseWhilePollRuns(deps, actor, topic);
  const publicUntil = periodEnd(actor, input.publicUntil);
  const items = await checkItems(deps, actor, topic, input.items, publicUntil);
  const groups = await residentsGroups(deps, actor, input.groupIds);
  const text = outcomeText(actor, { topicNumber: topic.number, items, publicFrom: actor.now, publicUntil });
  return { topic, moved, items, groups, publicUntil, text };
}

async function moveToOutcome(
  deps: OutcomeDeps,
  actor: Actor,
  topic: Topic,
): Promise<Pick<Topic, 'stage' | 'history'>> {
  refuseSecond(actor, await deps.outcomes.ofTopic(topic.id));
  const moved = movedTo(topic, 'outcome', { at: actor.now, byId: actor.person.id });
  if (moved) return moved;
  const state = STAGE_WORDS[topic.stage];
  throw new UserError(
    'stage.wrong',
    systemTexts.notNow({ kind: 'topic', number: topic.number, state, command: '公示' }),
  );
}

/** What people are still voting on is not settled yet. */
async function refuseWhilePollRuns(deps: OutcomeDeps, { now, place }: Actor, topic: Topic): Promise<void> {
  const running = (await deps.polls.ofTopic(topic.id)).find((poll) => poll.state === 'open');
  if (!running) return;
  const closes = formatMoment(running.closesAt, now, place.timeZone);
  throw new UserError(
    'outcome.pollRuns',
    followUpTexts.publicityPollRuns({ topicNumber: topic.number, closes }),
  );
}

/** One outcome at a time: a withdrawn one makes room. */
function refuseSecond({ now, place }: Actor, earlier: Outcome | undefined): void {
  if (!earlier || earlier.state === 'withdrawn') return;
  const { topicNumber, state, publicUntil } = earlier;
  if (state === 'publicity') {
    const until = formatMoment(publicUntil, now, place.timeZone);
    throw new UserError('outcome.running', outcomeTexts.alreadyPublic({ topicNumber, until }));
  }
  const words = { number: topicNumber, state: OUTCOME_STATE_WORDS[state], command: '公示' };
  throw new UserError(`outcome.${state}`, systemTexts.notNow({ kind: 'topic', ...words }));
}

function periodEnd(actor: Actor, wanted: Date | undefined): Date {
  const { now, place } = actor;
  const end = wanted ?? atHour(now, place.timeZone, place.rules.publicityDays, PUBLICITY_END_HOUR);
  if (end > now && end.getTime() - now.getTime() <= MAX_PUBLICITY_DAYS * DAY_MS) return end;
  throw new UserError('outcome.periodWrong', followUpTexts.periodWrong({ most: MAX_PUBLICITY_DAYS }));
}

async function checkItems(
  deps: OutcomeDeps,
  actor: Actor,
  { number }: Topic,
  inputs: readonly OutcomeItemInput[],
  publicUntil: Date,
): Promise<readonly OutcomeItem[]> {
  if (inputs.length === 0)
    throw new UserError('outcome.empty', outcomeTexts.itemsMissing({ topicNumber: number }));
  if (inputs.length > MAX_ITEMS) {
    throw new UserError('outcome.tooMany', followUpTexts.tooManyItems({ most: MAX_ITEMS }));
  }
  const items = inputs.map(completeItem);
  const early = items.find((item) => item.dueAt <= publicUntil);
  if (early) {
    const until = formatMoment(publicUntil, actor.now, actor.place.timeZone);
    throw new UserError('outcome.dueEarly', followUpTexts.dueWithinPeriod({ action: early.action, until }));
  }
  return withGroups(deps, actor, items);
}

/** What an item still needs: action, owner, group and date are never left open (seed S4:11). */
function completeItem(input: OutcomeItemInput, index: number): OutcomeItem {
  const action = input.action?.trim();
  const ownerName = input.ownerName?.trim();
  const { unit, groupId, dueAt, ownerId } = input;
  if (action && ownerName && groupId && dueAt) {
    return { action, ownerName, unit: unit?.trim() ?? '', groupId, dueAt, ...definedFields({ ownerId }) };
  }
  const missing = [
    ...(action ? [] : ['办什么']),
    ...(groupId ? [] : ['哪个单位']),
    ...(ownerName ? [] : ['谁办']),
    ...(dueAt ? [] : ['什么时候办好']),
  ];
  throw new UserError('outcome.itemMissing', outcomeTexts.itemMissing({ index, missing }));
}

/** Each item's group must be able to be reminded; its unit is the item's when none was named. */
async function withGroups(
  deps: OutcomeDeps,
  actor: Actor,
  items: readonly OutcomeItem[],
): Promise<OutcomeItem[]> {
  const known = new Map(
    (await deps.groups.byIds(items.map((item) => item.groupId))).map((group) => [group.id, group]),
  );
  const reach = await placesAround(deps, actor);
  return items.map((item) => {
    const group = known.get(item.groupId);
    if (!group || group.kind === 'residents' || !reach.has(group.placeId)) {
      throw new UserError('outcome.unitUnknown', outcomeTexts.unitUnknown({ unit: item.unit }));
    }
    return { ...item, unit: item.unit === '' ? (group.unit ?? '') : item.unit };
  });
}

/** A department's group may belong to the street above; a building's to the place below. */
async function placesAround(deps: OutcomeDeps, actor: Actor): Promise<ReadonlySet<string>> {
  const { id, ancestorIds } = actor.place;
  return new Set([id, ...ancestorIds, ...(await deps.places.subtreeIds(id))]);
}

async function residentsGroups(
  deps: OutcomeDeps,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly Group[]> {
  const wanted = [...new Set(ids)];
  const within = new Set([actor.place.id, ...(await deps.places.subtreeIds(actor.place.id))]);
  const found = (await deps.groups.byIds(wanted)).filter(
    (group) => group.kind === 'residents' && within.has(group.placeId),
  );
  if (wanted.length === 0 || found.length < wanted.length) {
    throw new UserError('groups.missing', topicTexts.groupsMissing());
  }
  return found;
}

import { requirePlace, requireRole } from '#core/authorise';
import { DAY_MS, MINUTE_MS } from '#core/clock';
import type { Actor } from '#core/command';
import { definedFields } from '#core/decision';
import { UserError } from '#core/errors';
import type { Group } from '#core/people';
import type { Poll, PollRules } from '#core/poll';
import type { Electorate, RollEntry } from '#core/roll';
import type { Topic } from '#core/topic';
import type { PollMethod } from '#core/vote-method';
import { formatMoment } from '#language/dates';
import { normalizeCommandText } from '#language/normalize';
import { atHour } from '#procedure/local-time';
import { POLL_BOUNDS, POLL_DEFAULTS, VOTING_UNIT } from '#procedure/rules';
import { movedTo } from '#procedure/stages';
import { quorumOf } from '#procedure/verdict';
import { electorateWords, NEXT_STEP } from '#texts/poll-defaults';
import { pollPlanningTexts, type PollProblem } from '#texts/poll-planning-texts';
import { systemTexts } from '#texts/system-texts';
import { topicTexts } from '#texts/topic-texts';
import { STAGE_WORDS } from '#texts/words';
import { pageCodeOf } from './page-link.ts';
import { partLabels, planRoll } from './plan-roll.ts';
import type { PollDeps } from './poll-deps.ts';
import { methodFor, problemOf, settledRules } from './poll-rules.ts';
import { closesWords } from './poll-words.ts';

/** A poll as the secretary asks for it. */
export interface PollInput {
  readonly topicId: string;
  readonly groupIds: readonly string[];
  readonly closesAt: Date;
  /** Least number of voters for the poll to count; 0 = none. */
  readonly quorum: number;
  /** Absent: for and against where the options are 赞成, 反对, 弃权, else one of them. */
  readonly method?: PollMethod | undefined;
  /** What differs from the usual rules. */
  readonly rules?: Partial<PollRules> | undefined;
  /** When absent, those proposed with the topic. */
  readonly options?: readonly string[] | undefined;
  /** Who may vote; when absent, the members of the groups. */
  readonly electorateOf?: Electorate | undefined;
  readonly electorate?: string | undefined;
  readonly nextStep?: string | undefined;
  readonly showsCountsWhileOpen?: boolean | undefined;
}

/** A poll before it is opened: its fingerprint is taken when it opens, so that a preview needs no secret. */
export type PlannedPoll = Omit<Poll, 'fingerprint' | 'rollFingerprint'>;

/** A poll that may be opened: rules checked, roll taken, nothing written. */
export interface PollPlan {
  readonly poll: PlannedPoll;
  readonly topic: Topic;
  readonly moved: Pick<Topic, 'stage' | 'history'>;
  readonly groups: readonly Group[];
  readonly roll: readonly RollEntry[];
}

/** Checks everything that opening needs; throws UserError naming the first thing that is wrong. */
export async function planPoll(deps: PollDeps, actor: Actor, input: PollInput): Promise<PollPlan> {
  requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '表决' }));
  const topic = requirePlace(actor, await deps.topics.byId(input.topicId), topicTexts.unknown());
  const moved = consulted(actor, topic);
  const earlier = await requireNoneOpen(deps, actor, topic);
  const options = checkedOptions(topic, input.options ?? topic.options);
  const method = input.method ?? methodFor(options);
  checkClosing(actor, topic, input.closesAt);
  const groups = await groupsWithin(deps, actor, input.groupIds);
  const electorate = input.electorateOf ?? { kind: 'members' };
  const roll = await planRoll(deps, actor, electorate, groups);
  if (roll.length === 0) throw new UserError('poll.rollEmpty', pollPlanningTexts.rollEmpty());
  const rules = settledRules({ ...input, graceMs: deps.graceMs });
  refuseProblem(topic, problemOf({ method, options, rules, roll }));
  const quorum = quorumOf(rules, roll.length);
  if (quorum > roll.length) {
    throw new UserError('poll.quorumTooHigh', pollPlanningTexts.quorumTooHigh({ quorum, roll: roll.length }));
  }
  const key = deps.votePages?.key;
  const pageCode = key === undefined ? undefined : pageCodeOf(key, topic.id, earlier);
  const planned = pollOf(actor, topic, { ...input, options, method, rules, quorum }, roll);
  const poll = { ...planned, ...definedFields({ pageCode }) };
  return { poll, topic, moved, groups, roll };
}

function refuseProblem(topic: Topic, why: PollProblem | undefined): void {
  if (why)
    throw new UserError('poll.rulesWrong', pollPlanningTexts.rulesWrong({ topicNumber: topic.number, why }));
}

function consulted(actor: Actor, topic: Topic): Pick<Topic, 'stage' | 'history'> {
  const isOpen = topic.stage === 'settle' || topic.stage === 'consult';
  const moved = isOpen ? movedTo(topic, 'consult', { at: actor.now, byId: actor.person.id }) : undefined;
  if (moved) return moved;
  const state = STAGE_WORDS[topic.stage];
  throw new UserError(
    'stage.wrong',
    systemTexts.notNow({ kind: 'topic', number: topic.number, state, command: '表决' }),
  );
}

/** How many polls the topic had; none of them may be open. */
async function requireNoneOpen(deps: PollDeps, actor: Actor, topic: Topic): Promise<number> {
  const earlier = await deps.polls.ofTopic(topic.id);
  const open = earlier.find((poll) => poll.state === 'open');
  if (!open) return earlier.length;
  const closes = closesWords(open, actor.now, actor.place);
  throw new UserError(
    'poll.alreadyOpen',
    pollPlanningTexts.alreadyOpen({ topicNumber: topic.number, closes }),
  );
}

function checkedOptions(topic: Topic, options: readonly string[]): readonly string[] {
  const clean = options.map((option) => option.trim()).filter((option) => option !== '');
  const distinct = new Set(clean.map((option) => normalizeCommandText(option)));
  const { minOptions, maxOptions } = POLL_BOUNDS;
  if (distinct.size < clean.length || clean.length < minOptions || clean.length > maxOptions) {
    throw new UserError(
      'poll.optionsMissing',
      pollPlanningTexts.optionsMissing({ topicNumber: topic.number }),
    );
  }
  return clean;
}

function checkClosing({ now, place }: Actor, topic: Topic, closesAt: Date): void {
  const leftMs = closesAt.getTime() - now.getTime();
  const { minMinutes, maxDays } = POLL_BOUNDS;
  if (leftMs >= minMinutes * MINUTE_MS && leftMs <= maxDays * DAY_MS) return;
  const example = formatMoment(defaultClosing(now, place.timeZone), now, place.timeZone);
  throw new UserError(
    'poll.deadlineMissing',
    pollPlanningTexts.deadlineMissing({ topicNumber: topic.number, example }),
  );
}

/** When a poll ends if nobody says otherwise: 18:00 in a week. */
export function defaultClosing(now: Date, zone: string): Date {
  return atHour(now, zone, POLL_DEFAULTS.days, POLL_DEFAULTS.hour);
}

async function groupsWithin(deps: PollDeps, actor: Actor, ids: readonly string[]): Promise<readonly Group[]> {
  const wanted = [...new Set(ids)];
  const reach = new Set(await deps.places.subtreeIds(actor.place.id));
  const groups = (await deps.groups.byIds(wanted)).filter((group) => reach.has(group.placeId));
  if (wanted.length === 0 || groups.length < wanted.length)
    throw new UserError('group.unknown', topicTexts.groupsMissing());
  return groups;
}

type Settled = PollInput & Pick<Poll, 'options' | 'method' | 'rules' | 'quorum'>;

function pollOf(actor: Actor, topic: Topic, input: Settled, roll: readonly RollEntry[]): PlannedPoll {
  const voters = input.electorateOf ?? { kind: 'members' };
  const frozen = {
    title: topic.title,
    options: input.options,
    method: input.method,
    rules: input.rules,
    groupIds: [...new Set(input.groupIds)],
    closesAt: input.closesAt,
    quorum: input.quorum,
    electorate: input.electorate ?? electorateWords(actor.place, voters.kind, partLabels(voters)),
    unit: voters.kind === 'households' ? '户' : VOTING_UNIT,
    rollKind: voters.kind,
    nextStep: input.nextStep ?? NEXT_STEP,
  } as const;
  return {
    ...frozen,
    id: `poll:${actor.requestId}`,
    placeId: actor.place.id,
    topicId: topic.id,
    topicNumber: topic.number,
    openedAt: actor.now,
    openedById: actor.person.id,
    rollSize: roll.length,
    state: 'open',
    revision: 1,
  };
}

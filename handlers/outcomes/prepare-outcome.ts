import {
  type AnyCommand,
  defineCommand,
  type MessageContext,
  type Parsed,
  replyHere,
  replyPrivately,
} from '#core/command';
import { joinDecisions, type Decision } from '#core/decision';
import { UserError } from '#core/errors';
import type { Topic } from '#core/topic';
import { readLeadingNumber } from '#language/references';
import { outcomeTexts } from '#texts/outcome-texts';
import { confirmableUntil, keepPrepared, preparedOf } from '#procedure/prepared-step';
import { confirmTopicCard } from '#texts/poll-cards';
import { systemTexts } from '#texts/system-texts';
import { topicTexts } from '#texts/topic-texts';
import type { OutcomeDeps } from './outcome-deps.ts';
import { outcomeText, wholeOutcomeText } from './outcome-text.ts';
import { planOutcome } from './plan-outcome.ts';
import { createPreviewOutcome, createPublishOutcome } from './publish-outcome.ts';
import { readItems } from './read-items.ts';

interface OutcomeWords {
  readonly topicNumber: number;
  /** One agreed thing a line. */
  readonly lines: string;
}

/**
 * 公示 3 shows residents the whole of what was agreed. For secretaries, with a line for each agreed thing, it shows the
 * preview and keeps it; 确认公示 3 sends exactly that.
 */
export function createPrepareOutcomeCommands(deps: OutcomeDeps): readonly AnyCommand[] {
  return [prepareCommand(deps), confirmCommand(deps)];
}

function prepareCommand(deps: OutcomeDeps): AnyCommand {
  const preview = createPreviewOutcome(deps);
  return defineCommand<OutcomeWords>({
    name: 'outcome.prepare',
    triggers: ['公示', '发公示'],
    summary: '看公示全文',
    example: '公示 3',
    roles: ['resident'],
    parse: (_rest, original) => readTopic(original, '公示 3'),
    async run(context, words) {
      const isSecretary = context.roles.includes('secretary') || context.roles.includes('admin');
      if (!isSecretary) return showWhole(deps, context, words.topicNumber);
      const topic = await topicOf(deps, context, words.topicNumber);
      const input = {
        topicId: topic.id,
        items: readItems(words.lines, { ...context, groups: await workingGroups(deps, context) }),
        groupIds: (await deps.groups.inPlace(context.place.id, 'residents')).map((group) => group.id),
      };
      const plan = await planOutcome(deps, context, input);
      const shown = await preview(context, input);
      const minutes = context.place.rules.confirmWithinMinutes;
      const expiresAt = confirmableUntil(context);
      const { publicUntil, items } = plan;
      const prepared = { kind: 'outcome', groupIds: input.groupIds, items, publicUntil, expiresAt } as const;
      const text = outcomeTexts.preview({
        topicNumber: topic.number,
        groups: shown.groups.length,
        people: shown.people,
        body: shown.text,
        code: `公示 ${topic.number}`,
        minutes,
      });
      const card = confirmTopicCard(topic.number, '公示', shown.groups.length);
      return keepPrepared(context, deps.topics, topic, prepared, { text, card });
    },
  });
}

function confirmCommand(deps: OutcomeDeps): AnyCommand {
  const publish = createPublishOutcome(deps);
  return defineCommand<OutcomeWords>({
    name: 'outcome.confirm',
    triggers: ['确认公示'],
    summary: '预览没问题，发出公示',
    example: '确认公示 3',
    roles: ['secretary'],
    parse: (_rest, original) => readTopic(original, '确认公示 3'),
    async run(context, { topicNumber }) {
      const topic = await topicOf(deps, context, topicNumber);
      const prepared = preparedOf(topic, 'outcome', context.now);
      if (!prepared) {
        const words = { number: topicNumber, command: '公示' };
        throw new UserError('step.nothingPrepared', topicTexts.nothingPrepared(words));
      }
      const { items, groupIds, publicUntil } = prepared;
      const decision = await publish(context, { topicId: topic.id, items, groupIds, publicUntil });
      return joinDecisions(decision, replyHere(context, decision.summary ?? '', 'outcome.published'));
    },
  });
}

/** Every item, one-to-one: the message to the groups has room for two. */
async function showWhole(deps: OutcomeDeps, context: MessageContext, topicNumber: number): Promise<Decision> {
  const outcome = await deps.outcomes.byTopicNumber(context.place.id, topicNumber);
  if (!outcome || outcome.state === 'withdrawn') {
    throw new UserError('number.unknown', outcomeTexts.objectionNothing({ topicNumber }));
  }
  return replyPrivately(
    context,
    wholeOutcomeText(context, outcome),
    'outcome.full',
    outcomeText(context, outcome),
  );
}

async function topicOf(deps: OutcomeDeps, { place }: MessageContext, number: number): Promise<Topic> {
  const topic = await deps.topics.byNumber(place.id, number);
  if (!topic)
    throw new UserError('number.unknown', systemTexts.numberUnknownStaff({ kind: 'topic', number }));
  return topic;
}

/** Groups that can be reminded: of the place, and departments of the levels above it. */
async function workingGroups({ groups }: OutcomeDeps, { place }: MessageContext) {
  const placeIds = [place.id, ...place.ancestorIds.toReversed()];
  const found = await Promise.all(placeIds.map((id) => groups.inPlace(id)));
  return found.flat().filter((group) => group.kind !== 'residents');
}

function readTopic(original: string, example: string): Parsed<OutcomeWords> {
  const read = readLeadingNumber(original) ?? readLeadingNumber(`第${original.trimStart()}`);
  return read
    ? { ok: true, args: { topicNumber: read.value, lines: read.rest } }
    : { ok: false, hint: systemTexts.numberMissing({ kind: 'topic', example }) };
}

import type { Actor } from '#core/command';
import { definedFields, type Decision } from '#core/decision';
import type { Outcome } from '#core/outcome';
import { formatMoment } from '#language/dates';
import { reachNote, type BroadcastPreview } from '#procedure/broadcast';
import { outcomeTexts } from '#texts/outcome-texts';
import type { OutcomeDeps } from './outcome-deps.ts';
import { planOutcome, type OutcomeInput } from './plan-outcome.ts';
import { publicityEnd, publicMessage } from './show-outcome.ts';

/** What the groups would read, and who is in them; nothing is written. Throws UserError like publishing. */
export function createPreviewOutcome(deps: OutcomeDeps) {
  return async (actor: Actor, input: OutcomeInput): Promise<BroadcastPreview> => {
    const plan = await planOutcome(deps, actor, input);
    const members = await Promise.all(plan.groups.map((group) => deps.groups.memberIds([group.id])));
    const groups = plan.groups.map((group, index) => ({
      id: group.id,
      name: group.name,
      people: members[index]?.length ?? 0,
      ...definedFields({ note: reachNote(group, deps.channelFacts) }),
    }));
    return { text: plan.text, groups, people: new Set(members.flat()).size };
  };
}

/**
 * Shows an outcome to the groups for a period (公示), after which it becomes assignments unless somebody objects.
 * Every item needs an owner, a group that is reminded and a date after the period; throws UserError naming what is
 * missing (seed S4:12).
 */
export function createPublishOutcome(deps: OutcomeDeps) {
  return async (actor: Actor, input: OutcomeInput): Promise<Decision> => {
    const plan = await planOutcome(deps, actor, input);
    const { topic, items, groups, publicUntil } = plan;
    const outcome: Outcome = {
      id: `outcome:${actor.requestId}`,
      placeId: actor.place.id,
      topicId: topic.id,
      topicNumber: topic.number,
      items,
      groupIds: groups.map((group) => group.id),
      publicFrom: actor.now,
      publicUntil,
      round: 1,
      state: 'publicity',
      createdById: actor.person.id,
      revision: 1,
    };
    const until = formatMoment(publicUntil, actor.now, actor.place.timeZone);
    return {
      writes: [
        deps.outcomes.insert(outcome),
        deps.topics.update(topic.id, { ...plan.moved, prepared: undefined }, topic.revision),
        deps.deadlines.set(publicityEnd(outcome)),
      ],
      dispatches: publicMessage(outcome, groups, plan.text),
      audit: [
        {
          placeId: actor.place.id,
          action: 'outcome.published',
          actorId: actor.person.id,
          subjectId: outcome.id,
          at: actor.now,
          facts: { items: items.length, groups: groups.length, publicUntil: publicUntil.toISOString() },
        },
      ],
      guarded: true,
      summary: outcomeTexts.published({ topicNumber: topic.number, groups: groups.length, until }),
      event: 'outcome.published',
    };
  };
}

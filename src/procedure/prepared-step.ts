import type { OutboundBody } from '#core/channel';
import { MINUTE_MS } from '#core/clock';
import type { MessageContext } from '#core/command';
import type { Decision } from '#core/decision';
import type { PreparedStep, Topic, TopicStore } from '#core/topic';

/** Until when a step that was shown in chat can be confirmed there. */
export function confirmableUntil({ now, place }: Pick<MessageContext, 'now' | 'place'>): Date {
  return new Date(now.getTime() + place.rules.confirmWithinMinutes * MINUTE_MS);
}

/** Keeps exactly what was shown with its topic, and shows it: the confirmation sends this and nothing else. */
export function keepPrepared(
  context: MessageContext,
  topics: Pick<TopicStore, 'update'>,
  topic: Topic,
  prepared: PreparedStep,
  body: OutboundBody,
): Decision {
  return {
    writes: [topics.update(topic.id, { prepared }, topic.revision)],
    dispatches: [{ key: `reply:${context.requestId}`, to: context.message.from, body }],
    guarded: true,
    event: `${prepared.kind}.prepared`,
  };
}

/** What was shown of this kind and may still be confirmed. */
export function preparedOf<Kind extends PreparedStep['kind']>(
  { prepared }: Pick<Topic, 'prepared'>,
  kind: Kind,
  now: Date,
): Extract<PreparedStep, { kind: Kind }> | undefined {
  if (prepared?.kind !== kind || prepared.expiresAt < now) return undefined;
  return prepared as Extract<PreparedStep, { kind: Kind }>;
}

import { requirePlace, requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import { definedFields, type Decision } from '#core/decision';
import type { ConversationRef } from '#core/message';
import type { GroupStore } from '#core/people';
import { cleanUserText } from '#language/clean-text';
import { concernStepTexts } from '#texts/concern-step-texts';
import { queueTexts } from '#texts/queue-texts';
import { systemTexts } from '#texts/system-texts';
import type { ConcernDeps } from './deps.ts';
import { createRaiseConcern, type RaiseConcern } from './raise.ts';

export interface EnterForCaller {
  readonly name: string;
  readonly text: string;
  readonly phone?: string;
  /** The residents' group the caller lives in, when that is known. */
  readonly groupId?: string;
}

/** Nobody reads this conversation: who called is called back. */
const COUNTER: ConversationRef = { channel: 'web', account: 'counter', conversationId: 'counter' };

/**
 * Registers what somebody said on the telephone or at the counter, in their name and marked with who entered it. It
 * gets its number at once, also when it looks like another one: the secretary has seen the list. Throws
 * `concern.empty`.
 */
export function createEnterForCaller(
  deps: Pick<ConcernDeps, 'concerns' | 'deadlines' | 'groups'>,
): (actor: Actor, input: EnterForCaller) => Promise<Decision> {
  const raise = createRaiseConcern({ ...deps, concerns: { ...deps.concerns, similarTo: async () => [] } });
  return async (actor, input) => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '代录' }));
    const group = input.groupId === undefined ? undefined : await groupOf(deps.groups, actor, input.groupId);
    const authorName = cleanUserText(input.name, { maxChars: 20 }).text;
    const asked: RaiseConcern = {
      text: input.text,
      attachments: [],
      raisedIn: group?.conversation ?? COUNTER,
      ...(group && { groupId: group.id }),
      authorName,
      raisedAt: actor.now,
    };
    const { concern, isCut: _isCut, ...decision } = await raise(actor, asked);
    const entered = {
      ...concern,
      authorId: `caller:${actor.requestId}`,
      enteredById: actor.person.id,
      ...definedFields({ callerPhone: input.phone }),
    };
    const { id, placeId, number = 0 } = concern;
    return {
      ...decision,
      writes: [deps.concerns.insert(entered)],
      guarded: true,
      audit: [
        {
          placeId,
          action: 'concern.enteredFor',
          actorId: actor.person.id,
          subjectId: id,
          at: actor.now,
          facts: { number },
        },
      ],
      summary: queueTexts.entered({ number, title: concern.title }),
    };
  };
}

async function groupOf(groups: GroupStore, actor: Actor, groupId: string) {
  return requirePlace(actor, await groups.byId(groupId), concernStepTexts.groupNotFound());
}

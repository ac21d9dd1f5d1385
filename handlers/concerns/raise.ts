import type { Actor } from '#core/command';
import type { Concern, ConcernStore } from '#core/concern';
import type { DeadlineWrites } from '#core/deadline';
import { definedFields, type Decision } from '#core/decision';
import { UserError } from '#core/errors';
import type { Attachment, ConversationRef } from '#core/message';
import { cleanUserText } from '#language/clean-text';
import { isBlankOrEmoji } from '#language/message-frame';
import { titleOf } from '#language/title';
import { concernTexts } from '#texts/concern-texts';
import { answerDueAt, similarWait } from './register.ts';

/** More photos than this make no concern clearer (interface.md §6). */
export const MAX_ATTACHMENTS = 9;

export interface RaiseConcern {
  /** As the resident wrote it; at most 20,000 characters are kept and 2,000 shown. */
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly raisedIn: ConversationRef;
  readonly groupId?: string;
  readonly authorName: string;
  readonly raisedAt: Date;
  /** It may be no concern at all: keep it and wait for the author's 登记. */
  readonly isUnsure?: boolean;
}

export interface RaisedConcern extends Decision {
  readonly concern: Concern;
  /** The older concern it looks like, when it waits for its author's word. */
  readonly similar?: Concern & { readonly number: number };
  readonly isCut: boolean;
}

/**
 * Keeps a resident's concern: with a number, or waiting when it looks like an older one of the place, or when nobody
 * can tell whether it is one. Throws `concern.empty` for a text without words.
 */
export function createRaiseConcern(deps: {
  concerns: ConcernStore;
  deadlines: DeadlineWrites;
}): (actor: Actor, input: RaiseConcern) => Promise<RaisedConcern> {
  return async (actor, input) => {
    if (isBlankOrEmoji(input.text)) throw new UserError('concern.empty', concernTexts.empty());
    const { text, cut: isCut, original } = cleanUserText(input.text);
    const draft = draftOf(actor, input, { text, ...(isCut && { original }) });
    if (input.isUnsure === true) return kept(deps, { ...draft, state: 'unsure' }, isCut);
    const similar = await mostSimilar(deps.concerns, actor.place.id, text);
    if (!similar) {
      const number = await actor.takeNumber('concern');
      return {
        ...kept(deps, { ...draft, state: 'open', number }, isCut),
        created: { kind: 'concern', id: draft.id, number },
      };
    }
    const { id: concernId, number } = similar;
    const waiting = kept(deps, { ...draft, state: 'waiting', similarTo: { concernId, number } }, isCut);
    const deadline = deps.deadlines.setOnce(similarWait(actor.place, draft.id, actor.now));
    return { ...waiting, writes: [...waiting.writes, deadline], similar };
  };
}

function kept(deps: { concerns: ConcernStore }, concern: Concern, isCut: boolean): RaisedConcern {
  return { writes: [deps.concerns.insert(concern)], dispatches: [], concern, isCut };
}

async function mostSimilar(concerns: ConcernStore, placeId: string, text: string) {
  for (const { concern } of await concerns.similarTo(placeId, text)) {
    if (concern.number !== undefined) return { ...concern, number: concern.number };
  }
  return undefined;
}

function draftOf(
  actor: Actor,
  input: RaiseConcern,
  words: Pick<Concern, 'text'> & { readonly original?: string },
): Concern {
  return {
    id: `concern:${actor.requestId}`,
    placeId: actor.place.id,
    title: titleOf(words.text) || words.text.slice(0, 12),
    ...words,
    attachments: input.attachments.slice(0, MAX_ATTACHMENTS),
    authorId: actor.person.id,
    authorName: input.authorName,
    raisedIn: input.raisedIn,
    ...definedFields({ groupId: input.groupId }),
    raisedAt: input.raisedAt,
    state: 'open',
    endorsements: 0,
    answerDueAt: answerDueAt(actor.place, actor.now),
    reopenings: 0,
    revision: 0,
  };
}

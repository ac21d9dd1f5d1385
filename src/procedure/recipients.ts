import type { Concern, Endorsement } from '#core/concern';
import type { ConversationRef } from '#core/message';

/** A concern that is answered, with all that is merged into it and everybody who endorsed any of these. */
export interface Family {
  readonly root: Concern;
  readonly merged: readonly Concern[];
  readonly endorsements: readonly Endorsement[];
}

/** Somebody who is owed the answer, and the concern by whose number they know the matter. */
export interface Recipient {
  readonly personId: string;
  readonly name: string;
  readonly role: 'author' | 'endorser';
  readonly concern: Concern;
  readonly root: Concern;
  /** Where they spoke; undefined for somebody who called by telephone. */
  readonly spokeIn?: ConversationRef;
  /** The group they spoke in; undefined when it was one-to-one. */
  readonly groupId?: string;
}

/**
 * Everybody who raised or endorsed, each once: by the concern they raised before one they endorsed, and by the first
 * of several. Nobody is left out (seed article S1:17: 三零 — 反馈对象零遗漏).
 */
export function recipientsOf(families: readonly Family[]): readonly Recipient[] {
  const authors = families.flatMap(({ root, merged }) =>
    [root, ...merged].map((concern) => authorOf(concern, root)),
  );
  const endorsers = families.flatMap(({ root, merged, endorsements }) => {
    const byId = new Map([root, ...merged].map((concern) => [concern.id, concern]));
    return endorsements.map((one) => endorserOf(one, byId.get(one.concernId) ?? root, root));
  });
  const each = new Map<string, Recipient>();
  for (const recipient of [...authors, ...endorsers]) {
    if (!each.has(recipient.personId)) each.set(recipient.personId, recipient);
  }
  return [...each.values()];
}

function authorOf(concern: Concern, root: Concern): Recipient {
  const { authorId: personId, authorName: name, raisedIn, groupId, enteredById } = concern;
  const known = { personId, name, role: 'author' as const, concern, root };
  if (enteredById !== undefined) return known;
  return { ...known, spokeIn: raisedIn, ...(groupId !== undefined && { groupId }) };
}

function endorserOf(endorsement: Endorsement, concern: Concern, root: Concern): Recipient {
  const { personId, personName: name, conversation, groupId } = endorsement;
  const known = { personId, name, role: 'endorser' as const, concern, root, spokeIn: conversation };
  return { ...known, ...(groupId !== undefined && { groupId }) };
}

import type { Concern, ConcernAnswer, ConcernStore, Feedback } from '#core/concern';
import type { Dispatch, Write } from '#core/decision';
import { groupBy } from '#core/group-by';
import { conversationKey, type ConversationRef } from '#core/message';
import type { PeopleStore, Place } from '#core/people';
import { type Family, type Recipient, recipientsOf } from '#procedure/recipients';
import { ratingCard } from '#texts/concern-cards';
import { feedbackTexts } from '#texts/feedback-texts';
import { answerInBrief, answerText } from './answer-text.ts';

export interface PersonalAnswers {
  readonly writes: readonly Write[];
  /** Takes the answers back, for a step that is undone before they went out. */
  readonly undo: readonly Write[];
  readonly dispatches: readonly Dispatch[];
  readonly told: number;
  /** Names of those whom no message reaches: a secretary calls them. */
  readonly unreachable: readonly string[];
}

/** A concern with what was merged into it and who endorsed any of these. */
export async function familyOf(concerns: ConcernStore, root: Concern): Promise<Family> {
  const merged = await concerns.mergedInto(root.id);
  const endorsements = await concerns.endorsersOf([root.id, ...merged.map(({ id }) => id)]);
  return { root, merged, endorsements };
}

/**
 * The answer to everybody who raised or endorsed, each once in this round: one-to-one where they can be written to,
 * else by one message to the group they spoke in, naming them as they are shown there.
 */
export async function personalAnswers(
  deps: { concerns: ConcernStore; people: PeopleStore },
  place: Place,
  families: readonly Family[],
  answer: ConcernAnswer,
): Promise<PersonalAnswers> {
  const recipients = recipientsOf(families);
  const direct = await deps.people.directOf(recipients.map(({ personId }) => personId));
  const ways = recipients.map((recipient) => wayOf(recipient, direct.get(recipient.personId)));
  const rows = ways.map((way) => feedbackOf(way, place, answer));
  return {
    writes: rows.map((row) => deps.concerns.answerPerson(row)),
    undo: rows.map((row) => deps.concerns.answerPerson({ ...row, withdrawn: true })),
    dispatches: [
      ...ways.flatMap((way) => (way.way === 'direct' ? [directAnswer(way, place, answer)] : [])),
      ...groupAnswers(ways, answer),
    ],
    told: ways.filter(({ way }) => way !== 'unreachable').length,
    unreachable: ways.flatMap(({ way, recipient }) => (way === 'unreachable' ? [recipient.name] : [])),
  };
}

type Way =
  | { readonly way: 'direct' | 'group'; readonly to: ConversationRef; readonly recipient: Recipient }
  | { readonly way: 'unreachable'; readonly recipient: Recipient };

function wayOf(recipient: Recipient, direct: ConversationRef | undefined): Way {
  if (direct) return { way: 'direct', to: direct, recipient };
  if (!recipient.spokeIn) return { way: 'unreachable', recipient };
  return { way: recipient.groupId === undefined ? 'direct' : 'group', to: recipient.spokeIn, recipient };
}

/** The round of answers that a concern is in. */
export function roundOf(root: Concern): number {
  return root.reopenings + 1;
}

function feedbackOf({ way, recipient }: Way, place: Place, answer: ConcernAnswer): Feedback {
  const { concern, root, personId, role } = recipient;
  const round = roundOf(root);
  const id = `${concern.id}|${personId}|${round}`;
  return { id, concernId: concern.id, placeId: place.id, personId, role, round, at: answer.answeredAt, way };
}

/** The revision is in the key, so that an answer taken back and given anew is sent. */
function keyOf(root: Concern, to: string): string {
  return `feedback:${root.id}:${roundOf(root)}:${root.revision}:${to}`;
}

function directAnswer(
  { to, recipient }: Way & { to: ConversationRef },
  place: Place,
  answer: ConcernAnswer,
): Dispatch {
  const { concern, root, personId, role } = recipient;
  const number = concern.number ?? root.number ?? 0;
  const text = answerText(answer, { number, role }, place.dutyContact);
  return { key: keyOf(root, personId), to, body: { text, card: ratingCard(number) }, subjectId: root.id };
}

function groupAnswers(ways: readonly Way[], answer: ConcernAnswer): Dispatch[] {
  const inGroups = ways.flatMap((way) => (way.way === 'group' ? [way] : []));
  const byChat = groupBy(inGroups, ({ to, recipient }) => `${recipient.concern.id}:${conversationKey(to)}`);
  return [...byChat].flatMap(([key, [first, ...others]]) => {
    if (!first) return [];
    const { concern, root, groupId } = first.recipient;
    const names = [first, ...others].map(({ recipient }) => recipient.name);
    const number = concern.number ?? root.number ?? 0;
    const text = feedbackTexts.inGroup({ names, number, ending: answer.kind, text: answerInBrief(answer) });
    const body = { text, card: ratingCard(number) };
    const proof = { subjectId: root.id, ...(groupId !== undefined && { groupId }) };
    return [{ key: keyOf(root, key), to: first.to, body, ...proof }];
  });
}

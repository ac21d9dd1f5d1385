import { replyHere, replyPrivately, type AnyCommand, type MessageContext, type Said } from '#core/command';
import { decidedIn, joinDecisions, NOTHING, type Decision, type Write } from '#core/decision';
import type { Directory } from '#core/directory';
import { conversationKey, type InboundMessage, type InboundSender } from '#core/message';
import type { TakeNumber } from '#core/numbers';
import { readableName, type Resolved } from './resolve.ts';
import type { Route, Router } from './route.ts';
import type { InboxTexts } from './texts.ts';

/**
 * `free`: reads nothing that others write. `apart`: may go with others whose command says so. `alone`: everything in
 * front must be committed first.
 */
export type Binding =
  | { readonly kind: 'free' }
  | { readonly kind: 'apart'; readonly said: Said; readonly isApart: NonNullable<AnyCommand['isApart']> }
  | { readonly kind: 'alone' };

/** What is to be done with a row, before anything of it is done. */
export interface Plan {
  readonly resolved: Resolved;
  /** What keeps it from being decided together with others of its conversation. */
  readonly binding: Binding;
  decide(now: Date): Promise<Decision>;
}

export interface PlanDeps {
  readonly router: Router;
  readonly directory: Directory;
  readonly texts: InboxTexts;
  readonly takeNumber: (row: Resolved['row'], placeId: string) => TakeNumber;
}

/** Routes a row. Everything but a command is free. */
export function planRow(resolved: Resolved, deps: PlanDeps): Plan {
  const { row, group, place, speaker } = resolved;
  const { message } = row;
  if (message.body.type === 'joined' || message.body.type === 'left') {
    const { type, members } = message.body;
    return settled(resolved, () => membersChanged(type, members, resolved, deps));
  }
  if (message.sender.isSelf) return settled(resolved, () => silent('ignored.self'));
  if (!speaker || !place) return settled(resolved, (now) => strangerAnswer(resolved, deps, now));
  const groupKind = group ? { groupKind: group.kind } : {};
  const route = deps.router({ message, roles: speaker.roles, ...groupKind });
  return {
    resolved,
    binding: bindingOf(route, message),
    async decide(now) {
      const takeNumber = deps.takeNumber(row, place.id);
      const base = { ...speaker, place, now, takeNumber, message, requestId: row.id };
      const context: MessageContext = group ? { ...base, group } : base;
      const decision = await answer(route, context, deps.texts);
      return joinDecisions({ writes: speaker.introduction, dispatches: [] }, decidedIn(place.id, decision));
    },
  };
}

function settled(resolved: Resolved, decide: (now: Date) => Decision): Plan {
  return { resolved, binding: { kind: 'free' }, decide: async (now) => decide(now) };
}

function bindingOf(route: Route, message: InboundMessage): Binding {
  if (route.to !== 'command' || route.command.independent === true) return { kind: 'free' };
  const { command, rest, original } = route;
  if (!command.isApart) return { kind: 'alone' };
  return {
    kind: 'apart',
    said: { command: command.name, rest, original, message },
    isApart: command.isApart,
  };
}

/** Whether a row may be decided before this other one, which came first in their conversation, is committed. */
export function mayGoTogether(later: Plan, earlier: Plan): boolean {
  const [mine, other] = [later.binding, earlier.binding];
  if (mine.kind === 'alone' || other.kind === 'alone') return false;
  if (mine.kind === 'free' && other.kind === 'free') return true;
  return mine.kind === 'free' || other.kind === 'free' || mine.isApart(mine.said, other.said);
}

async function answer(route: Route, context: MessageContext, texts: InboxTexts): Promise<Decision> {
  switch (route.to) {
    case 'nobody':
      return silent(route.event);
    case 'command':
      return route.command.execute(route.rest, route.original, context);
    case 'wrongRole':
      return replyPrivately(
        context,
        texts.wrongRole(route.trigger),
        'role.wrong',
        texts.wrongRole(route.trigger),
      );
    case 'unsure':
      return replyHere(context, texts.unsure(), 'concern.unsure');
    case 'unknown':
      return replyHere(context, texts.unknown(route.likely), 'command.unknown');
  }
}

/** A chat that belongs to no place: whoever speaks to the bot is told so once a day. */
function strangerAnswer({ row }: Resolved, { router, texts }: PlanDeps, now: Date): Decision {
  const { message } = row;
  const route = router({ message, roles: ['resident'] });
  const isAddressed = message.mentionsBot || message.conversationKind === 'direct';
  if (!isAddressed || route.to === 'nobody') return silent('ignored.unbound');
  const key = `unbound:${conversationKey(message.from)}:${now.toISOString().slice(0, 10)}`;
  return {
    writes: [],
    dispatches: [{ key, to: message.from, body: { text: texts.unbound() } }],
    event: 'refused.unbound',
  };
}

function membersChanged(
  type: 'joined' | 'left',
  members: readonly InboundSender[],
  { row, group, place, knownMembers }: Resolved,
  { directory, texts }: PlanDeps,
): Decision {
  if (!group || !place) return silent('ignored.unbound');
  const { from, sentAt } = row.message;
  const writes = members
    .filter((member) => !member.isSelf)
    .flatMap((member): readonly Write[] => {
      const known = knownMembers.get(member.vendorId);
      if (type === 'left') return known ? [directory.left(group.id, known.id, sentAt)] : [];
      if (known) return [directory.joined(group.id, known.id, sentAt)];
      const named = { ...member, displayName: readableName(member) ?? texts.nameless() };
      const { person, writes } = directory.newcomer(from, named, group.placeId);
      return [...writes, directory.joined(group.id, person.id, sentAt)];
    });
  const isWelcome = type === 'joined' && members.some((member) => member.isSelf);
  const welcome = { key: `welcome:${row.id}`, to: from, body: { text: texts.welcome(place) } };
  return {
    writes,
    dispatches: isWelcome ? [welcome] : [],
    event: isWelcome ? 'group.welcome' : `members.${type}`,
  };
}

function silent(event: string): Decision {
  return { ...NOTHING, event };
}

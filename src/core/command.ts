import type { Decision } from './decision.ts';
import type { InboundMessage } from './message.ts';
import type { TakeNumber } from './numbers.ts';
import type { Group, Person, Place, Role } from './people.ts';

/** Who acts, where and when: the same for a chat command, a console button and a page. */
export interface Actor {
  readonly person: Person;
  readonly roles: readonly Role[];
  readonly place: Place;
  /** When the decision is made: the database's time. */
  readonly now: Date;
  /** The inbox id or the console's request id: ids of what is created derive from it. */
  readonly requestId: string;
  readonly takeNumber: TakeNumber;
}

/** A command's turn. It does not grow: anything else is a dependency of the command. */
export interface MessageContext extends Actor {
  readonly message: InboundMessage;
  /** The group it was said in; absent one-to-one. */
  readonly group?: Group;
  /** The name the sender is shown under in this conversation. */
  readonly spokenName: string;
}

export type Parsed<Args> =
  | { readonly ok: true; readonly args: Args }
  /** A Chinese text that says what is missing and how to write it. */
  | { readonly ok: false; readonly hint: string };

/** A message as it was routed to a command. */
export interface Said {
  /** The command's name. */
  readonly command: string;
  readonly rest: string;
  readonly original: string;
  readonly message: InboundMessage;
}

/** One line of the command table: routing, rights and 帮助 come from it. */
export interface Command<Args> {
  /** Stable id for logs, metrics and audit; never shown, never reused. */
  readonly name: string;
  /** Simplified, half-width, lower-case; the first one is the name people are told. */
  readonly triggers: readonly string[];
  readonly summary: string;
  /** A whole message that works, with numbers as examples. */
  readonly example: string;
  /** Who may use it, in the place of the conversation. */
  readonly roles: readonly Role[];
  /** Reads nothing that another command of the same batch writes, so many may be decided together. */
  readonly independent?: boolean;
  /**
   * Whether neither of two commands reads what the other writes, so that both may be decided together although
   * `other` came before in the same conversation, from the same person or somebody else. Not asked about
   * `independent` commands. Absent: everything in front must be committed first.
   */
  readonly isApart?: (mine: Said, other: Said) => boolean;
  /**
   * `rest` is what follows the trigger: normalised for matching. `original` is the same part as the person wrote
   * it, for storing.
   */
  parse(rest: string, original: string, context: MessageContext): Parsed<Args>;
  run(context: MessageContext, args: Args): Promise<Decision>;
}

/** A command whose argument type is closed over, as the registry holds it. */
export type AnyCommand = Omit<Command<unknown>, 'parse' | 'run'> & {
  /** Parses and runs; a failed parse becomes a reply with the hint. */
  execute(rest: string, original: string, context: MessageContext): Promise<Decision>;
};

/** The commands of one feature; `src/app.ts` puts all features into one table. */
export function defineCommand<Args>(command: Command<Args>): AnyCommand {
  const { parse, run, ...described } = command;
  return {
    ...described,
    async execute(rest, original, context) {
      const parsed = parse(rest, original, context);
      return parsed.ok ? run(context, parsed.args) : replyHere(context, parsed.hint, `${command.name}.hint`);
    },
  };
}

/** Answers in the conversation the message came from. */
export function replyHere(context: MessageContext, text: string, event: string): Decision {
  return {
    writes: [],
    dispatches: [
      { key: `reply:${context.requestId}`, to: context.message.from, body: { text }, joins: true },
    ],
    event,
  };
}

/**
 * Answers one-to-one where the channel can; else with `neutral` in the conversation (a text without choice, name
 * or complaint), or not at all when there is none.
 */
export function replyPrivately(
  context: MessageContext,
  text: string,
  event: string,
  neutral?: string,
): Decision {
  const { message } = context;
  const to = message.conversationKind === 'direct' ? message.from : message.sender.direct;
  if (to)
    return { writes: [], dispatches: [{ key: `reply:${context.requestId}`, to, body: { text } }], event };
  return neutral === undefined ? { writes: [], dispatches: [], event } : replyHere(context, neutral, event);
}

import type { mongo } from 'mongoose';

/**
 * Where in the life of a database command the process dies: before its bytes leave, when they have left and no answer
 * has been read, or when the answer is here and the program has not seen it.
 */
export type Moment = 'unsent' | 'sent' | 'answered';

type Command = mongo.BSON.Document;

interface CommandPoint {
  readonly matches: (command: Command) => boolean;
  readonly moments: readonly Moment[];
}

const insertsInto = (collection: string) => (command: Command) => command['insert'] === collection;
const updates =
  (collection: string, ...fields: readonly string[]) =>
  (command: Command) =>
    command['update'] === collection &&
    fields.every((field) => valueAt(command['updates'], field) !== undefined);
const reads = (collection: string) => (command: Command) => command['find'] === collection;
const within = (matches: CommandPoint['matches']) => (command: Command) =>
  command['autocommit'] === false && matches(command);
const alone = (matches: CommandPoint['matches']) => (command: Command) =>
  command['autocommit'] === undefined && matches(command);

const ALL: readonly Moment[] = ['unsent', 'sent', 'answered'];
const LATE: readonly Moment[] = ['sent', 'answered'];

/** The commands of a message's way in and out, and of a poll's closing, in their order. */
const COMMANDS: Readonly<Record<string, CommandPoint>> = {
  'inbox insert': { matches: insertsInto('inbox'), moments: ALL },
  'number taken': { matches: updates('counters', 'taken'), moments: LATE },
  'number kept': { matches: updates('inbox', 'numbers.concern'), moments: LATE },
  'effects written': { matches: alone(insertsInto('concerns')), moments: LATE },
  'endorsement written': { matches: alone(insertsInto('endorsements')), moments: LATE },
  'endorsements counted': {
    matches: (command) => command['aggregate'] === 'concerns' && valueAt(command, '$merge') !== undefined,
    moments: LATE,
  },
  'outbox rows written': { matches: alone(insertsInto('outbox')), moments: LATE },
  'inbox row done': { matches: alone(updates('inbox', 'doneAt')), moments: ALL },
  'lease round': { matches: updates('leases', 'until'), moments: LATE },
  claim: { matches: updates('outbox', 'token'), moments: ALL },
  settle: { matches: updates('outbox', 'settledBy'), moments: ALL },
  'deadline begun': { matches: (command) => command['startTransaction'] === true, moments: LATE },
  'ballots counted': { matches: reads('ballots'), moments: LATE },
  'ballot events sealed': { matches: reads('ballotEvents'), moments: LATE },
  'result written': { matches: within(updates('polls', 'result')), moments: LATE },
  'result queued': { matches: within(insertsInto('outbox')), moments: LATE },
  'audit written': { matches: insertsInto('audit'), moments: LATE },
  'deadline commit': { matches: (command) => command['commitTransaction'] === 1, moments: ALL },
};

/** Moments outside of the database: at the door and on the way to the vendor. */
const HOOKS = [
  'delivery parsed',
  'delivery acknowledged',
  'vendor not yet called',
  'vendor called',
  'vendor answered',
] as const;

export type Hook = (typeof HOOKS)[number];

/** Every step at which a process is killed. What is not in this list is not tried. */
export const STEPS: readonly string[] = [
  ...HOOKS,
  ...Object.entries(COMMANDS).flatMap(([name, { moments }]) => moments.map((moment) => `${name}: ${moment}`)),
];

/** The step that this command has come to, if it is one of the list. */
export function stepOf(command: Command, moment: Moment): string | undefined {
  const found = Object.entries(COMMANDS).find(
    ([, { matches, moments }]) => moments.includes(moment) && matches(command),
  );
  return found && `${found[0]}: ${moment}`;
}

/** The first value under this key, however deep; undefined when there is none. */
export function valueAt(document: unknown, key: string): unknown {
  if (Array.isArray(document)) return firstOf(document, key);
  if (typeof document !== 'object' || document === null || document instanceof Date) return undefined;
  const fields = document as Record<string, unknown>;
  return fields[key] ?? firstOf(Object.values(fields), key);
}

function firstOf(values: readonly unknown[], key: string): unknown {
  for (const value of values) {
    const found = valueAt(value, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

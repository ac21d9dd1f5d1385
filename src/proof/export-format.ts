import { z } from 'zod';

import { canonicalJson } from './hashing.ts';
import { RECEIPT_CHARS, SEAL_CHARS } from './short-code.ts';

/** Larger files are not read: a town of five million is not a neighbourhood. */
const MOST_ROWS = 5_000_000;
const MOST_OPTIONS = 1_000;

const hash = z.string().regex(/^[0-9a-f]{64}$/u);
const pseudonym = z.string().regex(/^[0-9a-f]{32}$/u);
const salt = pseudonym;
const instant = z.iso.datetime({ precision: 3 });
const words = z.string().max(20_000);
const figure = z.int().nonnegative();
const choice = z.array(z.int()).max(MOST_OPTIONS);
const path = z.enum(['group', 'direct', 'page', 'paper', 'phone', 'visit', 'proxy']);

const method = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('forAgainst') }),
  z.strictObject({ kind: z.literal('single') }),
  z.strictObject({ kind: z.literal('several'), min: figure, max: figure }),
  z.strictObject({ kind: z.literal('ranking'), rule: z.enum(['borda', 'instantRunoff']) }),
  z.strictObject({ kind: z.literal('points'), points: figure }),
  z.strictObject({ kind: z.literal('score') }),
  z.strictObject({
    kind: z.literal('budget'),
    limit: figure,
    costs: z.array(figure).max(MOST_OPTIONS),
    unit: words,
  }),
]);

const poll = z.strictObject({
  id: words,
  place: words,
  topicNumber: figure,
  title: words,
  options: z.array(words).max(MOST_OPTIONS),
  method,
  rules: z.record(z.string(), z.unknown()),
});

const struck = z.strictObject({ voter: pseudonym, into: pseudonym });
const end = z.strictObject({
  closesAt: instant,
  closedEarlyReason: words.optional(),
  struck: z.array(struck).min(1).max(MOST_ROWS).optional(),
});

const committed = { voter: pseudonym, commitment: hash };
const committedBallot = { ...committed, code: z.string().length(RECEIPT_CHARS) };
const opening = { choice, path, at: instant, salt };
const eventHash = { hash, link: hash };

const seal = z.strictObject({
  question: hash,
  rules: hash,
  roll: hash,
  opening: hash,
  end: hash,
  ballots: hash,
  choices: hash,
  events: hash,
  result: hash,
  rollSize: figure,
  ballotCount: figure,
  eventCount: figure,
  seal: hash,
  code: z.string().length(SEAL_CHARS),
});

const common = {
  format: z.literal('yishi-poll/1'),
  poll,
  end,
  result: z.looseObject({ counts: z.array(figure).max(MOST_OPTIONS), voters: figure }),
  seal,
};

const rollRow = z.strictObject({ ...committed, areaCents: figure.optional(), label: words.optional(), salt });
const ballotRow = z.strictObject({ ...committedBallot, ...opening });
const eventRow = z.strictObject({
  voter: pseudonym,
  ...opening,
  enteredBy: pseudonym.optional(),
  ...eventHash,
});

/** Polls that show who chose what: every commitment is opened. */
const openExport = z.strictObject({
  ...common,
  form: z.literal('open'),
  roll: z.array(rollRow).max(MOST_ROWS),
  ballots: z.array(ballotRow).max(MOST_ROWS),
  events: z.array(eventRow).max(MOST_ROWS),
});

/** Secret polls: who has voted what stays closed; choices are summed up by kind. */
const secretExport = z.strictObject({
  ...common,
  form: z.literal('secret'),
  roll: z.array(z.strictObject(committed)).max(MOST_ROWS),
  ballots: z.array(z.strictObject(committedBallot)).max(MOST_ROWS),
  choices: z.array(z.strictObject({ choice, times: z.int().positive() })).max(MOST_ROWS),
  events: z.array(z.strictObject(eventHash)).max(MOST_ROWS),
});

/** A poll for people outside: no accounts, and no names or rooms but where the poll shows who chose what. The same poll always gives the same file. */
const pollExportSchema = z.discriminatedUnion('form', [openExport, secretExport]);

type Frozen<T> = T extends readonly (infer One)[]
  ? readonly Frozen<One>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

export type OpenExport = Frozen<z.infer<typeof openExport>>;
export type SecretExport = Frozen<z.infer<typeof secretExport>>;
export type PollExport = OpenExport | SecretExport;

export type ParsedExport =
  | { readonly ok: true; readonly data: PollExport }
  /** Where it first differs from the format: `ballots.17.choice`. */
  | { readonly ok: false; readonly at: string };

/** What somebody says to be an export. Accepts nothing that the checks would not look at. */
export function parseExport(given: unknown): ParsedExport {
  const parsed = pollExportSchema.safeParse(given);
  if (!parsed.success) return { ok: false, at: (parsed.error.issues[0]?.path ?? []).map(String).join('.') };
  try {
    canonicalJson([parsed.data.poll.rules, parsed.data.result]);
  } catch {
    return { ok: false, at: 'poll.rules' };
  }
  // Whoever makes the file does not choose what it hides.
  if (parsed.data.form === 'secret' && parsed.data.poll.rules['showsNames'] === true)
    return { ok: false, at: 'form' };
  return { ok: true, data: parsed.data };
}

import { z } from 'zod';

import { conversationKey, identityKey } from '#core/message';
import { WEB_ACCOUNT } from '#core/web-chat';

import { CommunityError } from './problems.ts';
import { ancestorsOf } from './tree.ts';

const MAX_ENTRIES = 10_000;

const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'must be one line');
const slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'must be 1 to 40 small letters, digits and hyphens');
const login = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{1,39}$/,
    'must be 2 to 40 small letters, digits, dots, hyphens and underscores',
  );
const account = z.string().regex(/^[\w-]{1,40}$/, 'must be the name of a login, such as wechaty');
const channel = z.enum(['wechaty', 'web']);
const days = z.int().min(1).max(365);
const daysOrNone = z.int().min(0).max(60);
const minutes = z.int().min(1).max(1_440);

const placeSchema = z.strictObject({
  id: slug,
  name: line(40),
  kind: z.enum(['province', 'prefecture', 'county', 'town', 'community', 'building']),
  parent: slug.optional(),
  timeZone: z
    .string()
    .refine(isTimeZone, 'must be a time zone such as Asia/Shanghai')
    .default('Asia/Shanghai'),
  dutyContact: z.strictObject({ name: line(40), unit: line(40), phone: line(40) }),
  rules: z
    .strictObject({
      answerWithinDays: days,
      publicityDays: days,
      meetingNoticeDays: daysOrNone,
      yellowWithinWorkingDays: daysOrNone,
      similarWaitMinutes: minutes,
      confirmWithinMinutes: minutes,
    })
    .partial()
    .default({}),
});

const groupSchema = z.strictObject({
  id: slug,
  kind: z.enum(['residents', 'secretaries', 'liaison', 'department']),
  name: line(60),
  place: slug,
  unit: line(40).optional(),
  conversation: z.strictObject({ channel, account, conversationId: line(200) }),
});

const officerSchema = z.strictObject({
  id: slug,
  name: line(40),
  login,
  homePlace: slug,
  offices: z
    .array(
      z.strictObject({
        role: z.enum(['department', 'liaison', 'secretary', 'admin']),
        place: slug,
        unit: line(40).optional(),
      }),
    )
    .max(50),
  identity: z.strictObject({ channel, account, vendorId: line(200) }).optional(),
});

const fileSchema = z.strictObject({
  places: z.array(z.unknown()).min(1).max(MAX_ENTRIES),
  groups: z.array(z.unknown()).max(MAX_ENTRIES),
  officers: z.array(z.unknown()).max(MAX_ENTRIES),
});

type PlaceEntry = z.infer<typeof placeSchema>;
type GroupEntry = z.infer<typeof groupSchema>;
export type OfficerEntry = z.infer<typeof officerSchema>;

/** A community as its file describes it; every reference leads to an entry, and the places are a tree. */
export interface CommunityFile {
  readonly places: readonly PlaceEntry[];
  readonly groups: readonly GroupEntry[];
  readonly officers: readonly OfficerEntry[];
}

/** An entry that could be read, with where it stands: `groups.3`. */
interface Placed<Entry> {
  readonly at: string;
  readonly entry: Entry;
}

/** Parses what a JSON file holds. Throws CommunityError that names every problem with its path. */
export function parseCommunityFile(input: unknown): CommunityFile {
  const problems: string[] = [];
  const file = fileSchema.safeParse(input);
  if (!file.success) throw new CommunityError(file.error.issues.map((issue) => said('', issue)));
  const places = entriesOf('places', file.data.places, placeSchema, problems);
  const groups = entriesOf('groups', file.data.groups, groupSchema, problems);
  const officers = entriesOf('officers', file.data.officers, officerSchema, problems);
  // Also ids of entries that are wrong elsewhere, so that one mistake is told once.
  const placeIds = new Set(file.data.places.map(idOf));
  problems.push(
    ...placeProblems(places, placeIds),
    ...groupProblems(groups, placeIds),
    ...officerProblems(officers, placeIds),
  );
  if (problems.length > 0) throw new CommunityError(problems);
  const entries = <Entry>(placed: readonly Placed<Entry>[]) => placed.map(({ entry }) => entry);
  return { places: entries(places), groups: entries(groups), officers: entries(officers) };
}

function entriesOf<Schema extends z.ZodType>(
  list: string,
  raw: readonly unknown[],
  schema: Schema,
  problems: string[],
): Placed<z.infer<Schema>>[] {
  return raw.flatMap((one, index) => {
    const at = `${list}.${index}`;
    const parsed = schema.safeParse(one);
    if (parsed.success) return [{ at, entry: parsed.data }];
    problems.push(...parsed.error.issues.map((issue) => said(at, issue)));
    return [];
  });
}

function said(at: string, issue: z.core.$ZodIssue): string {
  const path = [...(at === '' ? [] : [at]), ...issue.path].join('.');
  return `${path || 'the file'}: ${issue.message}`;
}

function idOf(raw: unknown): unknown {
  return typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined;
}

function placeProblems(places: readonly Placed<PlaceEntry>[], placeIds: ReadonlySet<unknown>): string[] {
  const ancestors = ancestorsOf(places.map(({ entry }) => entry));
  return [
    ...repeated(places, 'id', ({ id }) => id),
    ...places.flatMap(({ at, entry: { id, parent } }) => {
      if (parent === undefined) return [];
      if (!placeIds.has(parent)) return [`${at}.parent: there is no place ${parent} in the file`];
      return ancestors.get(id) ? [] : [`${at}.parent: ${id} would be above itself`];
    }),
  ];
}

function groupProblems(groups: readonly Placed<GroupEntry>[], placeIds: ReadonlySet<unknown>): string[] {
  return [
    ...repeated(groups, 'id', ({ id }) => id),
    ...repeated(groups, 'conversation', ({ conversation }) => conversationKey(conversation)),
    ...groups.flatMap(({ at, entry: { kind, place, unit, conversation } }) => [
      ...missing(placeIds, place, `${at}.place`),
      ...(kind === 'department' && unit === undefined
        ? [`${at}.unit: a department's group needs its unit`]
        : []),
      ...wrongAccount(conversation, `${at}.conversation`),
      ...(conversation.conversationId.startsWith('direct-')
        ? [`${at}.conversation.conversationId: is a one-to-one chat, not a group`]
        : []),
    ]),
  ];
}

function officerProblems(
  officers: readonly Placed<OfficerEntry>[],
  placeIds: ReadonlySet<unknown>,
): string[] {
  return [
    ...repeated(officers, 'id', ({ id }) => id),
    ...repeated(officers, 'login', (officer) => officer.login),
    ...repeated(officers, 'identity', identityIdOf),
    ...officers.flatMap(({ at, entry: { homePlace, offices, identity } }) => [
      ...missing(placeIds, homePlace, `${at}.homePlace`),
      ...offices.flatMap(({ role, place, unit }, index) => [
        ...missing(placeIds, place, `${at}.offices.${index}.place`),
        ...(role === 'department' && unit === undefined
          ? [`${at}.offices.${index}.unit: a department's office needs its unit`]
          : []),
      ]),
      ...(identity ? wrongAccount(identity, `${at}.identity`) : []),
    ]),
  ];
}

/** The id of an officer's identity; undefined when the file gives none. */
export function identityIdOf({ identity }: Pick<OfficerEntry, 'identity'>): string | undefined {
  return identity && identityKey({ ...identity, conversationId: '' }, identity.vendorId);
}

function repeated<Entry>(
  placed: readonly Placed<Entry>[],
  field: string,
  keyOf: (entry: Entry) => string | undefined,
): string[] {
  const first = new Map<string, string>();
  return placed.flatMap(({ at, entry }) => {
    const key = keyOf(entry);
    const before = key === undefined ? undefined : first.get(key);
    if (key !== undefined && before === undefined) first.set(key, at);
    return before === undefined ? [] : [`${at}.${field}: is the same as in ${before}`];
  });
}

function missing(placeIds: ReadonlySet<unknown>, place: string, path: string): string[] {
  return placeIds.has(place) ? [] : [`${path}: there is no place ${place} in the file`];
}

function wrongAccount(ref: { readonly channel: string; readonly account: string }, path: string): string[] {
  const isWrong = ref.channel === 'web' && ref.account !== WEB_ACCOUNT;
  return isWrong ? [`${path}.account: the web channel's account is ${WEB_ACCOUNT}`] : [];
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

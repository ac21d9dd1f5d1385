import { createHash } from 'node:crypto';
import {
  householdIdOf,
  residentIdOf,
  roomKey,
  type Household,
  type Resident,
  type RoomAddress,
} from '#core/roster';
import { roomLabel } from '#language/room-address';
import { rosterTexts } from '#texts/roster-texts';
import { recogniseColumns, type Columns, type RosterField } from './columns.ts';
import type { Recognition } from './open-votes.ts';
import { readRow, type RosterRow, type RowPerson } from './read-row.ts';

/**
 * What happens to residents that the file does not name: they stay, or they are taken off in those buildings of which
 * the file has rows.
 */
export type Absent = 'keep' | 'remove';

export interface ProblemRow {
  /** As the file counts, from 1. */
  readonly line: number;
  readonly problem: string;
  /** The cells that were understood as columns, a phone cut to its tail; for the file of bad rows. */
  readonly cells: readonly string[];
}

export interface Change {
  readonly kind: 'new' | 'changed' | 'gone';
  readonly label: string;
  /** What is new, was changed or goes: 王芳，面积 89.52→90.10. */
  readonly what: string;
}

/** What an import would do; nothing of it has happened. */
export interface ImportPlan {
  /** Headers by what they are taken for. */
  readonly columns: readonly { readonly field: RosterField; readonly header: string }[];
  readonly unread: readonly string[];
  readonly rows: number;
  readonly problems: readonly ProblemRow[];
  readonly changes: readonly Change[];
  /** Households that stay as they are. */
  readonly same: number;
  readonly save: readonly Household[];
  readonly remove: readonly Household[];
  /** Who is known in chat as somebody that the roster no longer has. */
  readonly unknown: readonly Recognition[];
  /** Changes when the file does, or a household that it changes: what was previewed is what is done. */
  readonly basis: string;
}

/** Plans the import of a table into a place's roster; undefined when its columns are not understood. Pure. */
export function planImport(
  placeId: string,
  rows: readonly (readonly string[])[],
  present: readonly Household[],
  absent: Absent,
): ImportPlan | undefined {
  const columns = recogniseColumns(rows);
  if (!columns) return undefined;
  const { drafts, problems, count } = gather(rows, columns);
  const before = new Map(present.map((household) => [household.id, household]));
  const merged = [...drafts.values()].map((draft) =>
    mergeHousehold(placeId, draft, before.get(householdIdOf(placeId, draft.address)), absent),
  );
  const save = merged.filter((household) => !isSame(before.get(household.id), household));
  const remove = absent === 'remove' ? goneFrom(present, merged) : [];
  return {
    columns: namedColumns(rows, columns),
    unread: columns.unread,
    rows: count,
    problems,
    changes: [
      ...save.map((household) => changeOf(before.get(household.id), household)),
      ...remove.map((household) => goneOf(household)),
    ],
    same: merged.length - save.length,
    save,
    remove,
    unknown: present.flatMap((household) => unknownIn(household, save, remove)),
    basis: basisOf(save, remove, before),
  };
}

/** Of a household before, who is linked to a resident that is not there afterwards. */
function unknownIn(
  household: Household,
  save: readonly Household[],
  remove: readonly Household[],
): Recognition[] {
  const isGone = remove.some(({ id }) => id === household.id);
  const now = save.find(({ id }) => id === household.id);
  if (!isGone && !now) return [];
  const staying = new Set(now?.residents.map(({ id }) => id));
  return household.residents
    .filter(({ id }) => !staying.has(id))
    .flatMap(({ id: residentId, personIds }) =>
      personIds.map((personId) => ({ household, residentId, personId })),
    );
}

interface Draft {
  readonly address: RoomAddress;
  areaCents?: number;
  readonly people: RowPerson[];
}

/** Doors of a place are named alike: a row that leaves out what the others say is a slip, or a merged cell that was lost. */
function incomplete(all: readonly RoomAddress[]): (address: RoomAddress) => string | undefined {
  const buildings = new Set(all.map(({ building }) => building).filter((building) => building !== ''));
  const withUnits = new Set(all.filter(({ unit }) => unit !== '').map(({ building }) => building));
  return ({ building, unit }) => {
    if (building === '' && buildings.size > 0) return rosterTexts.noBuilding();
    return unit === '' && withUnits.has(building) ? rosterTexts.noUnit() : undefined;
  };
}

/** Reads row by row; a row that contradicts an earlier one of the same household is a problem of its own. */
function gather(rows: readonly (readonly string[])[], columns: Columns) {
  const drafts = new Map<string, Draft>();
  const problems: ProblemRow[] = [];
  const read = rows.flatMap((cells, index) =>
    index <= columns.headerRow || cells.every((cell) => cell.trim() === '')
      ? []
      : [{ index, cells, found: readRow(cells, columns) }],
  );
  const missing = incomplete(read.flatMap(({ found }) => ('row' in found ? [found.row.address] : [])));
  for (const { index, cells, found } of read) {
    const problem =
      'problem' in found ? found.problem : (missing(found.row.address) ?? addTo(drafts, found.row));
    if (problem !== undefined) problems.push({ line: index + 1, problem, cells: shownCells(cells, columns) });
  }
  return { drafts, problems, count: read.length };
}

function addTo(drafts: Map<string, Draft>, row: RosterRow): string | undefined {
  const key = roomKey(row.address);
  const draft = drafts.get(key) ?? { address: row.address, people: [] };
  const twice = row.people.find(({ name }) => draft.people.some((one) => one.name === name));
  if (twice) return rosterTexts.rowTwice({ label: roomLabel(row.address), name: twice.name });
  if (row.people.length === 0 && drafts.has(key))
    return rosterTexts.roomTwice({ label: roomLabel(row.address) });
  if (row.areaCents !== undefined && draft.areaCents !== undefined && row.areaCents !== draft.areaCents)
    return rosterTexts.areasDiffer({ label: roomLabel(row.address) });
  if (row.areaCents !== undefined) draft.areaCents = row.areaCents;
  draft.people.push(...row.people);
  drafts.set(key, draft);
  return undefined;
}

/** What the file says goes over what is known; what it does not say stays, above all who is linked to whom in chat. */
function mergeHousehold(
  placeId: string,
  draft: Draft,
  known: Household | undefined,
  absent: Absent,
): Household {
  const id = householdIdOf(placeId, draft.address);
  const named = new Set(draft.people.map(({ name }) => name));
  const before = new Map(known?.residents.map((resident) => [resident.name, resident]));
  const staying = absent === 'keep' ? (known?.residents.filter(({ name }) => !named.has(name)) ?? []) : [];
  const areaCents = draft.areaCents ?? known?.areaCents;
  return {
    id,
    placeId,
    ...(known?.revision !== undefined && { revision: known.revision }),
    ...draft.address,
    ...(areaCents !== undefined && { areaCents }),
    residents: [
      ...staying,
      ...draft.people.map((person) => mergeResident(id, person, before.get(person.name))),
    ].sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

function mergeResident(householdId: string, person: RowPerson, known: Resident | undefined): Resident {
  const phoneTail = person.phoneTail ?? known?.phoneTail;
  return {
    id: residentIdOf(householdId, person.name),
    name: person.name,
    ...(phoneTail !== undefined && { phoneTail }),
    isOwner: person.isOwner ?? known?.isOwner ?? false,
    personIds: known?.personIds ?? [],
  };
}

function goneFrom(present: readonly Household[], merged: readonly Household[]): Household[] {
  const buildings = new Set(merged.map(({ building }) => building));
  const named = new Set(merged.map(({ id }) => id));
  return present.filter(({ id, building }) => buildings.has(building) && !named.has(id));
}

function isSame(known: Household | undefined, now: Household): boolean {
  return known !== undefined && factsOf(known) === factsOf(now);
}

/** What the roster says of a household, in one order. */
function factsOf({ id, areaCents, residents }: Household): string {
  const people = residents
    .map(({ name, phoneTail = '', isOwner, personIds }) => [name, phoneTail, isOwner, [...personIds].sort()])
    .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
  return JSON.stringify([id, areaCents ?? 0, people]);
}

function changeOf(known: Household | undefined, now: Household): Change {
  const label = roomLabel(now);
  if (!known) return { kind: 'new', label, what: namesOf(now.residents) };
  const before = new Map(known.residents.map((resident) => [resident.name, resident]));
  const after = new Set(now.residents.map(({ name }) => name));
  const parts = [
    ...now.residents.filter(({ name }) => !before.has(name)).map(({ name }) => rosterTexts.added({ name })),
    ...known.residents.filter(({ name }) => !after.has(name)).map(({ name }) => rosterTexts.taken({ name })),
    ...now.residents
      .filter((one) => differs(before.get(one.name), one))
      .map(({ name }) => rosterTexts.edited({ name })),
    ...(known.areaCents === now.areaCents
      ? []
      : [rosterTexts.areaChanged({ from: known.areaCents, to: now.areaCents })]),
  ];
  return { kind: 'changed', label, what: parts.join('；') };
}

function differs(known: Resident | undefined, now: Resident): boolean {
  return known !== undefined && (known.phoneTail !== now.phoneTail || known.isOwner !== now.isOwner);
}

function goneOf(household: Household): Change {
  return { kind: 'gone', label: roomLabel(household), what: namesOf(household.residents) };
}

function namesOf(residents: readonly Resident[]): string {
  return residents.map(({ name }) => name).join('、');
}

function namedColumns(rows: readonly (readonly string[])[], { headerRow, at }: Columns) {
  const headers = rows[headerRow] ?? [];
  return (Object.entries(at) as [RosterField, number][]).map(([field, index]) => ({
    field,
    header: headers[index] ?? '',
  }));
}

/** Only columns that are read, in their order; of a long number in a phone's place only the tail. */
function shownCells(cells: readonly string[], { at }: Columns): string[] {
  return Object.values(at).map((index) =>
    (cells[index] ?? '').replace(/\d(?:[\s-]?\d){6,}[\dXx]?/gu, (long) => long.replace(/\D/gu, '').slice(-4)),
  );
}

/**
 * Covers what is saved and taken off beside what is there of it now. Who is linked to whom in chat counts only where it
 * would be lost: people say who they are while a secretary looks at a preview.
 */
function basisOf(
  save: readonly Household[],
  remove: readonly Household[],
  before: ReadonlyMap<string, Household>,
): string {
  const saved = save.map((now) => {
    const known = before.get(now.id);
    const staying = new Set(now.residents.map(({ id }) => id));
    const lost = known?.residents.filter(({ id }) => !staying.has(id)) ?? [];
    const rest = known && { ...known, residents: lost };
    return [withoutLinks(now), known ? withoutLinks(known) : '', rest ? factsOf(rest) : ''].join('\n');
  });
  const hash = createHash('sha256');
  for (const part of [saved, remove.map(factsOf)]) hash.update(part.sort().join('\n')).update('\n\n');
  return hash.digest('hex').slice(0, 32);
}

function withoutLinks(household: Household): string {
  return factsOf({ ...household, residents: household.residents.map((one) => ({ ...one, personIds: [] })) });
}

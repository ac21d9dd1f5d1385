import { requirePlace, requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import type { Decision } from '#core/decision';
import { UserError } from '#core/errors';
import type { Household } from '#core/roster';
import { householdIdOf } from '#core/roster';
import type { RosterList, RosterListKind } from '#core/roster-list';
import { cleanUserText } from '#language/clean-text';
import { readRoomAddress } from '#language/room-address';
import { rosterTexts } from '#texts/roster-texts';
import { systemTexts } from '#texts/system-texts';
import type { RosterDeps } from './roster-deps.ts';

export interface SaveList {
  /** Absent: a new list. */
  readonly listId?: string | undefined;
  readonly name: string;
  readonly kind: RosterListKind;
  /** One a line: 3-2-501 王芳, or the name of somebody who is in a chat and on no roster. */
  readonly lines: readonly string[];
}

/** Keeps a list of people; a line that names nobody, or several, is told and nothing is kept. */
export function createSaveList(deps: RosterDeps) {
  return async (actor: Actor, input: SaveList): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '名单' }));
    const before =
      input.listId === undefined
        ? undefined
        : requirePlace(actor, await deps.rosterLists.byId(input.listId), rosterTexts.listUnknown());
    const lines = input.lines
      .map((line) => cleanUserText(line, { maxChars: 60 }).text.replaceAll('\n', ' ').trim())
      .filter((line) => line !== '');
    const members = await membersOf(deps, actor, lines);
    const list: RosterList = {
      id: before?.id ?? `list:${actor.requestId}`,
      placeId: actor.place.id,
      name: input.name,
      kind: input.kind,
      ...members,
      lines,
      revision: (before?.revision ?? 0) + 1,
    };
    return {
      writes: [deps.rosterLists.save(list, before?.revision ?? 0)],
      dispatches: [],
      audit: [
        {
          placeId: actor.place.id,
          action: 'roster.listSaved',
          actorId: actor.person.id,
          subjectId: list.id,
          at: actor.now,
          facts: { members: lines.length },
        },
      ],
      guarded: true,
      summary: rosterTexts.listSaved({ name: list.name, members: lines.length }),
    };
  };
}

async function membersOf(deps: RosterDeps, actor: Actor, lines: readonly string[]) {
  const read = lines.map((line) => readRoomAddress(line));
  const ids = read.flatMap((address) => (address ? [householdIdOf(actor.place.id, address)] : []));
  const [households, places] = await Promise.all([
    deps.roster.byIds([...new Set(ids)]),
    deps.places.subtreeIds(actor.place.id),
  ]);
  const byId = new Map(households.map((household) => [household.id, household]));
  const residentIds = new Set<string>();
  const personIds = new Set<string>();
  for (const [index, line] of lines.entries()) {
    const address = read[index];
    const found = address
      ? residentIn(byId.get(householdIdOf(actor.place.id, address)), address.rest)
      : undefined;
    if (found !== undefined) residentIds.add(found);
    else if (!address) personIds.add(await personNamed(deps, places, line, index));
    else throw lineProblem(index, line);
  }
  return { residentIds: [...residentIds].sort(), personIds: [...personIds].sort() };
}

function residentIn(household: Household | undefined, said: string): string | undefined {
  const name = said.replace(/[\s,，]+/gu, '');
  return household?.residents.find((resident) => resident.name === name)?.id;
}

async function personNamed(
  deps: RosterDeps,
  placeIds: readonly string[],
  name: string,
  index: number,
): Promise<string> {
  const { items } = await deps.peopleList.page({ placeIds, search: name, limit: 20 });
  const [found, ...others] = items.filter(({ person }) => person.name === name);
  if (!found || others.length > 0) throw lineProblem(index, name);
  return found.person.id;
}

function lineProblem(index: number, line: string): UserError {
  return new UserError('roster.listLine', rosterTexts.listLine({ line: index + 1, said: line }));
}

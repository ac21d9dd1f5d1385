import type { Group, Place } from '#core/people';
import { parseDeadline } from '#language/deadline';
import { normalizeCommandText } from '#language/normalize';
import type { OutcomeItemInput } from './plan-outcome.ts';

interface Surroundings {
  readonly place: Place;
  readonly now: Date;
  /** Groups that can be reminded: departments, liaison, secretaries. */
  readonly groups: readonly Group[];
}

const MARK = /^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[0-9０-９]{1,2}[、.．)）]|[·•-])\s*/u;
/** What people call the community's own staff. */
const OWN_STAFF = /^(?:社区|居委会?|村委会?|书记)$/u;

/**
 * Reads one agreed thing a line: `一、选定电梯位置，物业 刘建国，12月30日前`. The first part is the action; a date, a unit that
 * has a group, and a name may follow in any order. What cannot be read is left out, and the plan asks for it.
 */
export function readItems(text: string, surroundings: Surroundings): readonly OutcomeItemInput[] {
  return text
    .split('\n')
    .map((line) => line.replace(MARK, '').trim())
    .filter((line) => line !== '')
    .map((line) => readItem(line, surroundings));
}

function readItem(line: string, surroundings: Surroundings): OutcomeItemInput {
  const [action = '', ...rest] = line.split(/[，,；;]/u).map((part) => part.trim());
  let item: OutcomeItemInput = { action };
  for (const part of rest.filter((one) => one !== ''))
    item = { ...item, ...readPart(part, item, surroundings) };
  return item;
}

function readPart(
  part: string,
  item: OutcomeItemInput,
  surroundings: Surroundings,
): Partial<OutcomeItemInput> {
  const due = item.dueAt ? undefined : parseDeadline(part, surroundings.now, surroundings.place.timeZone);
  if (due?.rest === '') return { dueAt: due.at };
  let found: Partial<OutcomeItemInput> = {};
  for (const word of part.replace(/(?:来|负责)?办$|负责$/u, '').split(/\s+/u)) {
    const group = item.groupId ? undefined : groupOf(word, surroundings);
    found = group
      ? { ...found, unit: word, groupId: group.id }
      : { ...found, ownerName: `${found.ownerName ?? ''}${word}` };
  }
  return found;
}

function groupOf(word: string, { place, groups }: Surroundings): Group | undefined {
  const wanted = normalizeCommandText(word);
  if (wanted === '') return undefined;
  const same = groups.find(
    (group) => group.unit !== undefined && normalizeCommandText(group.unit) === wanted,
  );
  if (same) return same;
  const isOwn = OWN_STAFF.test(wanted) || wanted === normalizeCommandText(place.dutyContact.unit);
  if (isOwn) return groups.find((group) => group.kind === 'secretaries');
  const named = groups.filter(
    (group) =>
      group.kind !== 'secretaries' && wanted.length > 1 && normalizeCommandText(group.name).includes(wanted),
  );
  return named.length === 1 ? named[0] : undefined;
}

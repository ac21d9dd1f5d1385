import type { AnyCommand } from '#core/command';
import type { Role } from '#core/people';
import { normalizeCommandText, restAfter } from '#language/normalize';
import { readLeadingNumber } from '#language/references';

/** What a command expects behind its trigger, read off its example. */
type Form = 'number' | 'freeText' | 'nothing';

export interface TriggerMatch {
  readonly command: AnyCommand;
  readonly trigger: string;
  /** What follows the trigger, as the person wrote it. */
  readonly original: string;
  /** Whether what follows has the form that the command expects, so that a group's small talk is left alone. */
  readonly isValidForm: boolean;
}

export interface TriggerTable {
  /** The command with the longest trigger that the text begins with. */
  match(text: string): TriggerMatch | undefined;
  /** The commands that the text most likely means, for these roles. */
  likely(text: string, roles: readonly Role[], count: number): readonly AnyCommand[];
  /** A trigger with one wrong character in front of a form that fits: 付议 9. */
  isNearMiss(text: string): boolean;
}

/** Throws when two commands share a trigger or a name, or a trigger is not written in its normalised form. */
export function assertDistinctTriggers(commands: readonly AnyCommand[]): void {
  const seen = new Map<string, string>();
  for (const { name, triggers } of commands) {
    for (const key of [`name ${name}`, ...triggers]) {
      const other = seen.get(key);
      if (other !== undefined) throw new Error(`commands ${other} and ${name} share "${key}"`);
      seen.set(key, name);
    }
    const odd = triggers.find((trigger) => trigger === '' || normalizeCommandText(trigger) !== trigger);
    if (odd !== undefined) throw new Error(`trigger "${odd}" of ${name} is not in normalised form`);
  }
}

// What residents write behind a trigger instead of a number.
const CHOICE = /^(?:赞成|反对|弃权|同意|不同意|支持|满意|基本满意|不满意)/u;
const GAP = /^[\s,，:：、。.]/u;

export function createTriggerTable(commands: readonly AnyCommand[]): TriggerTable {
  assertDistinctTriggers(commands);
  const entries = commands
    .flatMap((command) => command.triggers.map((trigger) => ({ command, trigger, form: formOf(command) })))
    .sort((a, b) => b.trigger.length - a.trigger.length);

  return {
    match(text) {
      const plain = squeezed(normalizeCommandText(text.slice(0, 200)));
      for (const { command, trigger, form } of entries) {
        if (!plain.startsWith(squeezed(trigger))) continue;
        const original = restAfter(text, trigger);
        if (original === undefined) continue;
        return { command, trigger, original, isValidForm: fits(form, trigger, text, original) };
      }
      return undefined;
    },
    likely(text, roles, count) {
      const plain = squeezed(normalizeCommandText(text.slice(0, 200)));
      return commands
        .filter((command) => command.roles.some((role) => roles.includes(role)))
        .map((command) => ({
          command,
          score: Math.max(...command.triggers.map((one) => likeness(plain, one))),
        }))
        .sort((a, b) => b.score - a.score)
        .slice(0, count)
        .map(({ command }) => command);
    },
    isNearMiss(text) {
      const plain = squeezed(normalizeCommandText(text.slice(0, 200)));
      return entries.some(({ trigger, form }) => {
        const length = trigger.length;
        if (length < 2 || form === 'freeText') return false;
        const rest = plain.slice(length);
        const fitsForm = form === 'nothing' ? rest === '' : readLeadingNumber(rest) !== undefined;
        return fitsForm && differences(plain.slice(0, length), trigger) === 1;
      });
    },
  };
}

function formOf(command: AnyCommand): Form {
  const rest = command.triggers
    .map((trigger) => restAfter(command.example, trigger))
    .find((one) => one !== undefined);
  if (rest === undefined || rest === '') return 'nothing';
  return readLeadingNumber(rest) ? 'number' : 'freeText';
}

function fits(form: Form, trigger: string, text: string, original: string): boolean {
  if (original === '' || readLeadingNumber(original) || CHOICE.test(original)) return true;
  const isApart = GAP.test(behind(text, original));
  switch (form) {
    case 'nothing':
      return false;
    case 'number':
      return isApart && trigger.length > 1;
    case 'freeText':
      return isApart || (trigger.length > 1 && [...original].length > 1);
  }
}

/** The separator between trigger and rest, if any, with the rest. */
function behind(text: string, original: string): string {
  const before = text.slice(0, text.length - original.length);
  return (
    before.slice(
      before
        .trimEnd()
        .replace(/[,，:：、。.]+$/u, '')
        .trimEnd().length,
    ) + original
  );
}

function squeezed(text: string): string {
  return text.replaceAll(' ', '');
}

/** 1 when the text holds the trigger; else how many of the trigger's characters its beginning has, in [0, 1). */
function likeness(text: string, trigger: string): number {
  if (text.includes(trigger)) return 1 + trigger.length / 100;
  const start = new Set(text.slice(0, trigger.length + 4));
  const shared = [...trigger].filter((char) => start.has(char)).length;
  return shared / (trigger.length + 1);
}

function differences(a: string, b: string): number {
  let count = Math.abs(a.length - b.length);
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) if (a[index] !== b[index]) count += 1;
  return count;
}

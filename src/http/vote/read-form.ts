import { z } from 'zod';

import type { GivenChoice } from '#core/vote-method';

const MOST_OPTIONS = 50;
/** What a plain form sends: words under names, or several under one name. */
const form = z.record(
  z.string().max(40),
  z.union([z.string().max(400), z.array(z.string().max(40)).max(MOST_OPTIONS)]),
);

export type Form = z.infer<typeof form>;

/** The fields of a request; one that no form of ours sends has none. */
export function fieldsOf(body: unknown): Form {
  const parsed = form.safeParse(body);
  return parsed.success ? parsed.data : {};
}

/** One field's words; empty when it is absent or there are several. */
export function wordsIn(fields: Form, name: string): string {
  const words = fields[name];
  return typeof words === 'string' ? words.trim() : '';
}

/** The name of the field of an option's figure, from 1. */
export function figureName(option: number): string {
  return `figure${option}`;
}

/**
 * The choice that a form says, in figures; undefined when nothing was chosen, or something that is no figure: half of
 * what somebody wrote is not what they chose. Whether it counts is not asked here.
 */
export function givenIn(fields: Form, options: number): GivenChoice | undefined {
  const listed = [fields['option'] ?? []].flat().map(figureOf);
  const numbers = Array.from({ length: options }, (_, index) => index + 1);
  const byOption = numbers.map((option) => figureOf(wordsIn(fields, figureName(option))));
  if ([...listed, ...byOption].includes('unclear')) return undefined;
  const values = listed.filter((figure) => typeof figure === 'number');
  if (values.length > 0) return { kind: 'list', values };
  const pairs = byOption.flatMap((figure, index): [number, number][] =>
    typeof figure === 'number' ? [[index + 1, figure]] : [],
  );
  return pairs.length === 0 ? undefined : { kind: 'pairs', pairs };
}

/** Digits of any width, as phones type them; an empty field is none. */
function figureOf(words: string): number | 'unclear' | undefined {
  const plain = words.normalize('NFKC').trim();
  if (plain === '') return undefined;
  return /^\d{1,4}$/u.test(plain) ? Number(plain) : 'unclear';
}

/** A code as it was typed or pasted, with spaces and whatever was around it. */
export function digitsIn(code: string): string {
  return code.normalize('NFKC').replace(/\D/gu, '');
}

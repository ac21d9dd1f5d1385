import type { StepName } from '../../../../src/http/contract.ts';

/** Steps on many things at once: what could not be done is said in the lines after the first. */
const ON_MANY: ReadonlySet<StepName> = new Set<StepName>([
  'concern.answer',
  'concern.redirect',
  'concern.merge',
  'concern.snooze',
]);
/** What to write in a chat is no use where there are buttons. */
const CHAT_WORDS = /(?:发|回复|写)「/u;

/** What the bar says of a step: what was done, and for many things what was not; never what to write in a chat. */
export function saidWords(name: StepName, summary: string): string {
  const [first = '', ...others] = summary.split('\n');
  const kept = ON_MANY.has(name) ? others.filter((line) => !CHAT_WORDS.test(line)) : [];
  return [first, ...kept].join('\n');
}

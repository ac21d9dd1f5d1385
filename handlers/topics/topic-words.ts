import { UserError } from '#core/errors';
import type { Topic } from '#core/topic';
import { cleanUserText } from '#language/clean-text';
import { normalizeCommandText } from '#language/normalize';
import { POLL_BOUNDS, POLL_DEFAULTS } from '#procedure/rules';
import { topicTexts } from '#texts/topic-texts';

export interface TopicWords {
  readonly concernIds: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly options: readonly string[];
}

const MAX_TITLE_CHARS = 40;
const MAX_DESCRIPTION_CHARS = 1_000;
const MAX_OPTION_CHARS = 40;

/** Cleans title, description and options; throws UserError for a missing title or options that make no choice. */
export function checkedTopicWords(
  input: TopicWords,
): Pick<Topic, 'title' | 'description' | 'options' | 'concernIds'> {
  const title = oneLine(input.title, MAX_TITLE_CHARS);
  if (title === '') throw new UserError('topic.titleMissing', topicTexts.titleMissing());
  return {
    title,
    description: cleanUserText(input.description, { maxChars: MAX_DESCRIPTION_CHARS }).text,
    options: checkedOptions(input.options),
    concernIds: [...new Set(input.concernIds)],
  };
}

function checkedOptions(options: readonly string[]): readonly string[] {
  if (options.length === 0) return POLL_DEFAULTS.options;
  const clean = options.map((option) => oneLine(option, MAX_OPTION_CHARS)).filter((option) => option !== '');
  const distinct = new Set(clean.map((option) => normalizeCommandText(option)));
  const isChoice = clean.length >= POLL_BOUNDS.minOptions && clean.length <= POLL_BOUNDS.maxOptions;
  if (!isChoice || distinct.size < clean.length)
    throw new UserError('topic.options', topicTexts.optionsWrong());
  return clean;
}

function oneLine(text: string, maxChars: number): string {
  return cleanUserText(text, { maxChars }).text.replace(/\s+/gu, ' ').trim();
}

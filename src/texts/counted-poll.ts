import { definedFields } from '#core/decision';
import type { Poll, PollResult } from '#core/poll';
import { pollFigures } from './poll-figures.ts';
import type { CountedPoll } from './result-texts.ts';

/** A counted poll for texts, cards, pictures and pages. */
export function countedPoll(poll: Poll, result: PollResult): CountedPoll {
  return {
    roll: result.rollSize,
    voted: result.voters,
    quorum: poll.quorum,
    valid: result.quorumMet,
    checks: result.checks,
    rules: poll.rules,
    unit: poll.unit,
    method: poll.method,
    options: pollFigures(poll, result),
    ...definedFields({
      leading: result.leading,
      adopted: result.adopted,
      budget: result.detail?.kind === 'budget' ? result.detail : undefined,
    }),
  };
}

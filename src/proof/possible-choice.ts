import { BEST_SCORE, type Choice, type PollMethod } from '#core/vote-method';

/** Whether a choice could have been made: options that exist, in canonical form, within what the method allows. */
export function isPossibleChoice(method: PollMethod, options: number, choice: Choice): boolean {
  const isList = choice.every(
    (option, at) => option >= 0 && option < options && option > (choice[at - 1] ?? -1),
  );
  const sum = choice.reduce((total, figure) => total + figure, 0);
  const isPerOption = (least: number, most: number) =>
    choice.length === options && choice.every((figure) => figure >= least && figure <= most);
  switch (method.kind) {
    case 'forAgainst':
    case 'single':
      return isList && choice.length === 1;
    case 'several':
      return isList && choice.length >= method.min && choice.length <= method.max;
    case 'budget':
      return isList && choice.reduce((cost, option) => cost + (method.costs[option] ?? 0), 0) <= method.limit;
    case 'ranking':
      return isPerOption(0, options - 1) && new Set(choice).size === options;
    case 'points':
      return isPerOption(0, method.points) && sum === method.points;
    case 'score':
      return isPerOption(1, BEST_SCORE);
  }
}

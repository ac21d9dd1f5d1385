import type { Choice, CountDetail, MethodCount, PollMethod } from '#core/vote-method';
import { BEST_SCORE } from '#core/vote-method';
import { payable } from './budget.ts';
import { runOff } from './run-off.ts';

/** Adds ballots up, one at a time: nothing is kept of a ballot but its part of the sum. */
export interface Counter {
  add(choice: Choice): void;
  result(): MethodCount;
}

/** What one ballot gives to the options, by the method. */
type Add = (counts: number[], choice: Choice) => void;

const forEachChosen: Add = (counts, choice) => {
  for (const option of choice) counts[option] = (counts[option] ?? 0) + 1;
};
const forTheFirst: Add = (counts, choice) => forEachChosen(counts, choice.slice(0, 1));
const byOption: Add = (counts, choice) => {
  choice.forEach((figure, option) => (counts[option] = (counts[option] ?? 0) + figure));
};
/** Of n options the first gets n−1 points, the last none. */
const byRank: Add = (counts, choice) => {
  choice.forEach((option, rank) => (counts[option] = (counts[option] ?? 0) + choice.length - 1 - rank));
};

function addOf(method: PollMethod): Add {
  switch (method.kind) {
    case 'forAgainst':
    case 'single':
    case 'several':
    case 'budget':
      return forEachChosen;
    case 'ranking':
      return method.rule === 'borda' ? byRank : forTheFirst;
    case 'points':
    case 'score':
      return byOption;
  }
}

/** A counter for choices in canonical form. Memory grows with the options, in a run-off with the different rankings. */
export function createCounter(method: PollMethod, options: number): Counter {
  const counts = Array.from({ length: options }, () => 0);
  const add = addOf(method);
  const detail = detailOf(method, options);
  let voters = 0;
  return {
    add(choice) {
      add(counts, choice);
      detail?.add(choice);
      voters += 1;
    },
    result() {
      const said = detail?.of(counts);
      return { counts: [...counts], voters, ...(said && { detail: said }) };
    },
  };
}

interface DetailCounter {
  add(choice: Choice): void;
  of(counts: readonly number[]): CountDetail;
}

function detailOf(method: PollMethod, options: number): DetailCounter | undefined {
  if (method.kind === 'ranking') return method.rule === 'instantRunoff' ? rankings(options) : undefined;
  if (method.kind === 'score') return distribution(options);
  if (method.kind !== 'budget') return undefined;
  return { add: () => undefined, of: (counts) => ({ kind: 'budget', ...payable(method, counts) }) };
}

function rankings(options: number): DetailCounter {
  const votersOf = new Map<string, number>();
  return {
    add(choice) {
      const key = choice.join(',');
      votersOf.set(key, (votersOf.get(key) ?? 0) + 1);
    },
    of() {
      const ballots = [...votersOf].map(([key, voters]) => ({ choice: key.split(',').map(Number), voters }));
      return { kind: 'instantRunoff', rounds: runOff(ballots, options) };
    },
  };
}

function distribution(options: number): DetailCounter {
  const given = Array.from({ length: options }, () => Array.from({ length: BEST_SCORE }, () => 0));
  return {
    add(choice) {
      choice.forEach((score, option) => {
        const scores = given[option];
        if (scores) scores[score - 1] = (scores[score - 1] ?? 0) + 1;
      });
    },
    of: () => ({ kind: 'score', distribution: given.map((scores) => [...scores]) }),
  };
}

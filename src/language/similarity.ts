import { type Comparison, compareSlots, isOtherMatter, slotScore } from './concern-comparison.ts';
import { type ConcernWords, concernWordsOf } from './concern-words.ts';
import { bestPositions, createPostings } from './gram-postings.ts';

/** From this score on two concerns are shown to people as probably one matter. */
export const SIMILAR_CONCERN_SCORE = 0.55;

/** Stable reasons, for the console's "像一件事：同楼、同设施". */
export type SimilarityReason = 'sameBuilding' | 'sameFacility' | 'samePlace' | 'samePlate' | 'sameWords';

export interface SimilarConcern {
  readonly id: string;
  /** 0 to 1; comparable between searches. */
  readonly score: number;
  readonly why: readonly SimilarityReason[];
}

export interface ConcernIndex {
  /** How many concerns it holds. */
  readonly size: number;
  /** Adds a concern, or replaces the one with this id. */
  add(id: string, text: string): void;
  /** False when it was not there. */
  remove(id: string): boolean;
  /** The concerns at or above `minScore`, best first, at most `limit`. */
  search(text: string, options?: { readonly limit?: number; readonly minScore?: number }): SimilarConcern[];
}

interface Entry {
  readonly id: string;
  readonly words: ConcernWords;
}

const QUERY_KEYS = 64;
// Two short texts that share their only words would look equal by chance.
const LEAST_WEIGHT = 12;
// An index of three concerns knows nothing of what is usual; these imagined ones keep its weights level.
const PRIOR_DOCUMENTS = 50;

function reasons({ building, object, effect, place, plate }: Comparison, words: number): SimilarityReason[] {
  const why: SimilarityReason[] = [];
  if (building === 'same') why.push('sameBuilding');
  if (object === 'same' || (object === 'unknown' && effect === 'same')) why.push('sameFacility');
  if (place === 'same') why.push('samePlace');
  if (plate === 'same') why.push('samePlate');
  if (words >= 0.4) why.push('sameWords');
  return why;
}

/** Undefined for another matter; the words are looked at only where the places and things allow one. */
function judge(query: ConcernWords, other: Entry, weights: Weights): SimilarConcern | undefined {
  const comparison = compareSlots(query.slots, other.words.slots);
  if (isOtherMatter(comparison)) return undefined;
  const words = wordScore(query, other.words, weights);
  const base = slotScore(comparison);
  const strange = comparison.road === 'different' ? 0.6 : comparison.place === 'different' ? 0.7 : 1;
  const score = (base + (1 - base) * words) * strange;
  return { id: other.id, score: Math.min(1, score), why: reasons(comparison, words) };
}

/** How telling each pair of characters is, among the concerns of one index. */
type Weights = (gram: string) => number;

/** Share of the weight of `grams` that the other text holds as well. */
function heldShare(grams: readonly string[], held: ReadonlySet<string>, weights: Weights): number {
  let shared = 0;
  let whole = 0;
  for (const gram of grams) {
    const value = weights(gram);
    whole += value;
    if (held.has(gram)) shared += value;
  }
  return shared / Math.max(whole, LEAST_WEIGHT);
}

/** How far the shorter text is found in the longer one, or both beginnings in each other's whole. */
function wordScore(a: ConcernWords, b: ConcernWords, weights: Weights): number {
  const [heldByA, heldByB] = [new Set(a.grams), new Set(b.grams)];
  const whole =
    a.grams.length <= b.grams.length
      ? heldShare(a.grams, heldByB, weights)
      : heldShare(b.grams, heldByA, weights);
  const heads = heldShare(a.headGrams, heldByB, weights) * heldShare(b.headGrams, heldByA, weights);
  return Math.max(whole, Math.sqrt(heads));
}

function createWeights(countOf: Weights, size: number): Weights {
  const known = new Map<string, number>();
  return (gram) => {
    const seen = known.get(gram);
    if (seen !== undefined) return seen;
    const weight = Math.log(1 + (size + PRIOR_DOCUMENTS) / (countOf(gram) + 1));
    known.set(gram, weight);
    return weight;
  };
}

/**
 * An index in memory that finds earlier concerns about the same matter: shared pairs of characters weighted by how
 * rare they are find the candidates, then where and what are compared. Adding and searching take well under 2 ms
 * with 10,000 concerns; the same additions in any order find the same. Feed it only one place's open concerns.
 */
export function createConcernIndex(): ConcernIndex {
  const postings = createPostings();
  const entries: (Entry | undefined)[] = [];
  const positions = new Map<string, number>();
  const free: number[] = [];

  function remove(id: string): boolean {
    const at = positions.get(id);
    if (at === undefined) return false;
    postings.remove(at, entries[at]?.words.keys ?? []);
    entries[at] = undefined;
    positions.delete(id);
    free.push(at);
    return true;
  }

  function add(id: string, text: string): void {
    remove(id);
    const words = concernWordsOf(text);
    const at = free.pop() ?? entries.length;
    entries[at] = { id, words };
    positions.set(id, at);
    postings.add(at, words.keys);
  }

  function candidates(keys: readonly string[], weights: Weights): Entry[] {
    const rarest = keys
      .map((key) => ({ value: weights(key), at: postings.get(key) }))
      .filter(({ at }) => at.length > 0)
      .sort((a, b) => b.value - a.value)
      .slice(0, QUERY_KEYS);
    return bestPositions(rarest, entries.length)
      .map((at) => entries[at])
      .filter((entry) => entry !== undefined);
  }

  return {
    get size() {
      return positions.size;
    },
    add,
    remove,
    search(text, { limit = 3, minScore = SIMILAR_CONCERN_SCORE } = {}) {
      const query = concernWordsOf(text);
      const weights = createWeights((gram) => postings.get(gram).length, positions.size);
      return candidates(query.keys, weights)
        .map((entry) => judge(query, entry, weights))
        .filter((match) => match !== undefined)
        .filter((match) => match.score >= minScore)
        .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
        .slice(0, limit);
    },
  };
}

/**
 * Whether two texts could ever be found for each other by an index, whatever else it holds: false where that is
 * impossible. Cheap, and errs on the side of true.
 */
export function mayBeOneMatter(text: string, other: string): boolean {
  const [a, b] = [concernWordsOf(text), concernWordsOf(other)];
  if (isOtherMatter(compareSlots(a.slots, b.slots))) return false;
  const held = new Set(b.keys);
  return a.keys.some((key) => held.has(key));
}

/** Ranks a handful of concerns by how likely they are about the matter of `text`; those below the threshold are left out. */
export function similarConcerns(
  text: string,
  candidates: readonly { readonly id: string; readonly text: string }[],
): SimilarConcern[] {
  const index = createConcernIndex();
  for (const { id, text: words } of candidates) index.add(id, words);
  return index.search(text, { limit: candidates.length });
}

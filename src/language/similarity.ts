import { type ConcernSlots, extractSlots } from './concern-slots.ts';
import { facilityKind, mayBeSameFacility } from './facilities.ts';
import { bestPositions, createPostings } from './gram-postings.ts';
import { normalizeCommandText } from './normalize.ts';

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
  readonly grams: readonly string[];
  /** Those of the first words, where people say what it is about. */
  readonly headGrams: readonly string[];
  readonly slots: ConcernSlots;
  /** What it can be found by: its grams, and its places and things however they were worded. */
  readonly keys: readonly string[];
}

const INDEXED_CHARS = 240;
const HEAD_GRAMS = 16;
const QUERY_KEYS = 64;
// Two short texts that share their only words would look equal by chance.
const LEAST_WEIGHT = 12;
// An index of three concerns knows nothing of what is usual; these imagined ones keep its weights level.
const PRIOR_DOCUMENTS = 50;

/** Words in every other concern; they make strangers look alike. */
const BOILERPLATE =
  /您好|你好|大家好|尊敬的|各位|领导|书记|请问|反映|反应|投诉|举报|报修|建议|希望|恳请|请求|麻烦|有关部门|相关部门|部门|政府|我们|你们|小区|社区|业主|居民|住户|物业|问题|情况|严重|影响|生活|没有|没人|什么|怎么|时候|现在|已经|一直|解决|处理|谢谢|可以|能不能|是不是|门口|附近/gu;
const STOP = /[的了是在也都就还有很又吗呢吧啊呀把被给让和与及从到于我你您他她它这那请人]/u;

function gramsOf(text: string): string[] {
  const plain = normalizeCommandText(text.slice(0, INDEXED_CHARS * 2))
    .replace(BOILERPLATE, ' ')
    .slice(0, INDEXED_CHARS);
  const grams = new Set<string>();
  for (const run of plain.split(/[^\p{L}\p{N}]+/u)) {
    for (let at = 0; at + 1 < run.length; at += 1) {
      const gram = run.slice(at, at + 2);
      if (!STOP.test(gram)) grams.add(gram);
    }
  }
  return [...grams];
}

/** Keys have a space in them, so they never meet a gram. */
function slotKeys({ buildings, facilities, plates }: ConcernSlots): string[] {
  const pairs = buildings
    .slice(0, 8)
    .flatMap((building) => facilities.map((facility) => `${building} ${facility}`));
  return [...pairs, ...facilities.map((facility) => ` ${facility}`), ...plates.map((plate) => ` ${plate}`)];
}

function entryOf(id: string, text: string): Entry {
  const grams = gramsOf(text);
  const slots = extractSlots(text);
  return { id, grams, headGrams: grams.slice(0, HEAD_GRAMS), slots, keys: [...grams, ...slotKeys(slots)] };
}

type Relation = 'same' | 'different' | 'unknown';

function relate<T>(a: readonly T[], b: readonly T[], isSame: (x: T, y: T) => boolean): Relation {
  if (a.length === 0 || b.length === 0) return 'unknown';
  return a.some((x) => b.some((y) => isSame(x, y))) ? 'same' : 'different';
}

const equal = (a: string, b: string): boolean => a === b;
const oneEndsWithOther = (a: string, b: string): boolean => a.endsWith(b) || b.endsWith(a);

interface Comparison {
  readonly building: Relation;
  readonly unit: Relation;
  readonly object: Relation;
  readonly effect: Relation;
  readonly road: Relation;
  readonly place: Relation;
  readonly gate: Relation;
  readonly plate: Relation;
}

function compare(a: ConcernSlots, b: ConcernSlots): Comparison {
  const objects = (slots: ConcernSlots) => slots.facilities.filter((one) => facilityKind(one) === 'object');
  const effects = (slots: ConcernSlots) => slots.facilities.filter((one) => facilityKind(one) === 'effect');
  const places = (slots: ConcernSlots) => [...slots.roads, ...slots.estates];
  return {
    building: relate(a.buildings, b.buildings, equal),
    unit: relate(a.units, b.units, equal),
    object: relate(objects(a), objects(b), mayBeSameFacility),
    effect: relate(effects(a), effects(b), mayBeSameFacility),
    road: relate(a.roads, b.roads, oneEndsWithOther),
    gate: relate(a.gates, b.gates, equal),
    place: relate(places(a), places(b), oneEndsWithOther),
    plate: relate(a.plates, b.plates, equal),
  };
}

/** Another building, entrance, gate, facility or car is another matter, however alike the words are. */
function isOtherMatter({ building, unit, gate, object, plate }: Comparison): boolean {
  return [building, unit, gate, object, plate].includes('different');
}

function reasons({ building, object, effect, place, plate }: Comparison, words: number): SimilarityReason[] {
  const why: SimilarityReason[] = [];
  if (building === 'same') why.push('sameBuilding');
  if (object === 'same' || (object === 'unknown' && effect === 'same')) why.push('sameFacility');
  if (place === 'same') why.push('samePlace');
  if (plate === 'same') why.push('samePlate');
  if (words >= 0.4) why.push('sameWords');
  return why;
}

/** What the slots alone are worth; the words fill the rest up to 1. */
function slotScore({ building, object, effect, place, plate }: Comparison): number {
  const isSameThing = object === 'same';
  if (plate === 'same') return 0.6;
  if (building === 'same' && isSameThing) return 0.6;
  if (building === 'same' && effect === 'same') return 0.45;
  if (place === 'same' && isSameThing) return 0.4;
  if (place === 'same' && effect === 'same') return 0.3;
  if (isSameThing) return effect === 'same' ? 0.3 : 0.2;
  return building === 'same' || place === 'same' ? 0.15 : 0;
}

function judge(query: Entry, other: Entry, words: number): SimilarConcern | undefined {
  const comparison = compare(query.slots, other.slots);
  if (isOtherMatter(comparison)) return undefined;
  const base = slotScore(comparison);
  const strange = comparison.road === 'different' ? 0.6 : comparison.place === 'different' ? 0.7 : 1;
  const score = (base + (1 - base) * words) * strange;
  return { id: other.id, score: Math.min(1, score), why: reasons(comparison, words) };
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

  function weight(gram: string): number {
    const count = postings.get(gram).length;
    return Math.log(1 + (positions.size + PRIOR_DOCUMENTS) / (count + 1));
  }

  function remove(id: string): boolean {
    const at = positions.get(id);
    if (at === undefined) return false;
    postings.remove(at, entries[at]?.keys ?? []);
    entries[at] = undefined;
    positions.delete(id);
    free.push(at);
    return true;
  }

  function add(id: string, text: string): void {
    remove(id);
    const entry = entryOf(id, text);
    const at = free.pop() ?? entries.length;
    entries[at] = entry;
    positions.set(id, at);
    postings.add(at, entry.keys);
  }

  function candidates(keys: readonly string[]): Entry[] {
    const rarest = keys
      .map((key) => ({ value: weight(key), at: postings.get(key) }))
      .filter(({ at }) => at.length > 0)
      .sort((a, b) => b.value - a.value)
      .slice(0, QUERY_KEYS);
    return bestPositions(rarest, entries.length)
      .map((at) => entries[at])
      .filter((entry) => entry !== undefined);
  }

  /** Share of the weight of `grams` that the other text holds as well. */
  function heldShare(grams: readonly string[], other: Entry): number {
    const held = new Set(other.grams);
    let shared = 0;
    let whole = 0;
    for (const gram of grams) {
      const value = weight(gram);
      whole += value;
      if (held.has(gram)) shared += value;
    }
    return shared / Math.max(whole, LEAST_WEIGHT);
  }

  /** How far the shorter text is found in the longer one, or both beginnings in each other's whole. */
  function wordScore(a: Entry, b: Entry): number {
    const whole = a.grams.length <= b.grams.length ? heldShare(a.grams, b) : heldShare(b.grams, a);
    return Math.max(whole, Math.sqrt(heldShare(a.headGrams, b) * heldShare(b.headGrams, a)));
  }

  return {
    get size() {
      return positions.size;
    },
    add,
    remove,
    search(text, { limit = 3, minScore = SIMILAR_CONCERN_SCORE } = {}) {
      const query = entryOf('', text);
      return candidates(query.keys)
        .map((entry) => judge(query, entry, wordScore(query, entry)))
        .filter((match) => match !== undefined)
        .filter((match) => match.score >= minScore)
        .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
        .slice(0, limit);
    },
  };
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

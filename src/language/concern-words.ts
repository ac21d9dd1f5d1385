import { type ConcernSlots, extractSlots } from './concern-slots.ts';
import { normalizeCommandText } from './normalize.ts';

/** A concern's words as they are compared with others'. */
export interface ConcernWords {
  readonly grams: readonly string[];
  /** Those of the first words, where people say what it is about. */
  readonly headGrams: readonly string[];
  readonly slots: ConcernSlots;
  /** What it can be found by: its grams, and its places and things however they were worded. */
  readonly keys: readonly string[];
}

const INDEXED_CHARS = 240;
const HEAD_GRAMS = 16;
const WORDS_KEPT = 2_000;

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

function read(text: string): ConcernWords {
  const grams = gramsOf(text);
  const slots = extractSlots(text);
  return { grams, headGrams: grams.slice(0, HEAD_GRAMS), slots, keys: [...grams, ...slotKeys(slots)] };
}

const lately = new Map<string, ConcernWords>();

/** Reads a text once for all that compare it soon: one concern is compared with its neighbours, searched and added. */
export function concernWordsOf(text: string): ConcernWords {
  const known = lately.get(text);
  if (known) return known;
  const words = read(text);
  if (lately.size >= WORDS_KEPT) lately.clear();
  lately.set(text, words);
  return words;
}

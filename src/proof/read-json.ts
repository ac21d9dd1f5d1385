export type ReadJson =
  | { readonly ok: true; readonly value: unknown }
  /** `at`: the key that stands twice in one object; absent: it is no JSON. */
  | { readonly ok: false; readonly at?: string };

/**
 * Reads JSON that says everything once. Of two equal keys a program takes the last and a person reads the first, so a
 * file could show one thing and prove another; `__proto__` is a key that programs lose on the way.
 */
export function readJson(text: string): ReadJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false };
  }
  const at = ambiguousKey(text);
  return at === undefined ? { ok: true, value } : { ok: false, at };
}

/** The first key of a text that is JSON which its object has already. */
function ambiguousKey(text: string): string | undefined {
  /** The keys of each object that is open at this point; undefined for a list. */
  const open: (Set<string> | undefined)[] = [];
  let isKey = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '{' || sign === '[') open.push(sign === '{' ? new Set() : undefined);
    if (sign === '}' || sign === ']') open.pop();
    if (sign === '{' || sign === ',') isKey = open.at(-1) !== undefined;
    if (sign === '[') isKey = false;
    if (sign !== '"') continue;
    const end = endOfString(text, at);
    const key = isKey ? readString(text.slice(at, end + 1)) : undefined;
    if (key !== undefined && isTaken(open.at(-1), key)) return key;
    isKey = false;
    at = end;
  }
  return undefined;
}

/** Few keys are written with backslashes; the others need no parser. */
function readString(quoted: string): string {
  return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
}

function isTaken(keys: Set<string> | undefined, key: string): boolean {
  const isThere = key === '__proto__' || keys?.has(key) === true;
  keys?.add(key);
  return isThere;
}

/** Where the string that begins at `from` ends: the next quote that is not written with a backslash. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charAt(end - 1 - slashes) === '\\') slashes += 1;
    if (slashes % 2 === 0) return end;
  }
}

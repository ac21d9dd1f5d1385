import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readJson } from '#src/proof/read-json';
import { LIFT, sampleExport } from './sample-poll.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The text with one key more, in front of each object's own keys, in turn; the key and the text. */
function* saidTwice(text: string): Generator<readonly [string, string]> {
  for (const { index } of text.matchAll(/\{(?=")/gu)) {
    const key = /^\{"([^"]*)"/u.exec(text.slice(index))?.[1] ?? '';
    yield [key, `${text.slice(0, index)}{"${key}":"改过的",${text.slice(index + 1)}`];
  }
}

describe('JSON that says everything once', () => {
  it('is read as every program reads it', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        fc.pre(!text.includes('__proto__'));
        // Written once more: what fast-check writes may itself say a key twice.
        const once = JSON.stringify(JSON.parse(text));
        expect(readJson(once)).toEqual({ ok: true, value: JSON.parse(once) as Json });
        expect(readJson(JSON.stringify(JSON.parse(once), undefined, 2))).toMatchObject({ ok: true });
      }),
    );
  });

  it('is told from every file in which one key stands twice, which proves the last and shows the first', () => {
    const text = JSON.stringify(sampleExport(LIFT, 'open'));
    const changed = [...saidTwice(text)];
    expect(changed.length).toBeGreaterThan(20);
    for (const [key, one] of changed) {
      expect(JSON.stringify(JSON.parse(one))).toHaveLength(text.length);
      expect(readJson(one)).toEqual({ ok: false, at: key });
    }
  });

  it.each([
    ['{"a":1,"a":2}', 'a'],
    [String.raw`{"a":1,"\u0061":2}`, 'a'],
    [String.raw`{"a\"":1,"b":"\\","a\"":2}`, 'a"'],
    ['{"rules":{"__proto__":{"quorum":1}}}', '__proto__'],
    ['[{"a":[{"b":1}],"c":{"a":1},"c":0}]', 'c'],
  ])('%s is not read, for %s', (text, at) => {
    expect(readJson(text)).toEqual({ ok: false, at });
  });

  it.each([
    '{"a":{"a":{"a":1}},"b":"a","c":["a","a"]}',
    '[{"a":1},{"a":1}]',
    '"a"',
    String.raw`{"a":"\\\"{"}`,
  ])('%s is read', (text) => {
    expect(readJson(text)).toEqual({ ok: true, value: JSON.parse(text) as Json });
  });

  it.each(['', '{', '{"a":1', 'x', '{"a":1}}'])('no JSON is told as that: %j', (text) => {
    expect(readJson(text)).toEqual({ ok: false });
  });

  it('looks through a million levels without falling over', () => {
    const levels = 1_000_000;
    const text = `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(['true', 'false']).toContain(String(readJson(text).ok));
  });
});

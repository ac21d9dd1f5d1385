import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { settings } from '#src/config';
import { settingsTable } from '../../scripts/settings-text.ts';
import { checkout, codeOf, DOCUMENTS, linksOf, read } from './documents.ts';

const PATH = /^\.?[\w-]+(?:[./][\w.-]+)*(?:\/|\.(?:ts|tsx|mjs|cjs|md|json|css|html))$/u;
/** Made when the program runs or is built; never in the repository. */
const MADE_LATER = /^(?:data|dist|web\/dist|artifacts)\//u;
/** Files of other projects that are written by name. */
const NOT_OURS = /^(?:mongod\.conf|demo\.json)$/u;

function filesNamed(document: string): readonly string[] {
  return codeOf(document).filter((code) => PATH.test(code) && !MADE_LATER.test(code) && !NOT_OURS.test(code));
}

/** Names of settings that the scripts read besides src/config.ts. */
function scriptVariables(): ReadonlySet<string> {
  const scripts = readdirSync(join(checkout, 'scripts'), { recursive: true, encoding: 'utf8' });
  const texts = scripts.filter((file) => /\.(?:ts|mjs)$/u.test(file)).map((file) => read(`scripts/${file}`));
  const found = texts.flatMap((text) => [...text.matchAll(/\b(?:env|environment)\.([A-Z][A-Z0-9_]+)/gu)]);
  return new Set(found.map(([, name = '']) => name));
}

const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

describe.each(DOCUMENTS)('%s', (document) => {
  it('names files that exist', () => {
    expect(filesNamed(document).filter((file) => !existsSync(join(checkout, file)))).toEqual([]);
  });

  it('links to files that exist', () => {
    expect(linksOf(document).filter((file) => !existsSync(join(checkout, file)))).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const runs = [...read(document).matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/gu)];
    expect(runs.map(([, run, short]) => run ?? short ?? '').filter((name) => !(name in scripts))).toEqual([]);
  });

  it('names settings that exist', () => {
    const known = new Set([...Object.keys(settings), ...scriptVariables()]);
    const named = codeOf(document).flatMap((code) => {
      const line = code.replace(/^export /u, '');
      return [...(/^([A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Z]{4,})(?:=.*)?$/u.exec(line) ?? [])].slice(1);
    });
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('names no path of a single machine', () => {
    expect(read(document)).not.toMatch(/(?:^|[\s`"'(])\/(?:work|root|home|tmp)\//mu);
  });
});

describe('settings', () => {
  it('stand in README.md as they stand in src/config.ts', () => {
    expect(read('README.md')).toContain(settingsTable());
  });

  it.each(Object.keys(settings))('are told to operators: %s', (name) => {
    expect(codeOf('README.zh-CN.md')).toContain(name);
  });
});

describe('the check of documents', () => {
  it('sees files, links and code', () => {
    expect(filesNamed('README.md').length).toBeGreaterThan(20);
    expect(linksOf('README.md')).toContain('docs/architecture.md');
    expect(codeOf('README.md')).toContain('npm start');
    expect(PATH.test('src/nowhere.ts') && PATH.test('handlers/') && PATH.test('.env.md')).toBe(true);
    expect(PATH.test('/healthz') || PATH.test('#core/x')).toBe(false);
  });
});

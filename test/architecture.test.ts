import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { cruise, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { afterAll, describe, expect, it } from 'vitest';

const checkout = resolve(import.meta.dirname, '..');
const configFile = join(checkout, '.dependency-cruiser.cjs');
const FOLDERS = ['src', 'bots', 'handlers', 'models'];

/** Every import that a rule refuses, as `<rule>: <file>`. */
async function violations(baseDir: string): Promise<string[]> {
  const options = await extractDepcruiseOptions(configFile);
  const tsConfig = extractTSConfig(join(checkout, 'tsconfig.json'));
  const { output } = await cruise(FOLDERS, { ...options, baseDir }, undefined, { tsConfig });
  const { summary } = output as ICruiseResult;
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
}

/** A small tree of the same shape, in which each file breaks one rule; the packages are the real ones. */
function plant(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'yishi-imports-'));
  planted.push(root);
  for (const file of ['package.json', 'tsconfig.json']) cpSync(join(checkout, file), join(root, file));
  symlinkSync(join(checkout, 'node_modules'), join(root, 'node_modules'));
  for (const folder of FOLDERS) mkdirSync(join(root, folder));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

const planted: string[] = [];
afterAll(() => planted.forEach((root) => rmSync(root, { recursive: true })));

const HARMLESS = 'export const one = 1;\n';
const importing = (specifier: string) => `import { one } from '${specifier}';\nexport const two = one;\n`;

/** Rule → file → what it imports though it must not. */
const BROKEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-circular': { 'models/here.ts': './there.ts' },
  'core-imports-nothing': {
    'src/core/a.ts': 'zod',
    'src/core/b.ts': 'node:crypto',
    'src/core/c.ts': '#language/free',
  },
  'language-imports-only-its-own': { 'src/language/a.ts': '#texts/free', 'src/language/b.ts': 'node:fs' },
  'texts-imports-only-its-own': { 'src/texts/a.ts': '#procedure/free', 'src/texts/b.ts': 'luxon' },
  'procedure-imports-only-its-own': {
    'src/procedure/a.ts': '#language/free',
    'src/procedure/b.ts': 'mongoose',
  },
  'proof-imports-only-its-own': { 'src/proof/a.ts': '#procedure/free', 'src/proof/b.ts': 'node:crypto' },
  'hash-imports-only-its-own': { 'src/hash/a.ts': '#src/proof/free', 'src/hash/b.ts': 'node:fs' },
  'picture-imports-only-its-own': {
    'src/picture/a.ts': '#models/free',
    'src/picture/b.ts': 'node:child_process',
  },
  'tables-imports-only-its-own': { 'src/tables/a.ts': '#language/free', 'src/tables/b.ts': 'node:fs' },
  'handlers-imports-only-its-own': {
    'handlers/polls/a.ts': '#handlers/topics/free',
    'handlers/polls/b.ts': 'mongoose',
    'handlers/polls/c.ts': 'express',
    'handlers/polls/d.ts': 'wechaty',
    'handlers/polls/e.ts': '#models/free',
    'handlers/polls/f.ts': 'node:fs',
    'handlers/polls/g.ts': '#src/database/free',
  },
  'models-imports-only-its-own': { 'models/a.ts': '#handlers/topics/free', 'models/b.ts': 'node:http' },
  'bots-imports-only-its-own': { 'bots/web/a.ts': '#bots/wechaty/free', 'bots/web/b.ts': '#models/free' },
  'inbox-imports-only-its-own': { 'src/inbox/a.ts': '#src/outbox/free', 'src/inbox/b.ts': 'mongoose' },
  'outbox-imports-only-its-own': { 'src/outbox/a.ts': '#bots/web/free', 'src/outbox/b.ts': 'luxon' },
  'schedule-imports-only-its-own': {
    'src/schedule/a.ts': '#src/outbox/free',
    'src/schedule/b.ts': '#src/config',
  },
  'database-imports-only-its-own': { 'src/database/a.ts': '#models/free' },
  'demo-imports-only-its-own': { 'src/demo/a.ts': '#models/free' },
  'http-imports-only-its-own': {
    'src/http/a.ts': '#models/free',
    'src/http/b.ts': '#src/config',
    'src/http/c.ts': 'mongoose',
  },
  'config-imports-only-its-own': { 'src/config.ts': 'node:fs' },
  'log-imports-only-its-own': { 'src/log.ts': '#src/config' },
  'only-the-app-puts-together': { 'src/inbox/c.ts': '#src/app/free', 'handlers/polls/h.ts': '#src/app' },
  'main-is-imported-by-nobody': { 'src/app/a.ts': '#src/main' },
  'every-file-is-in-a-room': {
    'src/helpers/a.ts': '#core/free',
    'src/stray.ts': '#core/free',
    'handlers/stray.ts': '#core/free',
  },
  'no-dev-package-at-run-time': { 'src/app/b.ts': 'fast-check' },
  'not-to-unresolvable': { 'src/app/c.ts': '#models/nowhere' },
  'not-to-tests-scripts-or-pages': { 'src/app/d.ts': '#test/free' },
};

/** What the broken files point to; each of these is in order. */
const FREE = [
  'src/core',
  'src/language',
  'src/texts',
  'src/procedure',
  'src/proof',
  'src/outbox',
  'src/database',
  'src/app',
  'models',
  'handlers/topics',
  'bots/web',
  'bots/wechaty',
  'test',
];

/** Imports that look much like the broken ones and are in order. */
const ALLOWED: Readonly<Record<string, string>> = {
  'models/mongo-free.ts': 'mongoose',
  'handlers/topics/hash-free.ts': 'node:crypto',
  'handlers/topics/rule-free.ts': '#procedure/free',
  'bots/wechaty/sdk-free.ts': 'wechaty',
  'src/http/web-free.ts': 'express',
  'src/app/wired-free.ts': '#models/free',
};

describe('imports', () => {
  it('go one way only', async () => {
    expect(await violations(checkout)).toEqual([]);
  }, 60_000);

  it('are refused where they go another way, rule by rule', async () => {
    const files = new Map(FREE.map((folder) => [`${folder}/free.ts`, HARMLESS]));
    for (const file of ['src/app.ts', 'src/main.ts']) files.set(file, HARMLESS);
    files.set('models/there.ts', importing('./here.ts'));
    for (const [file, specifier] of Object.entries(ALLOWED)) files.set(file, importing(specifier));
    const expected = Object.entries(BROKEN).flatMap(([rule, broken]) =>
      Object.entries(broken).map(([file, specifier]) => {
        files.set(file, importing(specifier));
        return `${rule}: ${file}`;
      }),
    );

    const found = new Set(await violations(plant(Object.fromEntries(files))));

    expect(expected.filter((one) => !found.has(one))).toEqual([]);
    expect([...found].filter((one) => /free\.ts$/u.test(one))).toEqual([]);
  }, 60_000);

  it('have a broken example for every rule', () => {
    const { forbidden } = createRequire(import.meta.url)(configFile) as IFlattenedRuleSet;
    expect(Object.keys(BROKEN).sort()).toEqual((forbidden ?? []).map(({ name }) => name).sort());
  });
});

const PURITY = new Set(['no-restricted-properties', 'no-restricted-syntax', 'no-console']);

/** The project's own rules without those that need types, which take long to find out. */
const eslint = new ESLint({
  cwd: checkout,
  overrideConfig: [tseslint.configs.disableTypeChecked] as never,
  ruleFilter: ({ ruleId }) => PURITY.has(ruleId),
});

async function complaints(code: string, filePath: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(checkout, filePath) });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

const IMPURE: Readonly<Record<string, string>> = {
  'export const at = Date.now();': 'no-restricted-properties',
  'export const at = new Date();': 'no-restricted-syntax',
  'export const at = Date();': 'no-restricted-syntax',
  'export const luck = Math.random();': 'no-restricted-properties',
  'export const port = process.env.PORT;': 'no-restricted-properties',
  'export const { env } = process;': 'no-restricted-properties',
  'console.log(1);': 'no-console',
};

const EVERYWHERE = [
  'src/core/a.ts',
  'src/inbox/a.ts',
  'src/http/a.ts',
  'src/app.ts',
  'handlers/polls/a.ts',
  'models/a.ts',
  'bots/web/a.ts',
];

describe('time, chance, settings and output', () => {
  it('are ports everywhere', async () => {
    const results = await eslint.lintFiles(FOLDERS.map((folder) => `${folder}/**/*.ts`));
    const found = results.flatMap(({ filePath, messages }) =>
      messages.map(({ line }) => `${filePath}:${line}`),
    );
    expect(found).toEqual([]);
    expect(results.length).toBeGreaterThan(readdirSync(join(checkout, 'models')).length);
  }, 240_000);

  it.each(Object.entries(IMPURE))('are noticed: %s', async (code, rule) => {
    for (const file of EVERYWHERE)
      expect({ file, rules: await complaints(code, file) }).toEqual({ file, rules: [rule] });
  });

  it('may be made of given instants', async () => {
    expect(await complaints('export const at = new Date(0);', 'handlers/polls/a.ts')).toEqual([]);
  });

  it('let only the entry read the environment', async () => {
    expect(await complaints('export const port = process.env.PORT;', 'src/main.ts')).toEqual([]);
    expect(await complaints('export const port = process.env.PORT;', 'src/config.ts')).toEqual([
      'no-restricted-properties',
    ]);
  });
});

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const checkout = resolve(import.meta.dirname, '../..');

export const DOCUMENTS = [
  'README.md',
  'README.zh-CN.md',
  'docs/architecture.md',
  'docs/operations.md',
  'docs/chaos.md',
  'docs/voting.md',
  'docs/channels/wechaty.md',
] as const;

export function read(document: string): string {
  return readFileSync(join(checkout, document), 'utf8');
}

/** What stands in backticks: on one line, or a line of a fenced block. */
export function codeOf(document: string): readonly string[] {
  const text = read(document);
  const fenced = [...text.matchAll(/^```[a-z]*\n([\s\S]*?)^```/gmu)].flatMap(([, block = '']) =>
    block.split('\n'),
  );
  const inline = [...text.replace(/^```[\s\S]*?^```/gmu, '').matchAll(/`([^`\n]+)`/gu)].map(
    ([, code = '']) => code,
  );
  return [...inline, ...fenced].map((code) => code.trim()).filter((code) => code !== '');
}

/** Where the links and pictures of a document lead within the repository, seen from its root. */
export function linksOf(document: string): readonly string[] {
  const targets = [...read(document).matchAll(/\]\(([^)\s#]+)[^)]*\)/gu)].map(([, target = '']) => target);
  return targets.filter((target) => !/^[a-z]+:/u.test(target)).map((target) => join(document, '..', target));
}

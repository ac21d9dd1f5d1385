import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { collections } from '#models/registry';
import { checkout, read } from './documents.ts';

/** Folders that are part of the project: not hidden and not ignored by git. */
function foldersIn(place: string): readonly string[] {
  const ignored = read('.gitignore')
    .split('\n')
    .map((line) => line.replace(/^\//u, ''));
  return readdirSync(join(checkout, place), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => `${place}${entry.name}/`)
    .filter((folder) => !ignored.includes(folder));
}

/** The first column of the table of rooms. */
function roomsOf(document: string): readonly string[] {
  return [...read(document).matchAll(/^\| `([\w-]+\/(?:[\w-]+\/)?)` \|/gmu)].map(([, room = '']) => room);
}

describe('docs/architecture.md', () => {
  it('lists the rooms that there are', () => {
    const rooms = [...foldersIn('').filter((folder) => folder !== 'src/'), ...foldersIn('src/')];
    expect([...roomsOf('docs/architecture.md')].sort()).toEqual([...rooms].sort());
  });

  it('names every feature and every channel', () => {
    const folders = [...foldersIn('handlers/'), ...foldersIn('bots/')].map(
      (folder) => folder.split('/')[1] ?? '',
    );
    expect(folders.length).toBeGreaterThan(5);
    expect(missing(folders)).toEqual([]);
  });

  it('says what every collection is for', () => {
    expect(missing(collections.map(({ name }) => name))).toEqual([]);
  });
});

function missing(names: readonly string[]): readonly string[] {
  const text = read('docs/architecture.md');
  return names.filter((name) => !text.includes(`\`${name}\``));
}

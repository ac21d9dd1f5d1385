import { readFileSync } from 'node:fs';
import type { IndexDefinition } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { collections, type DeclaredCollection } from '#models/registry';

type Keys = Readonly<Record<string, unknown>>;
type Divided = DeclaredCollection & Required<Pick<DeclaredCollection, 'shardKey'>>;

const divided = collections.filter((one): one is Divided => one.shardKey !== undefined);

/**
 * MongoDB's own rule: on a sharded collection an index may be unique when it begins with `_id`, or with all fields of
 * the shard key in their order. Only then do two documents that it must tell apart always lie on one shard.
 */
function isLegalUnique(shardKey: Keys, index: IndexDefinition): boolean {
  const [indexed, sharded] = [Object.keys(index), Object.keys(shardKey)];
  return indexed[0] === '_id' || sharded.every((field, position) => indexed[position] === field);
}

/** Unique indexes that the collection could not keep when it is divided by its key. */
function contradictions({
  name,
  indexes,
  shardKey,
}: Pick<Divided, 'name' | 'indexes' | 'shardKey'>): string[] {
  return indexes
    .filter(({ keys, options }) => options?.unique === true && !isLegalUnique(shardKey.keys, keys))
    .map(({ keys }) => `${name}: unique ${JSON.stringify(keys)}`);
}

/** What an operator types; the document has it word for word. */
function commandOf({ name, shardKey }: Pick<Divided, 'name' | 'shardKey'>): string {
  const keys = Object.entries(shardKey.keys).map(
    ([field, kind]) => `${field}: ${kind === 1 ? 1 : `'${kind}'`}`,
  );
  return `sh.shardCollection('yishi.${name}', { ${keys.join(', ')} })`;
}

describe('shard keys', () => {
  it('contradict no unique index', () => {
    expect(divided.flatMap(contradictions)).toEqual([]);
  });

  it('are of fields that every document has', () => {
    for (const { name, schema, shardKey } of divided) {
      const unknown = Object.keys(shardKey.keys).filter((field) => schema.path(field) === undefined);
      expect({ name, unknown }).toEqual({ name, unknown: [] });
    }
  });

  it('are in the operations document as the commands that divide the collections, and no others are', () => {
    const document = readFileSync('docs/operations.md', 'utf8');

    const said = document.match(/sh\.shardCollection\(.*\)/g) ?? [];

    expect(said.sort()).toEqual(divided.map(commandOf).sort());
  });
});

describe('the check of shard keys', () => {
  const unique = (...fields: string[]) => ({
    keys: Object.fromEntries(fields.map((field) => [field, 1 as const])),
    options: { unique: true },
    why: 'planted',
  });
  const by = (keys: Record<string, 1 | 'hashed'>, ...indexes: ReturnType<typeof unique>[]) =>
    contradictions({ name: 'planted', shardKey: { keys, why: 'planted' }, indexes });

  it('notices a unique index that does not begin with the whole shard key', () => {
    expect(by({ _id: 'hashed' }, unique('lane'))).toEqual(['planted: unique {"lane":1}']);
    expect(by({ lane: 1, _id: 1 }, unique('lane'))).toHaveLength(1);
    expect(by({ place: 1, seq: 1 }, unique('seq', 'place'))).toHaveLength(1);
  });

  it('lets pass what begins with the shard key or with the id', () => {
    expect(by({ lane: 1 }, unique('lane'), unique('lane', 'seq'))).toEqual([]);
    expect(by({ lane: 1 }, unique('_id', 'seq'))).toEqual([]);
  });

  it('has nothing against indexes that are not unique', () => {
    const plain = { keys: { seq: 1 } as const, why: 'planted' };

    expect(
      contradictions({ name: 'planted', shardKey: { keys: { lane: 1 }, why: '' }, indexes: [plain] }),
    ).toEqual([]);
  });
});

import type { Role } from '#core/people';
import { createFeatures } from '#src/app/features';
import { createChance } from '#src/database/chance';
import type { TestApp } from '#test/support/app';

/** The messages of one command of the table, about numbers that only the other community has. */
interface CommandWords {
  readonly roles: readonly Role[];
  readonly words: readonly string[];
}

/** Every command of the real table. */
export function chatCommands({ app }: TestApp): readonly CommandWords[] {
  const { commands, fallbacks } = createFeatures({
    stores: app.stores,
    chance: createChance(),
    channelFacts: () => undefined,
    graceMs: 0,
    votePages: { key: 'a key of tests', url: () => undefined },
    consoleUrl: (path) => path,
  });
  return [...commands, fallbacks.bareNumber].map(({ example, roles }) => ({
    roles,
    words: [...new Set([numbered(example, 1), numbered(example, 2)])],
  }));
}

/** The first number of the example becomes the wanted one, a second one the other: 合并 15 到 9, 办结 T5 说明. */
function numbered(example: string, wanted: number): string {
  let seen = 0;
  return example.replace(/\d+(?![\d月日:号楼年点])/gu, (given) => {
    seen += 1;
    return seen > 2 ? given : String(seen === 1 ? wanted : 3 - wanted);
  });
}

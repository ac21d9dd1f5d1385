import { beforeEach, describe, it } from 'vitest';

/** Where a conformance suite declares its cases: vitest, or a list for showing that a broken store fails it. */
export interface Suite {
  describe(name: string, declare: () => void): void;
  beforeEach(prepare: () => Promise<void>): void;
  it(name: string, run: () => Promise<void>): void;
}

export const VITEST: Suite = {
  describe: (name, declare) => void describe(name, declare),
  beforeEach: (prepare) => beforeEach(prepare),
  it: (name, run) => it(name, run),
};

export interface Case {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** The cases that a suite declares, each with its preparation, to be run by hand. */
export function casesOf(declareSuite: (suite: Suite) => void): readonly Case[] {
  const cases: Case[] = [];
  const preparations: (() => Promise<void>)[] = [];
  declareSuite({
    describe(_name, declare) {
      const before = preparations.length;
      declare();
      preparations.length = before;
    },
    beforeEach: (prepare) => void preparations.push(prepare),
    it(name, run) {
      const mine = [...preparations];
      cases.push({
        name,
        async run() {
          for (const prepare of mine) await prepare();
          await run();
        },
      });
    },
  });
  return cases;
}

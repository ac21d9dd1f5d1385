import { describe, expect, it } from 'vitest';

import { createPressMemory } from '../../web/src/console/data/press-memory.ts';

function memory() {
  let last = 0;
  return createPressMemory(() => `id${(last += 1)}`);
}

describe('the memory of presses', () => {
  it('gives a double click the same request id', () => {
    const presses = memory();
    const first = presses.idFor('urge', 0);
    presses.worked('urge', 100);
    expect(presses.idFor('urge', 300)).toBe(first);
  });

  it('keeps the id while nobody knows whether the press arrived', () => {
    const presses = memory();
    const first = presses.idFor('answer', 0);
    expect(presses.idFor('answer', 60_000)).toBe(first);
  });

  it('gives a later press of the same button a new id', () => {
    const presses = memory();
    const first = presses.idFor('urge', 0);
    presses.worked('urge', 100);
    expect(presses.idFor('urge', 5_000)).not.toBe(first);
  });

  it('gives a new id after a refusal and for other input', () => {
    const presses = memory();
    const first = presses.idFor('answer a', 0);
    expect(presses.idFor('answer b', 0)).not.toBe(first);
    presses.refused('answer a');
    expect(presses.idFor('answer a', 1)).not.toBe(first);
  });

  it('gives the same press a new id once it is taken back', () => {
    const presses = memory();
    const first = presses.idFor('merge', 0);
    presses.worked('merge', 100);
    presses.undone(first);
    expect(presses.idFor('merge', 300)).not.toBe(first);
  });
});

import { describe, expect, it } from 'vitest';
import type { Said } from '#core/command';
import { endorsesAnotherConcern, raisesAnotherMatter } from '#handlers/concerns/apart';
import { inbound } from '#test/support/inbound';

const said =
  (command: string) =>
  (words: string, who = 'zhang', quote?: string): Said => ({
    command,
    rest: words,
    original: words,
    message: inbound(words, { who, ...(quote !== undefined && { quote: { text: quote } }) }),
  });
const raise = said('concern.raise');
const endorse = said('concern.endorse');
const merge = said('concern.merge');

describe('a concern', () => {
  it('need not wait for one about something else', () => {
    expect(raisesAnotherMatter(raise('3号楼路灯坏了'), raise('5号楼电梯坏了'))).toBe(true);
  });

  it.each(['三栋楼下路灯不亮了', '3号楼路灯坏了', '路灯坏了'])('waits for "%s"', (earlier) => {
    expect(raisesAnotherMatter(raise('3号楼门口的路灯坏了'), raise(earlier, 'li'))).toBe(false);
  });

  it('need not wait for an endorsement that names its number', () => {
    expect(raisesAnotherMatter(raise('3号楼路灯坏了'), endorse('9', 'li'))).toBe(true);
    expect(raisesAnotherMatter(raise('3号楼路灯坏了'), endorse('', 'li'))).toBe(false);
  });

  it('waits for everything else', () => {
    expect(raisesAnotherMatter(raise('3号楼路灯坏了'), merge('9 12', 'li'))).toBe(false);
  });
});

describe('an endorsement', () => {
  it('waits for one of the same concern, whose count it tells', () => {
    expect(endorsesAnotherConcern(endorse('9'), endorse('9', 'li'))).toBe(false);
    expect(endorsesAnotherConcern(endorse('9'), endorse('一下 #9', 'li'))).toBe(false);
    expect(endorsesAnotherConcern(endorse('', 'zhang', '诉求#9 路灯'), endorse('9', 'li'))).toBe(false);
    expect(endorsesAnotherConcern(endorse('9'), endorse('12', 'li'))).toBe(true);
  });

  it('waits when it, or the one before, names no number', () => {
    expect(endorsesAnotherConcern(endorse(''), endorse('9', 'li'))).toBe(false);
    expect(endorsesAnotherConcern(endorse(''), raise('3号楼路灯坏了', 'li'))).toBe(false);
    expect(endorsesAnotherConcern(endorse('9'), endorse('', 'li'))).toBe(false);
  });

  it('waits for what the same person just raised, which it may settle', () => {
    expect(endorsesAnotherConcern(endorse('9'), raise('3号楼路灯坏了'))).toBe(false);
    expect(endorsesAnotherConcern(endorse('9'), raise('3号楼路灯坏了', 'li'))).toBe(true);
  });

  it('waits for everything else', () => {
    expect(endorsesAnotherConcern(endorse('9'), merge('9 12', 'li'))).toBe(false);
  });
});

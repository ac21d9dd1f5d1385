import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codeHash,
  heldKeyOf,
  isPageExpired,
  makePass,
  makeTicket,
  pageCodeOf,
  pagePath,
  readPageAddress,
  readPass,
  readTicket,
} from '#handlers/polls/page-link';

const KEY = 'a key that only tests know';
const NOW = new Date('2026-12-13T02:00:00Z');
const HOUR = 3_600_000;
const later = (ms: number) => new Date(NOW.getTime() + ms);

/** The text with one sign put in, taken out or made another. */
const damage = fc.record({
  at: fc.nat(),
  sign: fc.constantFrom(...'aZ09-_.=$ 。'),
  how: fc.constantFrom('put', 'taken', 'changed'),
});
function damaged(text: string, { at, sign, how }: { at: number; sign: string; how: string }): string {
  const place = at % text.length;
  const rest = text.slice(place + (how === 'put' ? 0 : 1));
  return text.slice(0, place) + (how === 'taken' ? '' : sign) + rest;
}

const id = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });

describe('the address of a page', () => {
  it('is read again as typed, in any case and with dashes, and belongs to one poll of one topic', () => {
    fc.assert(
      fc.property(id, fc.nat(20), fc.nat(99_999), (topicId, earlier, topicNumber) => {
        const code = pageCodeOf(KEY, topicId, earlier);
        const address = pagePath({ topicNumber, pageCode: code })?.slice('/vote/'.length) ?? '';
        expect(readPageAddress(address)).toEqual({ topicNumber, code });
        expect(readPageAddress(address.toLowerCase())).toEqual({ topicNumber, code });
        expect(pageCodeOf(KEY, topicId, earlier + 1)).not.toBe(code);
        expect(pageCodeOf(`${KEY}!`, topicId, earlier)).not.toBe(code);
        expect(pageCodeOf(KEY, `${topicId}!`, earlier)).not.toBe(code);
      }),
    );
  });

  it('is nothing when it is cut, padded or something else', () => {
    for (const address of [
      '',
      '3',
      '3-',
      '3-ABC',
      'x-7K2M9QXAPLMN',
      '3-7K2M9QXAPLM',
      '3-7K2M9QXAPLMNP',
      '../x',
    ])
      expect(readPageAddress(address)).toBeUndefined();
  });

  it('shows the result for ninety days, then has expired', () => {
    expect(isPageExpired({ closesAt: NOW }, later(90 * 24 * HOUR))).toBe(false);
    expect(isPageExpired({ closesAt: NOW }, later(90 * 24 * HOUR + 1))).toBe(true);
  });
});

describe('the pass of somebody who showed who they are', () => {
  it('is good for its poll and its time, and for nothing else', () => {
    fc.assert(
      fc.property(id, id, id, fc.integer({ min: 0, max: 24 * HOUR }), (pollId, other, personId, ms) => {
        const pass = makePass(KEY, pollId, personId, NOW);
        const isInTime = ms < 12 * HOUR;
        expect(readPass(KEY, pass, pollId, later(ms))).toBe(isInTime ? personId : undefined);
        if (other !== pollId) expect(readPass(KEY, pass, other, NOW)).toBeUndefined();
        expect(readPass(`${KEY}!`, pass, pollId, NOW)).toBeUndefined();
      }),
    );
  });

  it('is worth nothing when one sign of it is another', () => {
    fc.assert(
      fc.property(id, id, damage, (pollId, personId, harm) => {
        const pass = makePass(KEY, pollId, personId, NOW);
        const changed = damaged(pass, harm);
        fc.pre(changed !== pass);
        expect(readPass(KEY, changed, pollId, NOW)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('is not made by whoever has none', () => {
    fc.assert(
      fc.property(fc.string(), (words) => {
        expect(readPass(KEY, words, 'poll:1', NOW)).toBeUndefined();
      }),
    );
  });
});

describe('the ticket of one vote', () => {
  it('is one pass’s, and worth nothing when a sign of it is another', () => {
    fc.assert(
      fc.property(fc.uuid(), id, damage, (ticketId, personId, harm) => {
        const pass = makePass(KEY, 'poll:1', personId, NOW);
        const ticket = makeTicket(KEY, pass, ticketId);
        expect(readTicket(KEY, pass, ticket)).toBe(ticketId);
        expect(readTicket(KEY, makePass(KEY, 'poll:1', `${personId}!`, NOW), ticket)).toBeUndefined();
        const changed = damaged(ticket, harm);
        fc.pre(changed !== ticket);
        expect(readTicket(KEY, pass, changed)).toBeUndefined();
      }),
    );
  });
});

describe('what is kept of a code', () => {
  it('is another for another poll, person, code or key', () => {
    const kept = codeHash(KEY, 'poll:1', 'zhang', '482109');
    const others = [
      codeHash(KEY, 'poll:2', 'zhang', '482109'),
      codeHash(KEY, 'poll:1', 'li', '482109'),
      codeHash(KEY, 'poll:1', 'zhang', '482108'),
      codeHash('another', 'poll:1', 'zhang', '482109'),
    ];
    expect(new Set([kept, ...others]).size).toBe(5);
    expect(kept).not.toContain('482109');
  });
});

describe('a vote for somebody who authorised the voter', () => {
  it('has a ticket of its own: not the voter’s, not that of another one', () => {
    fc.assert(
      fc.property(id, id, id, (pass, ticketId, delegationId) => {
        const plain = ticketId.replaceAll('.', '');
        fc.pre(plain !== '');
        const held = heldKeyOf(KEY, pass, delegationId);
        expect(held).toMatch(/^[\w-]{22}$/u);
        expect(heldKeyOf(KEY, `${pass}!`, delegationId)).not.toBe(held);
        expect(heldKeyOf(KEY, pass, `${delegationId}!`)).not.toBe(held);
        expect(heldKeyOf(`${KEY}!`, pass, delegationId)).not.toBe(held);
        const ticket = makeTicket(KEY, pass, plain, held);
        expect(readTicket(KEY, pass, ticket, held)).toBe(plain);
        expect(readTicket(KEY, pass, ticket)).toBeUndefined();
        expect(readTicket(KEY, pass, ticket, heldKeyOf(KEY, pass, `${delegationId}!`))).toBeUndefined();
        expect(readTicket(KEY, pass, makeTicket(KEY, pass, plain), held)).toBeUndefined();
      }),
    );
  });
});

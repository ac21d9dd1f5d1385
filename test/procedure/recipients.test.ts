import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Concern, Endorsement } from '#core/concern';
import { type Family, recipientsOf } from '#procedure/recipients';

const here = { channel: 'web', account: 'demo', conversationId: 'g' } as const;
const at = new Date('2026-12-01T04:00:00Z');

function concern(number: number, authorId: string, more: Partial<Concern> = {}): Concern {
  return {
    id: `c${number}`,
    placeId: 'xfl',
    number,
    title: '',
    text: '',
    attachments: [],
    authorId,
    authorName: authorId,
    raisedIn: here,
    groupId: 'g',
    raisedAt: at,
    state: 'open',
    endorsements: 0,
    answerDueAt: at,
    reopenings: 0,
    revision: 0,
    ...more,
  };
}

function endorsement(concernId: string, personId: string): Endorsement {
  return {
    id: `${concernId}|${personId}`,
    concernId,
    placeId: 'xfl',
    personId,
    personName: personId,
    conversation: here,
    at,
  };
}

const person = fc.constantFrom('zhang', 'li', 'wang', 'zhao', 'sun');
const families = fc
  .array(
    fc.record({ authors: fc.array(person, { minLength: 1, maxLength: 3 }), endorsers: fc.array(person) }),
    { maxLength: 3 },
  )
  .map((list): Family[] =>
    list.map(({ authors, endorsers }, family) => {
      const [root, ...merged] = authors.map((author, n) => concern(family * 10 + n, author));
      const endorsements = endorsers.map((one, n) =>
        endorsement(`c${family * 10 + (n % authors.length)}`, one),
      );
      return { root: root ?? concern(0, 'zhang'), merged, endorsements };
    }),
  );

describe('who gets an answer', () => {
  it('is everybody who raised or endorsed, each exactly once', () => {
    fc.assert(
      fc.property(families, (all) => {
        const told = recipientsOf(all).map(({ personId }) => personId);
        const owed = all.flatMap(({ root, merged, endorsements }) => [
          ...[root, ...merged].map(({ authorId }) => authorId),
          ...endorsements.map(({ personId }) => personId),
        ]);
        expect([...told].sort()).toEqual([...new Set(owed)].sort());
      }),
    );
  });

  it('is answered under a number of their own when they raised one', () => {
    fc.assert(
      fc.property(families, (all) => {
        const authors = new Set(
          all.flatMap(({ root, merged }) => [root, ...merged].map(({ authorId }) => authorId)),
        );
        for (const { personId, role, concern: known } of recipientsOf(all)) {
          expect(role).toBe(authors.has(personId) ? 'author' : 'endorser');
          if (role === 'author') expect(known.authorId).toBe(personId);
        }
      }),
    );
  });

  it('has no chat when a secretary entered it for them', () => {
    const [caller] = recipientsOf([
      { root: concern(1, 'caller', { enteredById: 'liu' }), merged: [], endorsements: [] },
    ]);
    expect(caller).toMatchObject({ personId: 'caller', role: 'author' });
    expect(caller).not.toHaveProperty('spokeIn');
  });
});

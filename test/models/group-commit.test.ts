import { expect, it } from 'vitest';
import { createGroupCommit, type GroupCommitOptions } from '#models/group-commit';

/** A database that answers when it is told to. */
function createSlow() {
  const answers: (() => void)[] = [];
  const groups: (readonly string[])[] = [];
  const flush = (items: readonly string[]) =>
    new Promise<string[]>((resolve) => {
      groups.push(items);
      answers.push(() => resolve(items.map((item) => `${item}!`)));
    });
  return { groups, flush, answerAll: () => answers.splice(0).forEach((answer) => answer()) };
}

function groupCommit(more: Partial<GroupCommitOptions<string, string>>) {
  return createGroupCommit<string, string>({
    flush: async (items) => items.map((item) => `${item}!`),
    maxWaitMs: 1,
    maxItems: 3,
    maxOpen: 100,
    maxOpenWeight: 100,
    weightOf: (item) => item.length,
    patienceMs: 10_000,
    maxFlights: 1,
    ...more,
  });
}

it('writes those that come together in groups, each with its own answer', async () => {
  const slow = createSlow();
  const commit = groupCommit({ flush: slow.flush, maxFlights: 9 });

  const answers = ['a', 'b', 'c', 'd'].map((item) => commit.add(item));
  slow.answerAll();

  expect(await Promise.all(answers.slice(0, 3))).toEqual(['a!', 'b!', 'c!']);
  while (slow.groups.length < 2) await new Promise((resolve) => setImmediate(resolve));
  slow.answerAll();
  expect(await answers[3]).toBe('d!');
  expect(slow.groups).toEqual([['a', 'b', 'c'], ['d']]);
});

it('refuses more than a weight or a number that have no answer yet, and takes more after the answers', async () => {
  const slow = createSlow();
  const heavy = groupCommit({ flush: slow.flush, maxItems: 2, maxOpenWeight: 5 });
  const many = groupCommit({ flush: slow.flush, maxItems: 2, maxOpen: 2 });
  const open = [heavy.add('four'), heavy.add('x'), many.add('a'), many.add('b')];

  await expect(heavy.add('y')).rejects.toMatchObject({ name: 'TransientError', retryAfterMs: 2_000 });
  await expect(many.add('c')).rejects.toMatchObject({ name: 'TransientError' });
  slow.answerAll();
  await Promise.all(open);
  const later = [heavy.add('y'), heavy.add('z')];
  slow.answerAll();

  expect(await Promise.all(later)).toEqual(['y!', 'z!']);
});

it('tells who waited too long to come again, and does not write what has not begun', async () => {
  const slow = createSlow();
  const commit = groupCommit({ flush: slow.flush, maxItems: 1, patienceMs: 5 });

  const results = await Promise.allSettled(['a', 'b', 'c'].map((item) => commit.add(item)));
  slow.answerAll();
  await new Promise((resolve) => setImmediate(resolve));

  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(results[2]).toMatchObject({ reason: { name: 'TransientError', retryAfterMs: 2_000 } });
  expect(slow.groups).toEqual([['a']]);
});

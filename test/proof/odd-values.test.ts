import { expect, it } from 'vitest';

import { createCounter } from '#procedure/counting';
import { judgePoll } from '#procedure/verdict';
import { parseExport } from '#src/proof/export-format';
import { verifyExport } from '#src/proof/verify-export';
import { verificationReport } from '#texts/verification-report';
import { LIFT, sampleExport, type Story } from './sample-poll.ts';

/** What somebody puts into a file to see a program stumble. */
const ODD: readonly unknown[] = [
  ...[null, true, 0, -0, -1, 1.5, 2 ** 53, 1e308, 4_000_000_000, '', 'x', '\ud800', 'e\u0301', 'constructor'],
  ...[[], {}, [[]], [0], ['constructor'], { length: 5 }, { toString: 1 }],
];

/** The file with each of its values, and itself, replaced by each odd one. */
function* withOdd(value: unknown, within: (one: unknown) => unknown): Generator {
  for (const odd of ODD) yield within(odd);
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries())
      yield* withOdd(one, (other) => within(value.with(index, other)));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value))
      yield* withOdd(one, (other) => within({ ...value, [key]: other }));
  }
}

const RANKED: Story = {
  method: { kind: 'ranking', rule: 'instantRunoff' },
  options: 3,
  voters: [1, undefined],
  casts: [{ voter: 0, choice: [2, 0, 1], path: 'page', minute: 1 }],
};

it.each([
  [LIFT, 'open'],
  [LIFT, 'secret'],
  [RANKED, 'open'],
] as const)('a value of another kind anywhere is found, and breaks nothing: %#', (told, form) => {
  const data = sampleExport(told, form);
  const original = JSON.stringify(data);
  let tried = 0;
  for (const file of withOdd(data, (whole) => whole)) {
    if (JSON.stringify(file) === original) continue;
    tried += 1;
    const parsed = parseExport(file);
    if (!parsed.ok) continue;
    const checked = verifyExport(parsed.data, { countBallots: createCounter, judge: judgePoll });
    const { outcome } = verificationReport(parsed.data, checked);
    if (outcome !== 'faulty') expect.fail(`not found: ${JSON.stringify(file)}`);
  }
  expect(tried).toBeGreaterThan(1_000);
});

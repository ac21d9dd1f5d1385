import { describe, expect, it } from 'vitest';

import { createCounter } from '#procedure/counting';
import { judgePoll } from '#procedure/verdict';
import { buildExport } from '#src/proof/build-export';
import type { PollExport } from '#src/proof/export-format';
import { openingOf } from '#src/proof/seal-poll';
import { verifyExport } from '#src/proof/verify-export';
import { LIFT, resultOf, sampleExport, sampleInput, sealOf, type Story } from './sample-poll.ts';

type Input = ReturnType<typeof sampleInput>;

function checked(data: PollExport) {
  return verifyExport(data, { countBallots: createCounter, judge: judgePoll });
}

describe('two voters who turned out to be one', () => {
  const told: Story = { ...LIFT, isStruck: true };
  const whole = sampleInput(told, 'open');
  /** Sealed as it is, so that only the strike can find it. */
  const sealedAs = (changed: Partial<Input>) => {
    const input = { ...whole, ...changed };
    const result = resultOf(told, input.voters, input.ballots);
    const data = buildExport({ ...input, result, seal: sealOf(input, { ...input, result }) });
    return checked(data).faults.map(({ part, kind }) => `${part} ${kind}`);
  };
  const own = (voter: number) => whole.ballots.filter(({ voterId }) => voterId === `person:${voter}`);
  const struckBallot = whole.events.filter(({ voterId, path }) => voterId === 'person:0' && path === 'page');

  it('have one ballot, the last of both, and both stay on the roll', () => {
    expect(checked(sampleExport(told, 'open')).faults).toEqual([]);
    expect([whole.ballots.length, whole.voters.length]).toEqual([2, 3]);
    expect(own(1)).toMatchObject([{ choice: [0], path: 'group' }]);
  });

  it.each([
    ['both ballots', { ballots: [...whole.ballots, ...struckBallot] }, ['ballots struck']],
    [
      'the earlier ballot',
      { ballots: [...own(2), ...struckBallot.map((vote) => ({ ...vote, voterId: 'person:1' }))] },
      ['ballots outdated'],
    ],
    ['no ballot', { ballots: own(2) }, ['ballots missing']],
    [
      'a strike into a stranger',
      { end: { ...whole.end, strikes: [{ voterId: 'person:0', intoId: 'person:x' }] } },
      ['end stranger'],
    ],
  ])('%s is named, though it was sealed', (_what, changed, faults) => {
    expect(sealedAs(changed)).toEqual(expect.arrayContaining(faults));
  });
});

describe('a vote that another voter cast', () => {
  const whole = sampleInput(
    {
      ...LIFT,
      casts: [
        { voter: 0, choice: [0], path: 'proxy', minute: 10 },
        { voter: 1, choice: [1], path: 'group', minute: 20 },
      ],
    },
    'open',
  );
  /** Sealed as it is, so that only the rules can find it. */
  const sealedWith = (entered: (string | undefined)[], rules: object = {}) => {
    const events = entered.map((enteredById, voter) => {
      const { enteredById: _, ...event } = whole.events[0] as (typeof whole.events)[number];
      return {
        ...event,
        voterId: `person:${voter}`,
        messageId: `p${voter}`,
        ...(enteredById !== undefined && { enteredById }),
      };
    });
    const poll = { ...whole.poll, rules: { ...whole.poll.rules, ...rules } };
    const published = openingOf(poll, whole.secret, whole.voters);
    const input = { ...whole, poll, published, events, ballots: events };
    const result = resultOf(LIFT, input.voters, events);
    const data = buildExport({ ...input, result, seal: sealOf(input, { ...input, result }) });
    return checked(data).faults.map(({ part, kind, row }) => `${part} ${kind} ${row ?? ''}`);
  };

  it('is in order within the rules', () => {
    expect(sealedWith(['person:1'])).toEqual([]);
    expect(sealedWith(['person:2', 'person:2'], { proxiesPerHolder: 2 })).toEqual([]);
  });

  it.each([
    ['for more than the rules allow', ['person:2', 'person:2'], {}, ['events unauthorised 2']],
    ['where the rules allow none', ['person:1'], { proxiesPerHolder: undefined }, ['events unauthorised 1']],
    ['by the voter', ['person:0'], {}, ['events unauthorised 1']],
    ['by a stranger', ['person:nobody'], {}, ['events unauthorised 1']],
    ['by nobody', [undefined], {}, ['events unauthorised 1']],
  ])('%s is named, though it was sealed', (_what, entered, rules, faults) => {
    expect(sealedWith(entered, rules)).toEqual(faults);
  });
});

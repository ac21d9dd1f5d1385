import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STAGES, type Stage } from '#core/topic';
import { canMove, legalStages, movedTo, nextStep, type TopicFacts } from '#procedure/stages';

const LEGAL: readonly (readonly [Stage, Stage])[] = [
  ['collect', 'settle'],
  ['settle', 'consult'],
  ['settle', 'feedback'],
  ['consult', 'outcome'],
  ['consult', 'feedback'],
  ['outcome', 'assign'],
  ['outcome', 'consult'],
  ['assign', 'supervise'],
  ['supervise', 'feedback'],
  ['feedback', 'evaluate'],
  ['evaluate', 'closed'],
];
const step = { at: new Date('2026-12-01T00:00:00Z'), byId: 'liumin' };
const pairs = STAGES.flatMap((from) => STAGES.map((to) => [from, to] as const));
const isListed = (from: Stage, to: Stage) => LEGAL.some(([a, b]) => a === from && b === to);

describe('the stages', () => {
  it('allow exactly the listed moves out of the full matrix', () => {
    expect(pairs.filter(([from, to]) => canMove(from, to))).toEqual(
      pairs.filter(([from, to]) => isListed(from, to)),
    );
  });

  it('refuse every other move and remember every legal one with its step', () => {
    for (const [from, to] of pairs) {
      const topic = { stage: from, history: [] };
      const expected =
        from === to
          ? topic
          : isListed(from, to)
            ? { stage: to, history: [{ ...step, stage: to }] }
            : undefined;
      expect(movedTo(topic, to, step)).toEqual(expected);
    }
  });

  it('have no dead end: from each one the end can be reached', () => {
    for (const start of STAGES) {
      const seen = new Set<Stage>([start]);
      for (const stage of seen) legalStages(stage).forEach((next) => seen.add(next));
      expect(seen.has('closed')).toBe(true);
    }
  });

  it('go back only from outcome to consultation', () => {
    const back = pairs.filter(([from, to]) => canMove(from, to) && STAGES.indexOf(to) < STAGES.indexOf(from));
    expect(back).toEqual([['outcome', 'consult']]);
  });
});

describe('the next step', () => {
  const at = (ms: number) => new Date(step.at.getTime() + ms);
  const quiet: TopicFacts = {
    polls: [],
    meetings: [],
    openAssignments: 0,
    unansweredConcerns: 0,
    now: step.at,
  };

  it('exists at every stage but the last, whatever the facts', () => {
    const facts = fc.record({
      polls: fc.array(
        fc.record({ state: fc.constantFrom('open' as const, 'closed' as const, 'annulled' as const) }),
      ),
      meetings: fc.array(
        fc.record({
          state: fc.constantFrom('called' as const, 'held' as const),
          startsAt: fc.date({ noInvalidDate: true }),
        }),
      ),
      openAssignments: fc.nat(3),
      unansweredConcerns: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.constantFrom(...STAGES), facts, (stage, found) => {
        expect(nextStep(stage, { ...quiet, ...found }) === 'none').toBe(stage === 'closed');
      }),
    );
  });

  it('waits for an open poll, then calls a meeting, then writes its minutes', () => {
    expect(nextStep('consult', quiet)).toBe('openPoll');
    expect(nextStep('consult', { ...quiet, polls: [{ state: 'open' }] })).toBe('waitForPoll');
    const voted: TopicFacts = { ...quiet, polls: [{ state: 'closed' }] };
    expect(nextStep('consult', voted)).toBe('callMeeting');
    const called = (startsAt: Date): TopicFacts => ({ ...voted, meetings: [{ state: 'called', startsAt }] });
    expect(nextStep('consult', called(at(1)))).toBe('waitForMeeting');
    expect(nextStep('consult', called(at(-1)))).toBe('writeMinutes');
  });
});

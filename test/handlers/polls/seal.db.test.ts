import { afterAll, beforeEach, describe, expect, it } from 'vitest';

import type { Decision } from '#core/decision';
import type { Poll } from '#core/poll';
import { createBareBallot } from '#handlers/polls/ballot-commands';
import { createPollDeadlines } from '#handlers/polls/deadlines';
import { createPollExport } from '#handlers/polls/export-poll';
import { createReceiptCommand } from '#handlers/polls/receipt-command';
import { recordBallot } from '#handlers/polls/record-ballot';
import { createPollUseCases } from '#handlers/polls/use-cases';
import { createCounter } from '#procedure/counting';
import { judgePoll } from '#procedure/verdict';
import { parseExport } from '#src/proof/export-format';
import { inFours } from '#src/proof/short-code';
import { verifyExport } from '#src/proof/verify-export';
import { GROUPS, openConsultation, OPENING, resultPictureOf } from '../consultation.ts';
import { sampleBallot, sampleTopic } from '../../models/vote-samples.ts';

const stage = await openConsultation();
const { deps } = stage;
const bare = createBareBallot(deps);
const receipt = createReceiptCommand(deps);
const deadlines = createPollDeadlines(deps);
const useCases = createPollUseCases(deps);
const exportOf = createPollExport(deps);

const CLOSES = new Date('2026-12-20T10:00:00Z');
const minutes = (n: number) => new Date(OPENING.getTime() + n * 60_000);

beforeEach(async () => {
  await stage.clear();
  await stage.commit({ writes: [deps.topics.insert(sampleTopic())], dispatches: [] });
});
afterAll(() => stage.close());

async function open(): Promise<Poll> {
  const input = { topicId: 'topic:1', groupIds: ['g1', 'g2'], closesAt: CLOSES, quorum: 2 };
  await stage.commit(await useCases.openPoll(stage.actor('liumin'), input));
  return current();
}

async function current(): Promise<Poll> {
  const [poll] = (await deps.polls.list({ placeIds: ['xfl'], limit: 1 })).items;
  if (!poll) throw new Error('no poll');
  return poll;
}

async function close(poll: Poll): Promise<Poll> {
  await stage.fire(deadlines, `poll.close:${poll.id}`, new Date(CLOSES.getTime() + 1));
  return current();
}

/** Three vote, one of them twice; the later message arrives first. */
async function everybodyVotes(): Promise<void> {
  await stage.say(bare, '1', { by: 'zhang', at: minutes(9), in: GROUPS.residents, messageId: 'late' });
  await stage.say(bare, '2', { by: 'zhang', at: minutes(5), in: GROUPS.residents, messageId: 'early' });
  await stage.say(bare, '2', { by: 'li', at: minutes(6) });
  await stage.say(bare, '1', { by: 'chen', at: minutes(7), in: GROUPS.second });
}

/** What somebody finds who got the file on another computer. */
async function checked(poll: Poll) {
  const parsed = parseExport(JSON.parse(JSON.stringify(await exportOf(poll))));
  if (!parsed.ok) throw new Error(`no export: ${parsed.at}`);
  return {
    data: parsed.data,
    ...verifyExport(parsed.data, { countBallots: createCounter, judge: judgePoll }, poll.result?.seal?.code),
  };
}

const rows = (name: string) => stage.rows(name);

describe('events of ballots', () => {
  it('are one for a message, however often it is delivered, and never changed', async () => {
    await open();
    for (let time = 0; time < 100; time += 1)
      await stage.say(bare, '1', { by: 'li', at: minutes(5), messageId: 'm1', now: minutes(5 + time) });
    const [event, ...more] = await rows('ballotEvents').find().toArray();
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      voterId: 'li',
      choice: [0],
      path: 'direct',
      sentAt: minutes(5),
      messageId: 'm1',
    });
  });

  it('are two for a vote that was changed, while the ballot is one', async () => {
    await open();
    await stage.say(bare, '1', { by: 'li', at: minutes(5), messageId: 'm1' });
    await stage.say(bare, '2', { by: 'li', at: minutes(6), messageId: 'm2' });
    expect(await rows('ballotEvents').countDocuments()).toBe(2);
    expect(await rows('ballots').countDocuments()).toBe(1);
  });

  it('are none for votes that were refused', async () => {
    await open();
    await stage.say(bare, '9', { by: 'li', at: minutes(5) });
    await stage.say(bare, '1', { by: 'stranger', at: minutes(5), in: GROUPS.residents });
    await stage.say(bare, '1', { by: 'li', at: new Date(CLOSES.getTime() + 1) });
    expect(await rows('ballotEvents').countDocuments()).toBe(0);
  });

  it.each(['ballots', 'ballotEvents'] as const)(
    'and ballots are made whole by the replay after a crash that left only %s',
    async (written) => {
      const poll = await open();
      const vote = { ...sampleBallot({ pollId: poll.id, voterId: 'li' }), sentAt: minutes(5) };
      const decide = async (): Promise<Decision> => ({
        writes: (await recordBallot(deps, vote)).writes,
        dispatches: [],
      });
      const decision = await decide();
      await stage.commit({
        ...decision,
        writes: decision.writes.filter(({ collection }) => collection === written),
      });
      await stage.commit(await decide());
      const { faults, data } = await checked(await close(poll));
      expect(faults).toEqual([]);
      expect([data.ballots.length, data.events.length]).toEqual([1, 1]);
    },
  );
});

describe('the seal of a closed poll', () => {
  it('is what everybody works out from the export', async () => {
    const poll = await open();
    await everybodyVotes();
    const closed = await close(poll);
    const { faults, seal, counted, data } = await checked(closed);
    expect(faults).toEqual([]);
    expect(seal).toEqual(closed.result?.seal);
    expect(counted.counts).toEqual([2, 1, 0]);
    expect([data.roll.length, data.ballots.length, data.events.length]).toEqual([4, 3, 4]);
  });

  it('is published with the result, and begins with what was published at the opening', async () => {
    const poll = await open();
    await everybodyVotes();
    const sent = await stage.fire(deadlines, `poll.close:${poll.id}`, new Date(CLOSES.getTime() + 1));
    const { result } = await current();
    const picture = resultPictureOf(sent.find(({ to }) => to.conversationId === 'g1')?.body);
    expect(picture.verificationCode).toBe(inFours(result?.seal?.code ?? ''));
    expect(result?.seal).toMatchObject({ opening: poll.fingerprint, roll: poll.rollFingerprint });
  });

  it('holds for a poll that was closed early', async () => {
    const poll = await open();
    await everybodyVotes();
    const actor = stage.actor('liumin', { now: minutes(60) });
    await stage.commit(await useCases.closeEarly(actor, { pollId: poll.id, reason: '都投完了' }));
    await stage.fire(deadlines, `poll.close:${poll.id}`, minutes(70));
    const { faults, data } = await checked(await current());
    expect(faults).toEqual([]);
    expect(data.end).toEqual({ closesAt: minutes(60 + 5 / 60).toISOString(), closedEarlyReason: '都投完了' });
    expect(data.poll.rules['closesAt']).toBe(CLOSES.toISOString());
  });

  it('leaves no name, id or message of anybody in the export', async () => {
    const poll = await open();
    await everybodyVotes();
    const text = JSON.stringify(await exportOf(await close(poll)));
    for (const word of ['zhang', '"li"', 'chen', 'wang', 'early', 'g1', 'liumin', '"at"'])
      expect(text).not.toContain(word);
  });

  it('is not there before the end', async () => {
    expect(await exportOf(await open())).toBeUndefined();
  });
});

describe('a receipt', () => {
  it('is on the list for every ballot, and another one after a change', async () => {
    const poll = await open();
    await stage.say(bare, '2', { by: 'li', at: minutes(5), messageId: 'm1' });
    const [[, before = ''] = []] = await stage.say(receipt, '3', { by: 'li' });
    await everybodyVotes();
    const said = await Promise.all(
      ['zhang', 'li'].map(async (by) => (await stage.say(receipt, '3', { by }))[0]?.[1] ?? ''),
    );
    const { data } = await checked(await close(poll));
    const codes = data.ballots.map(({ code }) => inFours(code));
    const given = said.map((text) => /[A-Z2-9]{4}-[A-Z2-9]{4}/u.exec(text)?.[0] ?? '');
    expect(new Set(given).size).toBe(2);
    expect(codes).toEqual(expect.arrayContaining(given));
    expect(codes.some((code) => before.includes(code))).toBe(false);
  });

  it('is on the list no more when somebody altered the ballot behind the back of the program', async () => {
    const poll = await open();
    await everybodyVotes();
    const mine = await deps.polls.ballotOf(poll.id, 'li');
    await rows('ballots').updateOne({ voterId: 'li' }, { $set: { choice: [0] } });
    const { data } = await checked(await close(poll));
    expect(data.ballots.map(({ code }) => code)).not.toContain(mine?.receipt);
  });
});

describe('what somebody changes in the database after the end', () => {
  it.each([
    ['a choice', 'ballots', () => rows('ballots').updateOne({ voterId: 'li' }, { $set: { choice: [0] } })],
    ['a ballot that is gone', 'ballots', () => rows('ballots').deleteOne({ voterId: 'li' })],
    ['an event that is gone', 'events', () => rows('ballotEvents').deleteOne({ messageId: 'early' })],
    [
      'an event',
      'events',
      () => rows('ballotEvents').updateOne({ voterId: 'li' }, { $set: { choice: [0] } }),
    ],
    ['a voter who is gone', 'roll', () => rows('rolls').deleteOne({ _id: { $regex: /wang$/u } })],
    ['the quorum', 'rules', () => rows('polls').updateOne({}, { $set: { quorum: 0 } })],
    ['the counts', 'result', () => rows('polls').updateOne({}, { $set: { 'result.counts': [3, 0, 0] } })],
  ] as const)('is named: %s', async (_, part, change) => {
    const poll = await open();
    await everybodyVotes();
    await close(poll);
    await change();
    const { faults } = await checked(await current());
    expect(faults.map((fault) => fault.part)).toContain(part);
  });

  it('and before it, of the roll, is named too', async () => {
    const poll = await open();
    await everybodyVotes();
    await rows('rolls').deleteOne({ _id: { $regex: /wang$/u } });
    const { faults } = await checked(await close(poll));
    expect(faults).toContainEqual({ part: 'roll', kind: 'changed' });
    expect(faults).toContainEqual({ part: 'opening', kind: 'changed' });
  });
});

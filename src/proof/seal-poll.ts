import { hexToBytes } from '@noble/hashes/utils.js';

import type { VoterStrike } from '#core/poll';
import type { PollSeal } from '#core/poll-seal';
import type { Choice, PollMethod } from '#core/vote-method';
import { chainStart, nextLink } from './chain.ts';
import { canonicalJson, leafHash } from './hashing.ts';
import { merkleRoot } from './merkle.ts';
import { ballotLeaf, createRows, rollLeaf, type VoteFacts, type VoterFacts } from './rows.ts';
import { SEAL_CHARS, shortCode } from './short-code.ts';

/** What is fixed when a poll opens. `rules` are whatever decides who may vote and when it counts. */
export interface FrozenPoll {
  readonly id: string;
  readonly place: string;
  readonly topicNumber: number;
  readonly title: string;
  readonly options: readonly string[];
  readonly method: PollMethod;
  readonly rules: Readonly<Record<string, unknown>>;
}

/** How it ended, as it is known inside the program. */
export interface EndFacts {
  readonly closesAt: string;
  readonly closedEarlyReason?: string;
  readonly strikes?: readonly VoterStrike[];
}

/** The same as it is published: whoever was struck from the roll stands there, by pseudonyms. */
export interface PollEnd extends Pick<EndFacts, 'closesAt' | 'closedEarlyReason'> {
  readonly struck?: readonly { readonly voter: string; readonly into: string }[];
}

export function publishedEnd(
  rows: ReturnType<typeof createRows>,
  { strikes = [], ...end }: EndFacts,
): PollEnd {
  if (strikes.length === 0) return end;
  return { ...end, struck: strikes.map(rows.struck).sort((a, b) => (a.voter < b.voter ? -1 : 1)) };
}

export function questionHash({ id, place, topicNumber, title, options, method }: FrozenPoll): string {
  return leafHash(['yishi-question/1', id, place, topicNumber, title, options, method]);
}

export function rulesHash({ id, rules }: FrozenPoll): string {
  return leafHash(['yishi-rules/1', id, rules]);
}

export function endHash(pollId: string, end: LooseEnd): string {
  const { closesAt, closedEarlyReason = null, struck = [] } = end;
  if (struck.length === 0) return leafHash(['yishi-end/1', pollId, closesAt, closedEarlyReason]);
  const pairs = struck.map(({ voter, into }) => [voter, into]);
  return leafHash(['yishi-end/2', pollId, closesAt, closedEarlyReason, pairs]);
}

type LooseEnd = Pick<PollEnd, 'closesAt'> & {
  readonly closedEarlyReason?: string | null | undefined;
  readonly struck?: PollEnd['struck'] | undefined;
};

export function resultHash(pollId: string, result: Readonly<Record<string, unknown>>): string {
  return leafHash(['yishi-result/1', pollId, result]);
}

/** How often each choice was made, in the order of the choices: what a secret poll shows of its ballots. */
export interface ChoiceTimes {
  readonly choice: Choice;
  readonly times: number;
}

export function choicesHash(pollId: string, choices: readonly ChoiceTimes[]): string {
  const said = choices.map(({ choice, times }) => [choice, times]);
  return leafHash(['yishi-choices/1', pollId, said]);
}

/** Gathers choices; their order is forgotten. */
export function createChoiceSum() {
  const times = new Map<string, ChoiceTimes>();
  return {
    add(choice: Choice): void {
      const key = canonicalJson(choice);
      times.set(key, { choice, times: (times.get(key)?.times ?? 0) + 1 });
    },
    sorted: (): readonly ChoiceTimes[] =>
      [...times.values()].sort((a, b) => compareChoices(a.choice, b.choice)),
  };
}

export function compareChoices(a: Choice, b: Choice): number {
  const at = a.findIndex((figure, index) => figure !== b[index]);
  return at === -1 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}

/** The leaves of a list in the order of the pseudonyms, which says nothing about persons or times. */
function rootByVoter(rows: readonly { readonly voter: string; readonly leaf: Uint8Array }[]): string {
  return merkleRoot([...rows].sort((a, b) => (a.voter < b.voter ? -1 : 1)).map(({ leaf }) => leaf));
}

/** Covers who may vote and their weights. */
function rollRoot(pollId: string, secret: string, voters: readonly VoterFacts[]): string {
  const rows = createRows(pollId, secret);
  return rootByVoter(
    voters.map((voter) => {
      const row = rows.roll(voter);
      return { voter: row.voter, leaf: rollLeaf(pollId, row) };
    }),
  );
}

/** The fingerprint of a poll, published when it opens: question, rules and roll. */
export function openingHash(pollId: string, parts: Pick<PollSeal, 'question' | 'rules' | 'roll'>): string {
  return leafHash(['yishi-opening/1', pollId, parts.question, parts.rules, parts.roll]);
}

/** What a poll publishes when it opens. */
export type PollOpening = Pick<PollSeal, 'roll' | 'opening'>;

export function openingOf(poll: FrozenPoll, secret: string, voters: readonly VoterFacts[]): PollOpening {
  const roll = rollRoot(poll.id, secret, voters);
  const parts = { question: questionHash(poll), rules: rulesHash(poll), roll };
  return { roll, opening: openingHash(poll.id, parts) };
}

type Sealed = Omit<PollSeal, 'seal' | 'code'>;

/** The hash over all parts, and the code of it that people read. */
export function sealed(pollId: string, parts: Sealed): PollSeal {
  const { question, rules, roll, opening, end, ballots, choices, events, result } = parts;
  const figures = [parts.rollSize, parts.ballotCount, parts.eventCount];
  const hashes = [question, rules, roll, opening, end, ballots, choices, events, result];
  const seal = leafHash(['yishi-seal/1', pollId, hashes, figures]);
  return { ...parts, seal, code: shortCode(hexToBytes(seal), SEAL_CHARS) };
}

export interface SealInput {
  readonly poll: FrozenPoll;
  readonly secret: string;
  /** As it was published: whatever was changed since then does not fit it, and whoever checks will see that. */
  readonly published: PollOpening;
  readonly rollSize: number;
  readonly end: EndFacts;
}

/**
 * Seals a poll while its rows are read: give every ballot that counts, in any order, and every event in the order
 * (sentAt, messageId). Keeps one hash a ballot.
 */
export function createSealer({ poll, secret, published, rollSize, end }: SealInput) {
  const rows = createRows(poll.id, secret);
  const leaves: { voter: string; leaf: Uint8Array }[] = [];
  const choices = createChoiceSum();
  let events = chainStart(poll.id, published.opening);
  let eventCount = 0;
  return {
    addBallot(vote: VoteFacts): void {
      const row = rows.ballot(vote);
      leaves.push({ voter: row.voter, leaf: ballotLeaf(poll.id, row) });
      choices.add(vote.choice);
    },
    addEvent(vote: VoteFacts): void {
      events = nextLink(events, rows.event(vote).hash);
      eventCount += 1;
    },
    seal(result: Readonly<Record<string, unknown>>): PollSeal {
      return sealed(poll.id, {
        question: questionHash(poll),
        rules: rulesHash(poll),
        ...published,
        end: endHash(poll.id, publishedEnd(rows, end)),
        ballots: rootByVoter(leaves),
        choices: choicesHash(poll.id, choices.sorted()),
        events,
        result: resultHash(poll.id, result),
        rollSize,
        ballotCount: leaves.length,
        eventCount,
      });
    },
  };
}

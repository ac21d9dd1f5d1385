import type { PollSeal } from '#core/poll-seal';
import { chainStart, nextLink } from './chain.ts';
import type { PollExport } from './export-format.ts';
import { createRows, type VoteFacts, type VoterFacts } from './rows.ts';
import { createChoiceSum, publishedEnd, type SealInput } from './seal-poll.ts';

export interface ExportInput extends Pick<SealInput, 'poll' | 'secret' | 'end'> {
  /** `open` shows who chose what under pseudonyms; `secret` shows neither that nor any time. */
  readonly form: PollExport['form'];
  readonly voters: readonly VoterFacts[];
  readonly ballots: readonly VoteFacts[];
  /** In the order (sentAt, messageId). */
  readonly events: readonly VoteFacts[];
  readonly result: PollExport['result'];
  /** As it was published with the result. */
  readonly seal: PollSeal;
}

const byVoter = (a: { readonly voter: string }, b: { readonly voter: string }) =>
  a.voter < b.voter ? -1 : 1;

/** Writes down a closed poll so that anybody can check it against the published code. */
export function buildExport(input: ExportInput): PollExport {
  const { poll, secret, form, seal, result } = input;
  const rows = createRows(poll.id, secret);
  const end = publishedEnd(rows, input.end);
  const roll = input.voters.map(rows.roll).sort(byVoter);
  const ballots = input.ballots.map(rows.ballot).sort(byVoter);
  const events = linked(input, rows);
  const common = { format: 'yishi-poll/1' as const, poll, end, result, seal };
  if (form === 'open') return { ...common, form, roll, ballots, events };
  const choices = createChoiceSum();
  for (const { choice } of input.ballots) choices.add(choice);
  return {
    ...common,
    form,
    roll: roll.map(({ voter, commitment }) => ({ voter, commitment })),
    ballots: ballots.map(({ voter, commitment, code }) => ({ voter, commitment, code })),
    choices: choices.sorted(),
    events: events.map(({ hash, link }) => ({ hash, link })),
  };
}

/** The events with the chain through them. */
function linked({ poll, seal, events }: ExportInput, rows: ReturnType<typeof createRows>) {
  let link = chainStart(poll.id, seal.opening);
  return events.map((vote) => {
    const row = rows.event(vote);
    link = nextLink(link, row.hash);
    return { ...row, link };
  });
}

import type { PollRules } from '#core/poll';
import { createCounter } from '#procedure/counting';
import { judgePoll } from '#procedure/verdict';
import { buildExport } from '#src/proof/build-export';
import { parseExport, type PollExport } from '#src/proof/export-format';
import { createSealer, openingOf, type FrozenPoll } from '#src/proof/seal-poll';
import { verifyExport } from '#src/proof/verify-export';
import type { VoteFacts } from '#src/proof/rows';
import { startCost } from './cost.ts';
import { medians } from './figures.ts';
import { upToThree, type Bench } from './report.ts';

const BALLOTS = 10_000;
const SECRET = 'a secret that only the bench knows';
const OPENED_MS = Date.UTC(2026, 11, 13, 2);

/** Sealing a poll of many ballots, and checking its file as somebody else does. */
export const verify: Bench = {
  name: 'verify',
  about: `seal and verify a poll of ${BALLOTS} ballots`,
  async run({ mongodbUri, small = false }) {
    const ballots = votes(small ? BALLOTS / 10 : BALLOTS);
    const runs = await upToThree(() => Promise.resolve(oneRun(ballots, mongodbUri)));
    const figures = medians(runs);
    const row = (what: string, key: string, unit = 'ms') => ({ what, value: figures[key] ?? NaN, unit });
    return {
      bench: 'verify',
      title: `Proof of a poll of ${ballots.length} ballots`,
      figures,
      ratios: {},
      rows: [
        row('seal at closing', 'sealMs'),
        row('write the file', 'exportMs'),
        row('read the file (secret poll)', 'parseSecretMs'),
        row('verify (secret poll)', 'verifySecretMs'),
        row('read the file (open poll)', 'parseOpenMs'),
        row('verify (open poll)', 'verifyOpenMs'),
        row('CPU of all of it', 'cpuSeconds', 's'),
        row('memory', 'rssMb', 'MB'),
        row('load average', 'loadAverage', ''),
      ],
      notes: ['in memory, no database', 'the same code runs at closing, on the command line and in browsers'],
    };
  },
};

function votes(many: number): readonly VoteFacts[] {
  return Array.from({ length: many }, (_, at) => ({
    voterId: `person:${at}`,
    choice: [at % 3],
    path: 'direct' as const,
    sentAt: new Date(OPENED_MS + at),
    messageId: `m${at}`,
  }));
}

const RULES: PollRules = {
  quorum: { kind: 'none' },
  threshold: 'majority',
  abstentions: 'count',
  secrecy: 'open',
  showsCountsWhileOpen: false,
  minCell: 0,
  ballotOrder: 'ownThenLatest',
};

const POLL: FrozenPoll = {
  id: 'poll:bench',
  place: 'town',
  topicNumber: 1,
  title: '3号楼加装电梯',
  options: ['赞成', '反对', '弃权'],
  method: { kind: 'forAgainst' },
  rules: { ...RULES, votersNeeded: 0 },
};

function oneRun(ballots: readonly VoteFacts[], mongodbUri: string): Record<string, number> {
  const figures: Record<string, number> = {};
  const timed = <Result>(name: string, work: () => Result): Result => {
    const startedMs = performance.now();
    const result = work();
    figures[name] = performance.now() - startedMs;
    return result;
  };
  const cost = startCost(mongodbUri);
  const end = { closesAt: new Date(OPENED_MS + 86_400_000).toISOString() };
  const opened = { poll: POLL, secret: SECRET, end, published: openingOf(POLL, SECRET, ballots) };
  const { result, seal } = timed('sealMs', () => {
    const sealer = createSealer({ ...opened, rollSize: ballots.length });
    const counter = createCounter(POLL.method, POLL.options.length);
    for (const ballot of ballots) {
      counter.add(ballot.choice);
      sealer.addBallot(ballot);
      sealer.addEvent(ballot);
    }
    const poll = { method: POLL.method, rules: RULES, quorum: 0, rollSize: ballots.length };
    const judged = { ...judgePoll(counter.result(), poll, new Date(OPENED_MS)) };
    const result = JSON.parse(JSON.stringify(judged)) as typeof judged & PollExport['result'];
    return { result, seal: sealer.seal(result) };
  });
  const input = { ...opened, voters: ballots, ballots, events: ballots, result, seal };
  const files = timed('exportMs', () =>
    (['secret', 'open'] as const).map((form) => JSON.stringify(buildExport({ ...input, form }))),
  );
  for (const [index, form] of ['Secret', 'Open'].entries()) {
    const parsed = timed(`parse${form}Ms`, () => parseExport(JSON.parse(files[index] ?? '') as unknown));
    if (!parsed.ok) throw new Error(`not an export: ${parsed.at}`);
    const { faults } = timed(`verify${form}Ms`, () =>
      verifyExport(parsed.data, { countBallots: createCounter, judge: judgePoll }),
    );
    if (faults.length > 0) throw new Error('a whole file was called faulty');
  }
  const { cpu, rssMb, load } = cost();
  return { ...figures, cpuSeconds: cpu, rssMb, loadAverage: load };
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { BallotPath } from '#core/poll';
import type { PollDetail } from '#src/http/contract-polls';
import type { PollExport } from '#src/proof/export-format';
import { inFours } from '#src/proof/short-code';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { signIn, type ConsoleUser } from '#test/support/console';
import { EAST, FLATS, openLiftTown, rosterFile, WEST, type LiftTown } from '#test/support/lift-town';

let app: TestApp;
let town: Town;
let lift: LiftTown;
let liuMin: ConsoleUser;
let pollId = '';
const folder = mkdtempSync(join(tmpdir(), 'yishi-lift-'));

beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  lift = await openLiftTown(app);
  liuMin = await signIn(app, '刘敏');
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await app.stop();
});

const [FOR, AGAINST, ABSTAIN] = [0, 1, 2];
const CLOSES = '2026-09-08T18:00:00+08:00';

/** They authorise the owner of flat 1 to vote for them: one by a paper that staff enter, one in chat. */
const GIVERS: readonly number[] = [6, 13];
const HOLDER = 1;

/** One voter a flat, but one only for the first and the last flat, which have the same owner. */
interface Voter {
  readonly n: number;
  readonly owner: string;
  readonly door: string;
  readonly tail: string;
  readonly areaCents: number;
  /** Undefined: stays away. */
  readonly choice?: number;
  readonly path: BallotPath;
}

const VOTERS: readonly Voter[] = FLATS.slice(0, -1).map((flat, n) => {
  const also = n === 0 ? (FLATS.at(-1)?.areaCents ?? 0) : 0;
  const choice = n % 9 === 4 ? AGAINST : n % 17 === 5 ? ABSTAIN : FOR;
  const path = (['group', 'direct', 'paper'] as const)[n % 3] ?? 'paper';
  const voter = {
    ...flat,
    n,
    areaCents: flat.areaCents + also,
    path: GIVERS.includes(n) ? ('proxy' as const) : path,
  };
  return n % 7 === 6 && !GIVERS.includes(n) ? voter : { ...voter, ...(choice !== undefined && { choice }) };
});
const VOTED = VOTERS.filter(({ choice }) => choice !== undefined);
const by = (path: BallotPath) => VOTED.filter((voter) => voter.path === path);
const IN_CHAT = VOTERS.filter(({ path }) => path !== 'paper');
/** Where they are: the first ones in the one group, the last ones in the other, ten in both. */
const inWest = (voter: Voter) => voter.n < 60;
const inEast = (voter: Voter) => voter.n >= 50;
const sayOf = ({ choice = FOR }: Voter) => String(choice + 1);
const voterAt = (n: number) => {
  const voter = VOTERS[n];
  if (!voter) throw new Error(`no voter ${n}`);
  return voter;
};
const area = (some: readonly Voter[]) => some.reduce((sum, { areaCents }) => sum + areaCents, 0);
const choosing = (option: number | undefined) => VOTED.filter(({ choice }) => choice === option);
/** The least whole number that is at least this part of the whole: counted up, not computed. */
function least(numerator: number, denominator: number, whole: number): number {
  let part = Math.floor((whole * numerator) / denominator) - 2;
  while (part * denominator < whole * numerator) part += 1;
  return part;
}

const detail = () => liuMin.get<PollDetail>(`/polls/${encodeURIComponent(pollId)}`);
const ballots = () => app.database.db.collection('ballots');
const ballotOf = (n: number) => ballots().findOne({ pollId, voterId: voterIdOf(n) });
const voterIdOf = (n: number) => `household:place:xingfuli|${voterAt(n).door}`;
const enters = (n: number, option: number) =>
  liuMin.step('poll.enterBallot', {
    pollId,
    voterId: voterIdOf(n),
    values: [option + 1],
    path: 'paper',
    at: town.clock.now().toISOString(),
  });

describe('a vote of 120 households on a lift, by article 278 as a major matter', () => {
  it('has its roster from a table with areas, and its owners from the groups', async () => {
    const file = { data: rosterFile(['1,1,102,钱小妹,9001,否,']), absent: 'keep' as const };
    const preview = await liuMin.preview('roster.import', file);
    expect(preview).toMatchObject({ new: 120, problemCount: 0 });
    await liuMin.step('roster.import', { ...file, basis: preview.basis });
    const names = (some: readonly Voter[]) => some.map(({ owner }) => owner);
    await lift.join(WEST, [...names(IN_CHAT.filter(inWest)), '钱小妹']);
    await lift.join(EAST, names(IN_CHAT.filter(inEast)));
    await lift.tell(IN_CHAT.map(({ owner, door, tail }) => [owner, `绑定 ${door} ${owner} 尾号${tail}`]));
    await lift.tell([['钱小妹', '绑定 1-1-102 钱小妹 尾号9001']]);
    const linked = await app.database.db
      .collection('households')
      .countDocuments({ 'residents.personIds.0': { $exists: true } });
    // The owner of two flats says one of them; the other is found by name and phone.
    expect(linked).toBeGreaterThanOrEqual(IN_CHAT.length);
  });

  it('opens in both groups with a roll of 119 voters: two flats of one owner are one', async () => {
    const options = ['赞成', '反对', '弃权'];
    const topic = {
      concernIds: [],
      title: '加装电梯',
      description: '',
      options,
      source: 'residents' as const,
    };
    const topicId = (await liuMin.step('topic.create', topic)).created?.id ?? '';
    const { created } = await liuMin.step('poll.open', {
      topicId,
      groupIds: [WEST.id, EAST.id],
      closesAt: CLOSES,
      quorum: 0,
      options,
      method: { kind: 'forAgainst' },
      electorateOf: { kind: 'households' },
      rules: { article278: 'major', proxiesPerHolder: 2 },
    });
    pollId = created?.id ?? '';
    await town.clock.forward(11);
    await lift.quiet();
    expect(await detail()).toMatchObject({ rollSize: 119, unit: '户', state: 'open' });
    for (const { conversation } of [WEST, EAST])
      expect((await lift.heard(conversation.conversationId)).at(-1)?.text).toMatch(
        /^【表决】议题#1 加装电梯/u,
      );
  });

  it('takes the votes of two owners from the neighbour whom they authorised, and of no third', async () => {
    const [onPaper = -1, inChat = -1] = GIVERS;
    const holder = voterAt(HOLDER);
    const delegate = (n: number) =>
      liuMin.step('poll.delegate', { pollId, voterId: voterIdOf(n), holderId: voterIdOf(HOLDER) });
    await delegate(onPaper);
    await lift.tell([[voterAt(inChat).owner, `委托 ${holder.door}`]]);
    await expect(delegate(20)).rejects.toThrow();
    await lift.tell(GIVERS.map((n) => [holder.owner, `代投 ${voterAt(n).door} ${sayOf(voterAt(n))}`]));
    for (const n of GIVERS) {
      expect(await ballotOf(n)).toMatchObject({ path: 'proxy', choice: [voterAt(n).choice] });
      expect((await lift.heardBy(voterAt(n).owner)).at(-1)).toMatch(/^受委托的人替您投了/u);
    }
    expect(await ballots().countDocuments({ pollId })).toBe(2);
  });

  it('takes votes from the groups, one-to-one and from paper, each once however often it is delivered', async () => {
    await lift.tell(by('direct').map((voter) => [voter.owner, sayOf(voter)]));
    const west = by('group').filter(inWest);
    await lift.say(
      WEST,
      west.map((voter) => [voter.owner, `投 ${sayOf(voter)}`]),
      2,
    );
    await lift.say(
      EAST,
      by('group')
        .filter((voter) => !inWest(voter))
        .map((voter) => [voter.owner, sayOf(voter)]),
    );
    for (const { n, choice = FOR } of by('paper')) await enters(n, choice);
    expect(await ballots().countDocuments({ pollId })).toBe(VOTED.length);
    for (const { owner } of west.slice(0, 3))
      expect((await lift.heardBy(owner)).filter((text) => text.startsWith('您的票已收到'))).toHaveLength(1);
  });

  it('counts a person of two groups once, by what they said last', async () => {
    const both = by('group').filter((voter) => inWest(voter) && inEast(voter));
    expect(both.length).toBeGreaterThan(1);
    await lift.say(
      WEST,
      both.map(({ owner }) => [owner, '反对']),
    );
    await lift.say(
      EAST,
      both.map((voter) => [voter.owner, sayOf(voter)]),
    );
    expect(await ballots().countDocuments({ pollId })).toBe(VOTED.length);
    for (const voter of both)
      expect(await ballotOf(voter.n)).toMatchObject({ choice: [voter.choice], groupId: EAST.id });
  });

  it('has one ballot of a household that votes twice, the last; and what it cast itself over its paper', async () => {
    const { owner, choice = FOR, n } = voterAt(1);
    await lift.tell([['钱小妹', '2']]);
    expect(await ballotOf(n)).toMatchObject({ choice: [AGAINST] });
    await lift.tell([[owner, sayOf(voterAt(n))]]);
    expect(await ballotOf(n)).toMatchObject({ choice: [choice] });
    expect((await lift.heardBy('钱小妹')).at(-1)).toMatch(/^您这一户的票改过了/u);
    expect((await enters(n, AGAINST)).summary).toMatch(/以自己投的为准/u);
    expect(await ballotOf(n)).toMatchObject({ choice: [choice], path: 'direct' });
    const later = voterAt(18);
    await enters(later.n, AGAINST);
    expect(await ballotOf(later.n)).toMatchObject({ path: 'group', choice: [later.choice] });
  });

  it('shows the secretary before the end who voted, by building, and no choice', async () => {
    const open = await detail();
    const parts = [1, 2, 3].map((building) => {
      const here = (some: readonly Voter[]) =>
        some.filter(({ door }) => door.startsWith(`${building}-`)).length;
      return { building: `${building}号楼`, voters: here(VOTED), members: here(VOTERS) };
    });
    expect(open.byBuilding).toEqual(parts);
    expect(open).not.toHaveProperty('counts');
    expect(open).not.toHaveProperty('figures');
  });

  it('is judged by persons and by area in whole numbers, once, and tells both groups with a picture', async () => {
    await town.clock.to('2026-09-08T18:00:05+08:00');
    const { result } = (await app.app.stores.polls.byId(pollId)) ?? {};
    const [roll, voted, inFavour] = [area(VOTERS), area(VOTED), area(choosing(FOR))];
    expect(result).toMatchObject({
      counts: [FOR, AGAINST, ABSTAIN].map((option) => choosing(option).length),
      voters: VOTED.length,
      quorumMet: true,
      adopted: true,
      checks: [
        { kind: 'voters', have: VOTED.length, need: least(2, 3, 119), of: 119 },
        { kind: 'area', have: voted, need: least(2, 3, roll), of: roll },
        {
          kind: 'forVoters',
          have: choosing(FOR).length,
          need: least(3, 4, VOTED.length),
          of: VOTED.length,
        },
        { kind: 'forArea', have: inFavour, need: least(3, 4, voted), of: voted },
      ],
    });
    for (const { conversation } of [WEST, EAST]) {
      const results = (await lift.heard(conversation.conversationId)).filter(({ text }) =>
        text.startsWith('【结果】'),
      );
      expect(results.map(({ text }) => text)).toEqual([expect.stringContaining('加装电梯：通过')]);
      expect(results[0]?.picture).toMatchObject({
        kind: 'pollResult',
        verdict: '有效，通过',
        verificationCode: inFours(result?.seal?.code ?? '-'),
      });
    }
  });
});

function verify(name: string, file: unknown, code: string) {
  writeFileSync(join(folder, name), JSON.stringify(file));
  const script = resolve(import.meta.dirname, '../../scripts/yishi.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'verify', name, '--code', code], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

describe('its file, on another computer', () => {
  const exported = () => liuMin.get<PollExport>(`/polls/${encodeURIComponent(pollId)}/export.json`);

  it('is found in order: root, tally, fingerprint of the roll, chain, and the published code', async () => {
    const data = await exported();
    const { status, said } = verify('lift.json', data, data.seal.code);
    expect(said).toContain('没有发现问题，核验码和公布的一样。');
    expect(said).toContain(`名册119，选票${VOTED.length}张`);
    const [inFavour, against, abstained] = [FOR, AGAINST, ABSTAIN].map((option) => choosing(option).length);
    expect(said).toContain(`重数：赞成${inFavour}　反对${against}　弃权${abstained}`);
    for (const part of ['ballots', 'roll', 'opening', 'events'] as const)
      expect(said).toContain(data.seal[part]);
    expect(status).toBe(0);
    const names = JSON.stringify(data);
    for (const { owner, door } of VOTERS) for (const one of [owner, door]) expect(names).not.toContain(one);
  }, 60_000);

  it('is refused when one figure, one ballot or one voter was changed', async () => {
    const data = await exported();
    const [first = 0, ...others] = data.result.counts;
    const changed = {
      count: { ...data, result: { ...data.result, counts: [first + 1, ...others] } },
      ballot: { ...data, ballots: data.ballots.slice(1) },
      voter: { ...data, roll: data.roll.slice(0, -1) },
    };
    const words = { count: '「赞成」的票数写的是', ballot: '少了1行', voter: '名册有118行，封存的是119行' };
    for (const [name, file] of Object.entries(changed)) {
      const { status, said } = verify(`${name}.json`, file, data.seal.code);
      expect([name, status]).toEqual([name, 1]);
      expect(said).toContain(words[name as keyof typeof words]);
    }
  }, 120_000);
});

import type { StepInput } from '#src/http/contract';
import type { Page } from '#src/http/contract-views';
import type { VoterRow } from '#src/http/contract-roster';
import type { TestApp } from './app.ts';
import { openTown, type Town } from './chat.ts';
import { signIn, type ConsoleUser } from './console.ts';

export const PEOPLE = [
  ['王芳', '3-2-501', '1234'],
  ['李明', '3-2-502', '1111'],
  ['何涛', '3-2-503', '3333'],
  ['孙丽', '3-2-504', '4444'],
  ['周岚', '3-2-601', '5555'],
] as const;
/** Its owner is not in chat. */
export const SILENT_DOOR = '3-2-602';

type Voters = 'households' | 'residents' | readonly string[];

export interface ProxyTown extends Town {
  readonly liuMin: ConsoleUser;
  readonly doorOf: (name: string) => string;
  /** Opens a poll of households, of residents, or of a list with these lines; its id. */
  open(title: string, rules: object, voters?: Voters, closesAt?: string): Promise<string>;
  voterIdAt(door: string, pollId: string): Promise<string>;
  ballotAt(door: string, pollId: string): Promise<object | null>;
  delegationsIn(pollId: string): Promise<readonly object[]>;
  /** What `poll.delegate` takes: the one's vote, cast by the other. */
  pair(from: string, to: string, pollId: string): Promise<Record<'pollId' | 'voterId' | 'holderId', string>>;
  /** Says it one-to-one, and returns the first answer that fits. */
  say(who: string, text: string, reply: RegExp): Promise<string>;
}

/** Households whose owners were recognised in chat, and one flat whose owner was not: who may vote for whom. */
export async function openProxyTown(app: TestApp): Promise<ProxyTown> {
  const town = await openTown(app);
  const liuMin = await signIn(app, '刘敏');
  const rows = [
    ...PEOPLE.map(([name, door, tail]) => [...door.split('-'), name, tail, '是', '60']),
    [...SILENT_DOOR.split('-'), '无人', '', '是', '70'],
  ];
  const text = ['楼栋,单元,房号,姓名,手机尾号,是否业主,面积', ...rows.map((row) => row.join(','))].join('\n');
  const file = { data: Buffer.from(text).toString('base64'), absent: 'keep' as const };
  const { basis } = await liuMin.preview('roster.import', file);
  await liuMin.step('roster.import', { ...file, basis });
  for (const [name, door, tail] of PEOPLE) {
    await town.direct(name).says(name, `绑定 ${door} ${name} 尾号${tail}`);
    await town.direct(name).expectReply(/^核对好了/u);
  }
  const rowsOf = (name: string) => app.database.db.collection(name);
  const voterIdAt: ProxyTown['voterIdAt'] = async (door, pollId) => {
    const path = `/polls/${encodeURIComponent(pollId)}/voters?search=${encodeURIComponent(door)}`;
    return (await liuMin.get<Page<VoterRow>>(path)).items[0]?.voterId ?? '';
  };
  return {
    ...town,
    liuMin,
    doorOf: (name) => PEOPLE.find(([one]) => one === name)?.[1] ?? '',
    async open(title, rules, voters = 'households', closesAt = '2026-09-08T18:00:00+08:00') {
      const options = ['赞成', '反对', '弃权'];
      const topic = { concernIds: [], title, description: '', options, source: 'residents' as const };
      const topicId = (await liuMin.step('topic.create', topic)).created?.id ?? '';
      const poll = {
        topicId,
        groupIds: ['group:xingfuli-residents'],
        closesAt,
        quorum: 0,
        options,
        electorateOf: await electorateOf(liuMin, title, voters),
        rules,
      };
      const { created } = await liuMin.step('poll.open', poll);
      await town.quiet();
      return created?.id ?? '';
    },
    voterIdAt,
    ballotAt: async (door, pollId) =>
      rowsOf('ballots').findOne({ pollId, voterId: await voterIdAt(door, pollId) }),
    delegationsIn: (pollId) => rowsOf('delegations').find({ pollId }).sort({ _id: 1 }).toArray(),
    pair: async (from, to, pollId) => ({
      pollId,
      voterId: await voterIdAt(from, pollId),
      holderId: await voterIdAt(to, pollId),
    }),
    async say(who, said, reply) {
      await town.direct(who).says(who, said);
      return (await town.direct(who).expectReply(reply)).text;
    },
  };
}

async function electorateOf(
  liuMin: ConsoleUser,
  name: string,
  voters: Voters,
): Promise<StepInput<'poll.open'>['electorateOf']> {
  if (typeof voters === 'string') return { kind: voters };
  await liuMin.step('roster.saveList', { name, kind: 'named', lines: [...voters] });
  const { items } = await liuMin.get<Page<{ id: string; name: string }>>('/roster-lists');
  return { kind: 'list', listId: items.find((list) => list.name === name)?.id ?? '' };
}

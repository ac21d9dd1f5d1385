import { describe, expect, it } from 'vitest';
import type { AnyCommand } from '#core/command';
import type { InboundBody, InboundMessage } from '#core/message';
import type { GroupKind, Role } from '#core/people';
import { createRouter, type Route } from '#src/inbox/route';
import { inbound } from '#test/support/inbound';

function command(
  name: string,
  triggers: string[],
  example: string,
  roles: Role[] = ['resident'],
): AnyCommand {
  const execute = () => Promise.reject(new Error('routing runs nothing'));
  return { name, triggers, summary: name, example, roles, execute };
}

const concern = command('concern.raise', ['反映', '报修', '投诉'], '反映 3号楼门口路灯坏了');
const ballot = command('ballot.cast', ['投', '投票'], '投 1');
const commands = [
  concern,
  ballot,
  command('concern.endorse', ['附议'], '附议 9'),
  command('concern.progress', ['进度'], '进度 12'),
  command('help.show', ['帮助'], '帮助'),
  command('concern.rate', ['评价'], '评价 12 满意'),
  command('meeting.attend', ['报名'], '报名 4'),
  command('outcome.publish', ['公示'], '公示 3', ['secretary']),
  command('notice.send', ['通知'], '通知 明天9点停水', ['secretary']),
  command('assignment.done', ['办结'], '办结 T5 已换新灯', ['department']),
];
const route = createRouter({ commands, botNames: ['议事助手'], concern, bareNumber: ballot });

interface Scene {
  groupKind?: GroupKind;
  roles?: Role[];
  message?: Partial<InboundMessage>;
}

function inGroup(
  said: string | InboundBody,
  { groupKind = 'residents', roles = ['resident'], message = {} }: Scene = {},
): string {
  return shown(route({ message: { ...inbound(said), ...message }, groupKind, roles }));
}

function oneToOne(said: string): string {
  return shown(route({ message: inbound(said, { direct: true }), roles: ['resident'] }));
}

function shown(found: Route): string {
  switch (found.to) {
    case 'nobody':
      return found.event;
    case 'command':
      return `${found.command.name} [${found.original}]`;
    case 'wrongRole':
      return `wrongRole ${found.trigger}`;
    case 'unsure':
      return 'unsure';
    case 'unknown':
      return `unknown ${found.likely.map(({ triggers }) => triggers[0]).join(' ')}`;
  }
}

describe('what is said in a residents group', () => {
  it.each([
    ['反映 3号楼路灯坏了', 'concern.raise [3号楼路灯坏了]'],
    ['反映3号楼路灯坏了', 'concern.raise [3号楼路灯坏了]'],
    ['反映：3号楼路灯坏了', 'concern.raise [3号楼路灯坏了]'],
    ['報修電梯不停', 'concern.raise [電梯不停]'],
    ['@议事助手\u2005反映 路灯坏了', 'concern.raise [路灯坏了]'],
    ['议事助手，反映 路灯坏了', 'concern.raise [路灯坏了]'],
    ['「李：你好」\n- - - - - - - - - - - - - - -\n附议 9', 'concern.endorse [9]'],
    ['附议1', 'concern.endorse [1]'],
    ['附议第三', 'concern.endorse [第三]'],
    ['附议 ９', 'concern.endorse [９]'],
    ['投1', 'ballot.cast [1]'],
    ['投票 赞成', 'ballot.cast [赞成]'],
    ['投票赞成', 'ballot.cast [赞成]'],
    ['投　①', 'ballot.cast [①]'],
    ['评价12满意', 'concern.rate [12满意]'],
    ['进度', 'concern.progress []'],
    ['帮助', 'help.show []'],
  ])('"%s" is a command', (said, expected) => {
    expect(inGroup(said)).toBe(expected);
  });

  it.each([
    ...['1', '①', '１', '一', '1️⃣', ' 2。', '1、3', '第一', '1号', '1.', '1 修路', '投修路', '投 不赞成'],
    ...['赞成', '贊成', '我赞成', '我投赞成', '我投赞成票', '反对反对', '1 赞成', '我弃权', '同意'],
    ...['213', '二一三', '1 谢谢', '1\n谢谢大家', '赞成，谢谢社区'],
    ...['选1', '我选1', '選１', '我投1', '我家投1', '我投赞成，但是太贵'],
  ])('"%s" goes to the ballot alone', (said) => {
    expect(inGroup(said)).toBe(`ballot.cast [${said.trim()}]`);
  });

  it.each(['我投了赞成', '投了赞成', '我投诉过物业', '赞成的扣1', '谁投反对', '选个时间开会', '1楼灯坏了'])(
    '"%s" is no vote',
    (said) => {
      expect(inGroup(said)).not.toContain('ballot');
    },
  );

  it('hears a concern in a long message to the bot that begins like a vote', () => {
    const said =
      '投蜂网骗了我们小区一百多户居民的养老钱，报了案到现在快一年了也没有人给个说法，请社区帮我们问问';
    expect(oneToOne(said)).toBe(`concern.raise [${said}]`);
  });

  it.each([
    '今天天气不错',
    '谁家的车挡路了',
    '进度太慢了吧大家说是不是',
    '附议的人多不多',
    '帮助别人快乐自己',
    '通知：明天9点停水',
    '报名的人来我这里登记',
    '666',
    '2026',
    '3号楼',
    '3个人',
    '哈哈哈',
    '谢谢大家',
    'T5',
  ])('"%s" is left alone', (said) => {
    expect(inGroup(said)).toMatch(/^ignored/);
  });

  it.each(['报修单在哪里', '反映了没有', '怎么反映呀议事助手'])('the question "%s" is no concern', (said) => {
    expect(inGroup(said)).not.toContain('concern.raise');
  });

  it('asks back when a question begins like a concern', () => {
    expect(inGroup('报修单在哪里')).toBe('unsure');
  });

  it.each([
    ['@议事助手 3号楼路灯坏了', 'concern.raise [3号楼路灯坏了]'],
    ['@议事助手 谢谢', 'ignored.thanks'],
    ['@议事助手 你好', 'unknown 反映 投 附议'],
    ['@议事助手', 'unknown 反映 投 附议'],
    ['@议事助手 付议 9', 'unknown 附议 反映 投'],
  ])('"%s" is for the bot', (said, expected) => {
    expect(inGroup(said)).toBe(expected);
  });

  it('hears a mention that only the vendor reports', () => {
    expect(inGroup('楼道里的灯又坏了', { message: { mentionsBot: true } })).toBe(
      'concern.raise [楼道里的灯又坏了]',
    );
  });

  it("takes a card's button as said to the bot", () => {
    expect(inGroup({ type: 'press', say: '附议#9' })).toBe('concern.endorse [#9]');
  });

  it.each([
    ['公示 3', 'wrongRole 公示'],
    ['办结T5', 'wrongRole 办结'],
    ['@议事助手 通知 明天停水', 'wrongRole 通知'],
  ])('"%s" is for other roles', (said, expected) => {
    expect(inGroup(said)).toBe(expected);
  });

  it.each([{ type: 'unsupported', wireType: 'voice' } as const, '😀😀', '[微笑]', '', '。。。', '\u200b'])(
    'leaves %j alone',
    (said) => {
      expect(inGroup(said)).toMatch(/^ignored/);
    },
  );
});

describe('what is said in the other groups', () => {
  it('is no concern without its trigger', () => {
    const scene: Scene = { groupKind: 'secretaries', roles: ['resident', 'secretary'] };
    expect(inGroup('@议事助手 3号楼路灯坏了', scene)).toMatch(/^unknown/);
    expect(inGroup('公示 3', scene)).toBe('outcome.publish [3]');
    expect(inGroup('通知 明天停水', scene)).toBe('notice.send [明天停水]');
  });

  it('takes capital letters and a missing space', () => {
    expect(inGroup('办结T1 修好了', { groupKind: 'department', roles: ['resident', 'department'] })).toBe(
      'assignment.done [T1 修好了]',
    );
  });
});

describe('what is said one-to-one', () => {
  it.each([
    ['路灯坏了三天了', 'concern.raise [路灯坏了三天了]'],
    ['1', 'ballot.cast [1]'],
    ['好的', 'ignored.thanks'],
    ['[微笑]', 'ignored.blank'],
    ['报修单在哪里', 'unsure'],
    ['投票怎么投', 'unknown 投 反映 附议'],
  ])('"%s" is for the bot', (said, expected) => {
    expect(oneToOne(said)).toBe(expected);
  });

  it('survives twenty thousand characters of anything', () => {
    for (const text of [
      '反映 '.repeat(7_000),
      '１'.repeat(20_000),
      '附'.repeat(20_000),
      '@议事助手'.repeat(4_000),
    ]) {
      expect(oneToOne(text)).toBeTypeOf('string');
    }
  });
});

describe('the command table', () => {
  it('refuses two commands with one trigger', () => {
    const twice = [concern, command('other', ['报修'], '报修 1')];
    expect(() => createRouter({ commands: twice, botNames: [], concern, bareNumber: ballot })).toThrow(
      '报修',
    );
  });

  it('refuses a trigger that nobody could match', () => {
    const odd = [concern, command('odd', ['附議'], '附議 1')];
    expect(() => createRouter({ commands: odd, botNames: [], concern, bareNumber: ballot })).toThrow('附議');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from '#core/people';
import { GROUP_LIMITS, lineUnits, withinLimits } from '#texts/catalogue';
import { helpText, type HelpCommand } from '#texts/help-text';

const command = (name: string, roles: Role[], summary: string, example: string): HelpCommand => ({
  name,
  triggers: [example.split(' ')[0] ?? ''],
  summary,
  example,
  roles,
});

const commands: HelpCommand[] = [
  command('concern.answer', ['secretary'], '答复', '答复 12 办好了：12月3日换了新灯'),
  command('concern.merge', ['secretary'], '几条并成一条办', '合并 15 到 9'),
  command('topic.create', ['secretary'], '立成议题', '立题 12'),
  command('poll.prepare', ['secretary'], '发起表决', '表决 3'),
  command('notice.prepare', ['secretary'], '发通知', '通知 明天8点到12点停水，请提前存水'),
  command('concern.split', ['resident'], '不是一件事，拆开', '拆开 15'),
  command('concern.raise', ['resident'], '反映一件事', '反映 3号楼门口路灯坏了'),
  command('concern.endorse', ['resident'], '我也一样', '附议 9'),
  command('concern.progress', ['resident'], '办到哪了', '进度'),
  command('concern.supplement', ['resident'], '补一句', '补充 12 晚上8点以后全黑'),
  { ...command('ballot.bare', ['resident'], '表决时回复数字', '1'), triggers: [] },
  command('assignment.report', ['department', 'liaison'], '报办结', '办结 T5 灯换好了'),
  command('assignment.askExtension', ['department', 'liaison'], '要延期', '延期 T5 至12月31日 缺配件'),
];
const contact = { unit: '社区', name: '刘敏', phone: '0576-88881234' };

describe('help', () => {
  it('tells residents what to say and whom to call', () => {
    expect(helpText({ role: 'resident', kind: 'group', commands, contact })).toBe(
      [
        '有事：「反映 3号楼门口路灯坏了」　我也一样：「附议 9」',
        '办到哪了：「进度」　补一句：「补充 12 …」',
        '不是一件事，拆开：「拆开 15」',
        '找人：社区 刘敏，0576-88881234',
      ].join('\n'),
    );
  });

  it('tells secretaries what waits and where the rest is', () => {
    const link = 'https://yishi.example.cn';
    expect(helpText({ role: 'secretary', kind: 'group', commands, contact, waiting: 5, link })).toBe(
      [
        '今天要办5件，发「待办」。',
        '办诉求：「答复 12 …」「合并 15 到 9」「立题 12」',
        '先预览再发：「表决 3」「通知 …」',
        `更多：${link}`,
      ].join('\n'),
    );
  });

  it('tells units what they have in hand', () => {
    expect(helpText({ role: 'department', kind: 'group', commands, contact, waiting: 3 })).toBe(
      '在办3件，发「交办」看清单。\n办好：「办结 T5 灯换好了」　要延：「延期 T5 至12月31日 …」',
    );
  });

  it('shows nobody a command of another role', () => {
    expect(helpText({ role: 'resident', kind: 'direct', commands, contact })).not.toMatch(/答复|合并|办结/u);
    expect(helpText({ role: 'admin', kind: 'group', commands, contact })).toContain('合并');
  });

  it('stays within the limits of a group however many commands there are', () => {
    const anyCommand = fc.record({
      name: fc.string(),
      triggers: fc.constant(['某']),
      summary: fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
        .filter((summary) => !/\s/u.test(summary)),
      example: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
      roles: fc.constant<Role[]>(['resident']),
    });
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 40 }), (table) => {
        const message = helpText({ role: 'resident', kind: 'group', commands: table, contact });
        expect(withinLimits(message, GROUP_LIMITS)).toBe(true);
        const direct = helpText({ role: 'resident', kind: 'direct', commands: table, contact });
        expect(direct.split('\n').length).toBeLessThanOrEqual(6);
        expect(direct.split('\n').every((line) => lineUnits(line) <= GROUP_LIMITS.unitsPerLine)).toBe(true);
      }),
    );
  });
});

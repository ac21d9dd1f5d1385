import { describe, expect, it } from 'vitest';
import type { AnyCommand, MessageContext } from '#core/command';
import type { GroupKind, Role } from '#core/people';
import { createHelpCommands } from '#handlers/help/commands';
import { DEFAULT_RULES } from '#procedure/rules';
import { inbound } from '#test/support/inbound';

function command(name: string, example: string, roles: readonly Role[]): AnyCommand {
  const execute = async () => ({ writes: [], dispatches: [] });
  return { name, example, roles, summary: name, triggers: [example.split(' ')[0] ?? example], execute };
}

const table = [
  command('concern.raise', '反映 路灯坏了', ['resident']),
  command('concern.endorse', '附议 9', ['resident']),
  command('concern.merge', '合并 15 到 9', ['secretary']),
  command('assignment.report', '办结 T5 说明', ['department']),
];
const [help] = createHelpCommands({
  commands: () => table,
  concerns: { count: async () => 5 },
  assignments: { ofGroup: async () => [] },
  consoleUrl: 'https://yishi.example.cn/console',
});

async function helpIn(kind: GroupKind | undefined, roles: readonly Role[]): Promise<string> {
  const message = inbound('帮助', { direct: kind === undefined });
  const place = {
    id: 'xfl',
    name: '幸福里',
    kind: 'community' as const,
    ancestorIds: [],
    timeZone: 'Asia/Shanghai',
    dutyContact: { name: '刘敏', unit: '社区', phone: '88881234' },
    rules: DEFAULT_RULES,
  };
  const context: MessageContext = {
    person: { id: 'p', name: 'p', homePlaceId: 'xfl', offices: [] },
    roles,
    place,
    now: message.sentAt,
    requestId: 'r',
    takeNumber: async () => 1,
    message,
    spokenName: 'p',
    ...(kind && { group: { id: 'g', placeId: 'xfl', kind, name: 'g', conversation: message.from } }),
  };
  const decision = await help?.execute('', '', context);
  return decision?.dispatches[0]?.body.text ?? '';
}

describe('帮助', () => {
  it('tells residents what residents can say and whom to call', async () => {
    const text = await helpIn('residents', ['resident']);
    expect(text).toContain('有事：「反映 路灯坏了」');
    expect(text).toContain('找人：社区 刘敏，88881234');
    expect(text).not.toContain('合并');
  });

  it('does not spread the office’s tools in a residents’ group when a secretary asks there', async () => {
    expect(await helpIn('residents', ['resident', 'secretary'])).not.toContain('合并');
  });

  it('tells secretaries what waits, in their group and one-to-one', async () => {
    for (const kind of ['secretaries', undefined] as const) {
      const text = await helpIn(kind, ['resident', 'secretary']);
      expect(text).toContain('今天要办5件，发「待办」');
      expect(text).toContain('合并 15 到 9');
    }
  });

  it('tells a department its own steps', async () => {
    expect(await helpIn('department', ['resident', 'department'])).toContain('办好：「办结 T5 说明」');
  });
});

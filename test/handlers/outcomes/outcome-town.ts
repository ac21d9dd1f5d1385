import type { OutcomeInput } from '#handlers/outcomes/plan-outcome';
import { at } from '#test/support/follow-up-people';
import { createFollowUpTown } from '#test/support/follow-up-town';

export const input: OutcomeInput = {
  topicId: 'topic:3',
  groupIds: ['3号楼群', '5号楼群'],
  items: [
    {
      action: '选定电梯位置',
      ownerName: '刘建国',
      unit: '物业',
      groupId: 'wuye',
      dueAt: at('2026-12-30T18:00'),
    },
    {
      action: '公布分摊办法',
      ownerName: '刘敏',
      unit: '社区',
      groupId: 'secretaries',
      dueAt: at('2026-12-31T18:00'),
    },
  ],
};
/** When its publicity ends if nobody objects. */
export const END = at('2026-11-07T18:00');

/** A town whose secretary publishes what was agreed on topic 3. */
export async function createOutcomeTown() {
  const town = await createFollowUpTown();
  return {
    town,
    publish: (more: Partial<OutcomeInput> = {}) =>
      town.step(town.outcomes.publish, '刘敏', { ...input, ...more }),
    async outcome() {
      const found = await town.stores.outcomes.byTopicNumber('xfl', 3);
      if (!found) throw new Error('no outcome');
      return found;
    },
  };
}

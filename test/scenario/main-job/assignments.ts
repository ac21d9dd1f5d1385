import { describe, expect, it } from 'vitest';

import type { AssignmentRow } from '#src/http/contract-views';
import type { Story } from './story.ts';

export function assignmentsAreDone(story: Story): void {
  const light = async (number: number) => {
    const { items } = await story.liuMin.get<{ items: AssignmentRow[] }>('/assignments?state=all');
    const found = items.find((row) => row.number === number);
    return [found?.light, found?.lightReason];
  };
  const morning = (day: string) => story.town.clock.to(`${day}T09:30:00+08:00`);

  describe('7. the work is followed', () => {
    it('the list shows it with its light', async () => {
      await story.town.property.says('刘建国', '交办');
      await story.town.property.expectReply(/^在办1件：\n. T1 换好3号楼门口的灯/);
      await story.town.property.says('王强', '交办');
      await story.town.property.expectReply(/T1/);
    });

    it('with more than three working days left it is green and nobody is disturbed', async () => {
      await morning('2026-09-28');
      await story.town.property.shouldNotReply();
      expect(await light(1)).toEqual(['green', '还剩4个工作日']);
    });

    it('with three left it is yellow and the group is told once; the holidays do not count', async () => {
      await morning('2026-09-29');
      await story.town.property.expectReply(
        /^【黄灯】T1 换好3号楼门口的灯，还剩3个工作日\n刘建国负责，10月9日（周五）到期/,
      );
      for (const day of ['09-30', '10-01', '10-07', '10-08']) await morning(`2026-${day}`);
      await story.town.property.shouldNotReply();
      expect(await light(1)).toEqual(['yellow', '还剩1个工作日']);
    });

    it('on the day it is due it is called to mind again', async () => {
      await morning('2026-10-09');
      await story.town.property.expectReply(
        /^【黄灯】T1 换好3号楼门口的灯，.*\n刘建国负责，10月9日（周五）18:00前办好/,
      );
    });

    it('overdue it is red and called to mind each working day, a Saturday worked for the holiday too', async () => {
      await morning('2026-10-10');
      await story.town.property.expectReply(
        '【红灯】T1 换好3号楼门口的灯，过期1个工作日\n刘建国负责，应在10月9日（周五）办好\n办好发「办结 T1」；有难处发「延期」，社区一起想办法',
      );
      await morning('2026-10-11');
      await story.town.property.shouldNotReply();
      expect(await light(1)).toEqual(['red', '过期1个工作日']);
      await morning('2026-10-12');
      await story.town.property.expectReply(/过期2个工作日/);
    });

    it('more time is asked for with a reason and granted', async () => {
      const { property, secretaries } = story.town;
      await property.says('刘建国', '延期 T1 至10月20日 灯杆还没到货');
      await property.expectReply(
        '已收到延期申请：T1，到10月20日（周二）。\n社区答复前，仍按10月9日（周五）算。',
      );
      await secretaries.expectReply(/理由：灯杆还没到货/);
      await secretaries.says('刘敏', '准延 T1');
      await property.expectReply('T1可以延到10月20日（周二）。');
      expect((await light(1))[0]).toBe('green');
    });

    it('办结 needs a word; with a photo it is reported and the secretary checks', async () => {
      const { property, secretaries } = story.town;
      await property.says('刘建国', '办结 T1');
      await property.expectReply(/^还差一句说明/);
      await property.says('刘建国', '办结T1 灯换好了', { photos: 1 });
      await property.expectReply('已收到办结：T1，说明1段、照片1张。\n社区 刘敏核实后，告诉提出的人。');
      await secretaries.expectReply(/^物业 刘建国报了办结：T1/);
      await secretaries.says('刘敏', '打回 T1 还有一盏不亮');
      await property.expectReply(/还有一盏不亮/);
      await property.says('刘建国', '办结 t1 两盏都亮了', { photos: 2 });
      await property.expectReply(/^已收到办结：T1/);
      await secretaries.says('刘敏', '核实 T1');
      await secretaries.expectReply('T1已核实，办结。\n议题#1还有1件在办。');
    });

    it('with the last one done everybody is answered', async () => {
      const { liaison, secretaries } = story.town;
      await liaison.says('周岚', '办结 T2 费用贴在公告栏了', { photos: 1 });
      await liaison.expectReply(/^已收到办结：T2/);
      await secretaries.says('刘敏', '核实 T2');
      await secretaries.expectReply('T2已核实，办结。\n议题#1全部办结，告诉提出和附议的人。');
    });
  });
}

import { describe, expect, it } from 'vitest';

import type { TopicDetail } from '#src/http/contract-views';
import { at, LIAISON, PROPERTY, RESIDENTS, type Story } from './story.ts';

export function outcomeIsPublic(story: Story): void {
  const outcome = () => ({
    topicId: story.topicId,
    groupIds: [RESIDENTS],
    items: [
      {
        action: '换好3号楼门口的灯',
        ownerName: '刘建国',
        unit: '物业',
        groupId: PROPERTY,
        dueAt: '2026-10-09T18:00:00+08:00',
      },
      {
        action: '公布费用',
        ownerName: '周岚',
        unit: '政协联络组',
        groupId: LIAISON,
        dueAt: '2026-10-30T18:00:00+08:00',
      },
    ],
  });
  const topic = () => story.liuMin.get<TopicDetail>(at('topics', story.topicId));

  describe('6. what was agreed is public', () => {
    it('the groups read each thing with owner and day, as the preview showed', async () => {
      await story.town.clock.to('2026-09-14T09:00:00+08:00');
      const { text } = await story.liuMin.preview('outcome.publish', outcome());
      expect(text).toBe(
        '【公示】议题#1商量好的事，9月14日至19日18:00\n一、换好3号楼门口的灯，刘建国办，10月9日前\n' +
          '二、公布费用，周岚办，10月30日前\n不同意，回复「异议 1」加理由',
      );
      await story.liuMin.step('outcome.publish', outcome());
      await story.town.quiet();
      await story.town.residents.expectReply(text);
    });

    it('an objection needs a reason', async () => {
      await story.town.residents.says('郑伟', '异议 1');
      await story.town.residents.expectReply('还差一句理由，写上才算。\n例如：「异议 1 分摊不合理」');
      expect((await topic()).outcome?.state).toBe('publicity');
    });

    it('an objection with a reason stops it and reaches the secretary; the name stays private', async () => {
      await story.town.residents.says('郑伟', '异议 1 太阳能灯太暗');
      await story.town
        .direct('郑伟')
        .expectReply('您的异议已收到：议题#1，公示先停下。\n9月17日（周四）前答复您，名字不公开。');
      const [line, ...more] = await story.town.residents.unread();
      expect(line?.text).toMatch(/^【公示】议题#1：收到异议，先停下/);
      expect(line?.text).not.toContain('郑伟');
      expect(more).toEqual([]);
      await story.town.secretaries.expectReply(/^议题#1收到1条异议，公示已停下。\n理由：太阳能灯太暗/);
      expect((await topic()).outcome).toMatchObject({
        state: 'stopped',
        objections: [{ reason: '太阳能灯太暗', inTime: true }],
      });
    });

    it('while it is stopped the old end of the period hands nothing over', async () => {
      await story.town.clock.to('2026-09-20T09:00:00+08:00');
      expect(await topic()).toMatchObject({ outcome: { state: 'stopped' }, assignments: [] });
    });

    it('answered, it goes on for a whole new period, and whoever objected is answered', async () => {
      const { outcome: stopped } = await topic();
      const answer = '改用100瓦的，样灯放在门卫室';
      await story.liuMin.step('outcome.resolve', {
        outcomeId: stopped?.id ?? '',
        revision: stopped?.revision ?? 0,
        decision: 'continue',
        answer,
      });
      await story.town.quiet();
      await story.town.residents.expectReply(/异议已答复，接着公示到9月25日（周五）18:00/);
      const { text } = await story.town.direct('郑伟').expectReply(/^您的异议有答复了：议题#1。/);
      expect(text).toContain(answer);
    });

    it('with no more objection it becomes assignments at the end of the period', async () => {
      await story.town.clock.to('2026-09-25T17:59:50+08:00');
      await story.town.property.shouldNotReply();
      await story.town.clock.to('2026-09-25T18:00:02+08:00');
      await story.town.secretaries.expectReply(/^议题#1公示到期，没有异议，已交办2件：/);
      await story.town.property.expectReply(
        '【交办】T1 换好3号楼门口的灯\n物业 刘建国负责，10月9日（周五）前办好\n来由：议题#1，5人换太阳能灯\n办好发「办结 T1」加一句说明，有照片更好',
      );
      await story.town.liaison.expectReply(
        /^【交办】T2 公布费用\n政协联络组 周岚负责，10月30日（周五）前办好/,
      );
    });

    it('an objection after the end is kept and said to be late', async () => {
      await story.town.residents.says('何涛', '异议 1 我不同意');
      const { text } = await story.town.direct('何涛').expectReply(/议题#1/);
      expect(text).toMatch(/公示|期/);
      expect((await topic()).assignments).toHaveLength(2);
    });
  });
}

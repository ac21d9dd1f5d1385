import { describe, expect, it } from 'vitest';

import type { NoticeDetail } from '#src/http/contract-views';
import { at, PROPERTY, RESIDENTS, type Story } from './story.ts';

export function noticesGoOut(story: Story): void {
  const groupIds = [RESIDENTS, PROPERTY];

  describe('9. a notice', () => {
    it('is previewed, confirmed and sent to the chosen groups at its time, with proof for each', async () => {
      const { residents, property, clock } = story.town;
      await clock.to('2026-10-13T10:00:00+08:00');
      const draft = { text: '明天上午9点停水检修', groupIds, sendAt: '2026-10-13T15:00:00+08:00' };
      const preview = await story.liuMin.preview('notice.prepare', draft);
      expect(preview).toMatchObject({
        people: 13,
        groups: [
          { name: '幸福里物业群', people: 2 },
          { name: '幸福里居民群', people: 11 },
        ],
      });
      const noticeId = (await story.liuMin.step('notice.prepare', draft)).created?.id ?? '';
      await clock.forward(60);
      await residents.shouldNotReply();
      await story.liuMin.step('notice.confirm', { noticeId });
      await clock.to('2026-10-13T14:59:50+08:00');
      await residents.shouldNotReply();
      await clock.to('2026-10-13T15:00:02+08:00');
      await residents.expectReply(preview.text);
      await property.expectReply(preview.text);
      const { delivery } = await story.liuMin.get<NoticeDetail>(at('notices', noticeId));
      expect(delivery.map(({ groupName, word }) => [groupName, word]).toSorted()).toEqual([
        ['幸福里居民群', 'delivered'],
        ['幸福里物业群', 'delivered'],
      ]);
    });

    it('is written in the secretaries’ group too, shown first and sent by its code', async () => {
      const { residents, secretaries } = story.town;
      await secretaries.says('刘敏', '通知 周五下午社区大扫除');
      const { text, card } = await secretaries.expectReply(/^将发到1个群，约11人：/);
      expect(text).toContain('周五下午社区大扫除');
      await residents.shouldNotReply();
      await secretaries.says('刘敏', card?.choices[0]?.say ?? '');
      await residents.expectReply(/周五下午社区大扫除/);
    });

    it('that nobody confirms in ten minutes is not sent', async () => {
      const { residents, secretaries, clock } = story.town;
      await secretaries.says('刘敏', '通知 这条不发了');
      const { card } = await secretaries.expectReply(/这条不发了/);
      await clock.forward(11 * 60);
      await secretaries.says('刘敏', card?.choices[0]?.say ?? '');
      await residents.shouldNotReply();
    });

    it('waits for the end of the night, unless it is urgent', async () => {
      const { residents, secretaries, clock } = story.town;
      await clock.to('2026-10-13T22:30:00+08:00');
      await secretaries.says('刘敏', '通知 明天消防演练');
      const { card } = await secretaries.expectReply(/^10月14日（周三）7:00将发到1个群/);
      await secretaries.says('刘敏', card?.choices[0]?.say ?? '');
      await residents.shouldNotReply();
      await clock.to('2026-10-14T06:59:50+08:00');
      await residents.shouldNotReply();
      await clock.to('2026-10-14T07:00:02+08:00');
      await residents.expectReply(/明天消防演练/);
    });
  });
}

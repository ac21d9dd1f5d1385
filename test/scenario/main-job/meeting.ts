import { describe, expect, it } from 'vitest';

import type { MeetingDetail } from '#src/http/contract-views';
import { refusedStep } from '#test/support/console';
import { at, RESIDENTS, type Story } from './story.ts';

export function meetingIsHeld(story: Story): void {
  let meetingId = '';
  const detail = () => story.liuMin.get<MeetingDetail>(at('meetings', meetingId));
  const call = (startsAt: string) => ({
    topicId: story.topicId,
    title: '路灯怎么修',
    agenda: '一、灯型；二、位置',
    startsAt,
    room: '社区议事室',
    invited: '3号楼居民代表、物业',
    groupIds: [RESIDENTS],
  });

  describe('5. a meeting', () => {
    it('is not called at a time that is past or too soon', async () => {
      const past = await refusedStep(story.liuMin, 'meeting.call', call('2026-09-01T19:00:00+08:00'));
      expect(past).toMatchObject({ status: 422, code: 'meeting.pastDate' });
      const soon = await refusedStep(story.liuMin, 'meeting.call', call('2026-09-09T19:00:00+08:00'));
      expect(soon).toMatchObject({ status: 422, code: 'meeting.tooSoon' });
      await story.town.residents.shouldNotReply();
    });

    it('is called in the groups with time, room and guests', async () => {
      meetingId =
        (await story.liuMin.step('meeting.call', call('2026-09-12T19:00:00+08:00'))).created?.id ?? '';
      await story.town.quiet();
      await story.town.residents.expectReply(
        '【协商会#1】路灯怎么修\n9月12日（周六）19:00，社区议事室\n请了3号楼居民代表、物业\n能来，回复「报名 1」；来不了，「请假 1」',
      );
    });

    it('counts who comes and who does not; the last word counts', async () => {
      const { residents } = story.town;
      await residents.says('张桂兰', '报名 1');
      await residents.expectReply(
        '已报名：协商会#1，9月12日（周六）19:00，社区议事室。\n来不了，回复「请假 1」。',
      );
      await residents.says('王芳', '报名一');
      await residents.expectReply(/^已报名：协商会#1/);
      await residents.says('王芳', '請假１');
      await residents.expectReply('已请假：协商会#1。\n有话要带到会上，发「补充 议题1」加内容。');
      expect(await detail()).toMatchObject({ coming: 1, away: 1 });
    });

    it('is called to mind at nine the day before and an hour before', async () => {
      const { residents, clock } = story.town;
      await clock.to('2026-09-11T08:59:50+08:00');
      await residents.shouldNotReply();
      await clock.to('2026-09-11T09:00:01+08:00');
      await residents.expectReply(
        '【提醒】协商会#1：明天9月12日（周六）19:00，社区议事室\n已报名1人。还想来，回复「报名 1」',
      );
      await clock.to('2026-09-12T17:59:50+08:00');
      await residents.shouldNotReply();
      await clock.to('2026-09-12T18:00:01+08:00');
      await residents.expectReply(/^【提醒】协商会#1今天开：9月12日（周六）19:00/);
    });

    it('gets its minutes afterwards, not before', async () => {
      const { revision } = await detail();
      const minutes = {
        meetingId,
        revision,
        text: '换太阳能灯，样灯先放门卫室。',
        attended: '居民9人、物业1人',
      };
      expect(await refusedStep(story.liuMin, 'meeting.minutes', minutes)).toMatchObject({
        code: 'meeting.minutes.tooEarly',
      });
      await story.town.clock.to('2026-09-12T21:00:00+08:00');
      await story.liuMin.step('meeting.minutes', minutes);
      expect(await detail()).toMatchObject({ state: 'held', minutes: { text: minutes.text, by: '刘敏' } });
    });
  });
}

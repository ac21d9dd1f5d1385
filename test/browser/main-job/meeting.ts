import { expect, it } from 'vitest';

import { shoot } from '#test/support/browser';
import {
  letUndoPass,
  nextStep,
  phone,
  press,
  RESIDENTS,
  shootBoth,
  untilHeard,
  type Story,
} from './story.ts';

export function residentsMeet(story: Story): void {
  it('a meeting is called after a preview', async () => {
    await story.desk.getByRole('link', { name: '看议题' }).click();
    await nextStep(story).getByRole('link', { name: '发会议通知' }).click();
    await story.desk.reload();
    await story.desk.getByLabel('商量什么').fill('灯装在哪、钱怎么出');
    await story.desk.getByRole('button', { name: /^7天后/ }).click();
    await story.desk.getByLabel('地点').fill('社区议事室（2号楼1层）');
    await story.desk.getByLabel('请谁来').fill('3号楼居民代表、物业');
    await story.desk.getByLabel('议程').fill('先看现场，再定位置');
    await story.desk.getByRole('checkbox', { name: /居民群/ }).check();
    await shoot(story.desk, '16-new-meeting');
    await story.desk.getByRole('button', { name: '预览' }).click();
    const preview = await story.desk.getByLabel('群里看到的原文').innerText();
    await shoot(story.desk, '17-meeting-preview');
    await story.desk.getByRole('button', { name: '发会议通知，发给1个群' }).click();
    await story.desk.getByRole('heading', { level: 1, name: /协商会#1/ }).waitFor();
    await letUndoPass(story);
    const notice = phone(story, RESIDENTS).heard('【协商会#1】');
    await notice.waitFor();
    expect(await notice.locator('.text').innerText()).toBe(preview);
  });

  it('residents say by button and by words whether they come', async () => {
    const residents = phone(story, RESIDENTS);
    await residents.screen.getByLabel('我是').selectOption({ label: '李明' });
    await press(residents.heard('【协商会#1】'), '报名');
    await residents.heard('已报名：协商会#1').waitFor();
    await residents.says('孙丽', '请假 1');
    await residents.heard('已请假：协商会#1').waitFor();
    await story.desk.getByRole('heading', { name: '报名1人，请假1人' }).waitFor();
    await shootBoth(story, '18-rsvp');
  });

  it('afterwards the minutes are written', async () => {
    await untilHeard(story, phone(story, RESIDENTS).heard('【提醒】协商会#1'));
    await story.town.clock.forward(2 * 86_400);
    await story.desk.reload();
    await story.desk.getByRole('button', { name: '写纪要' }).click();
    const form = story.desk.getByRole('form', { name: '纪要' });
    expect(await form.getByLabel('到会的人').inputValue()).toBe('李明');
    await form.getByLabel('纪要').fill('装两盏太阳能灯，钱从公共收益里出。\n李明：先装门口那一盏。');
    await shoot(story.desk, '19-minutes-form');
    await form.getByRole('button', { name: '保存纪要' }).click();
    await story.desk.getByRole('heading', { name: '纪要' }).waitFor();
    await shoot(story.desk, '20-minutes');
  });
}

import { expect, it } from 'vitest';

import { eventually, shoot } from '#test/support/browser';
import {
  direct,
  letUndoPass,
  nextStep,
  phone,
  press,
  RESIDENTS,
  shootBoth,
  untilHeard,
  type Story,
} from './story.ts';

export function residentsVote(story: Story): void {
  it('a poll is set up in four steps and goes out exactly as previewed', async () => {
    await nextStep(story).getByRole('link', { name: '发起表决' }).click();
    await story.desk.getByRole('heading', { name: '题目' }).waitFor();
    await shoot(story.desk, '10-poll-question');
    await story.desk.getByRole('button', { name: '下一步：谁能投' }).click();
    await story.desk.getByRole('checkbox', { name: /居民群/ }).check();
    await shoot(story.desk, '11-poll-voters');
    await story.desk.getByRole('button', { name: '下一步：规则' }).click();
    await story.desk.getByLabel(/投了才算数/).fill('4');
    await story.desk.getByLabel('投完以后怎么办').fill('社区开协商会，定灯的位置');
    await shoot(story.desk, '12-poll-rules');
    await story.desk.getByRole('button', { name: '下一步：预览' }).click();
    const preview = await story.desk.getByLabel('群里看到的原文').innerText();
    expect(preview).toMatch(/^【表决】议题#1 3号楼门口路灯怎么修\n/);
    await shoot(story.desk, '13-poll-preview');
    await story.desk.getByRole('button', { name: '发起，发给1个群' }).click();
    await story.desk.getByText('进行中').waitFor();
    await letUndoPass(story);
    const opened = phone(story, RESIDENTS).heard('【表决】议题#1');
    await opened.waitFor();
    const said = await opened.locator('.text').innerText();
    expect(said.replace(/指纹[A-Z2-9]{12}/u, '指纹发出时生成')).toBe(preview);
  });

  it('votes by button and by digit show in the console without a reload', async () => {
    const residents = phone(story, RESIDENTS);
    const opened = residents.heard('【表决】议题#1');
    await residents.screen.getByLabel('我是').selectOption({ label: '周建军' });
    await press(opened, '2 修好旧灯');
    for (const [persona, words] of [
      ['张桂兰', '1'],
      ['王芳', '投 1'],
      ['赵国强', '①'],
    ] as const)
      await residents.says(persona, words);
    await story.desk.getByText('已投4/11').waitFor();
    expect(await story.desk.getByText('各项票数截止后显示').count()).toBe(1);
    await (await direct(story, '张桂兰')).heard('您的票已收到：议题#1').waitFor();
    await shootBoth(story, '14-turnout');
  });

  it('at its deadline the poll closes by itself and the result comes with a picture', async () => {
    const result = phone(story, RESIDENTS).heard('【结果】议题#1');
    await untilHeard(story, result);
    const picture = result.getByRole('img');
    await picture.scrollIntoViewIfNeeded();
    await eventually(() =>
      picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    ).toBe(1080);
    expect(await picture.getAttribute('alt')).toMatch(/^【结果】/);
    await story.desk.getByText('已截止').waitFor();
    await story.desk
      .getByRole('img', { name: /换太阳能灯/ })
      .or(story.desk.getByText('换太阳能灯').first())
      .waitFor();
    await shootBoth(story, '15-result');
  });
}

import type { Browser } from 'playwright-core';
import { expect, it } from 'vitest';

import { eventually, shoot, signedIn } from '#test/support/browser';
import {
  direct,
  letUndoPass,
  nextStep,
  openFromMenu,
  phone,
  PROPERTY,
  RESIDENTS,
  shootBoth,
  untilHeard,
  type Story,
} from './story.ts';

export function workIsDone(story: Story, browser: () => Browser): void {
  it('a late assignment turns red, and the department reads it in its group', async () => {
    await untilHeard(story, phone(story, PROPERTY).heard('【红灯】T1'), 40);
    await story.desk.reload();
    await story.desk.getByText('逾期').first().waitFor();
    await shootBoth(story, '26-red-light');
  });

  it('an officer reports one thing done on the phone and one in the console', async () => {
    await phone(story, PROPERTY).says('刘建国', '办结 T1 位置定在门口和车棚旁', 1);
    await phone(story, PROPERTY).heard('已收到办结：T1').waitFor();
    const office = await signedIn(browser(), story.app, '刘建国');
    await shoot(office, '27-officer-today');
    await openFromMenu({ ...story, desk: office }, '交办');
    await office.getByRole('link', { name: /T2/ }).click();
    await office.getByRole('button', { name: '办结', exact: true }).click();
    await office.getByLabel('怎么办好的').fill('两盏灯装好了，晚上试过');
    await office.getByRole('button', { name: '报办结' }).click();
    await office.getByText('等核实').first().waitFor();
    await shoot(office, '28-officer-reported');
    await office.context().close();
  });

  it('the secretary checks and confirms', async () => {
    for (const name of ['T1', 'T2']) {
      await openFromMenu(story, '交办');
      await story.desk.getByRole('link', { name: new RegExp(name) }).click();
      await story.desk.getByRole('button', { name: '核实，办好了' }).waitFor();
      await shoot(story.desk, `29-confirm-${name}`);
      await story.desk.getByRole('button', { name: '核实，办好了' }).click();
      await story.desk.getByText('已办结').first().waitFor();
    }
    await letUndoPass(story);
  });

  it('every resident behind the topic is answered one-to-one and rates it', async () => {
    await openFromMenu(story, '议题');
    await story.desk.getByRole('link', { name: /议题#1/ }).click();
    await shoot(story.desk, '30-topic-after-work');
    await answerWhoeverAsked(story);
    await letUndoPass(story);
    const zhang = await direct(story, '张桂兰');
    await zhang.heard('您提的诉求#1有结果了').waitFor();
    await zhang.heard('您提的诉求#1有结果了').getByRole('button', { name: '满意', exact: true }).click();
    await zhang.heard('谢谢，已记下：诉求#1，满意').waitFor();
    await shoot(story.street, '31-answer-and-rating');
    await (await direct(story, '赵国强')).heard('有结果了').waitFor();
    await (await direct(story, '王芳')).heard('有结果了').waitFor();
  });
}

async function answerWhoeverAsked(story: Story): Promise<void> {
  const { desk } = story;
  const step = nextStep(story).getByRole('link', { name: '答复提出的人' });
  if ((await step.count()) === 0) return;
  await step.click();
  await desk.getByRole('link', { name: /#1/ }).last().click();
  await desk.getByRole('button', { name: '答复' }).first().click();
  const form = desk.getByRole('form', { name: '答复' });
  await form.getByLabel('办好了').check();
  await form.getByLabel('怎么办好的').fill('两盏太阳能灯装好了');
  await form.getByRole('button', { name: '答复并告诉他们' }).click();
}

export function everybodyIsTold(story: Story): void {
  it('a notice is previewed, sent, and shows for each group whether it arrived', async () => {
    await openFromMenu(story, '通知');
    await story.desk.getByRole('link', { name: '写通知' }).click();
    await story.desk.getByLabel('通知内容').fill('【通知】明天9:00至11:00停水\n3号楼，因为管道维修');
    await story.desk.getByRole('checkbox', { name: /居民群/ }).check();
    await story.desk.getByRole('checkbox', { name: /物业群/ }).check();
    await shoot(story.desk, '32-new-notice');
    await story.desk.getByRole('button', { name: '预览' }).click();
    const preview = await story.desk.getByLabel('群里看到的原文').innerText();
    await shoot(story.desk, '33-notice-preview');
    await story.desk.getByRole('button', { name: '发给2个群' }).click();
    await story.desk.getByRole('heading', { level: 1, name: /通知#1/ }).waitFor();
    await letUndoPass(story);
    for (const group of [RESIDENTS, PROPERTY]) {
      const arrived = phone(story, group).heard('停水');
      await arrived.waitFor();
      expect(await arrived.locator('.text').innerText()).toBe(preview);
    }
    await eventually(() => story.desk.getByText('已送达').count()).toBe(2);
    await shootBoth(story, '34-notice-delivered');
  });
}

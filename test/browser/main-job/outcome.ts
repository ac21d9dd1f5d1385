import { expect, it } from 'vitest';

import { fillMoment, shoot } from '#test/support/browser';
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

export function outcomeIsPublic(story: Story): void {
  it('what was agreed is public exactly as previewed', async () => {
    await openFromMenu(story, '议题');
    await story.desk.getByRole('link', { name: /议题#1/ }).click();
    await nextStep(story).getByRole('link', { name: '公示成果' }).click();
    await story.desk.getByRole('button', { name: '再加一件事' }).click();
    await fillItem(story, 0, '选定两盏灯的位置', '刘建国', '2026-09-30 18:00');
    await fillItem(story, 1, '装好太阳能灯', '王强', '2026-10-20 18:00');
    await story.desk.getByRole('group', { name: '公示到哪些群' }).getByRole('checkbox').check();
    await shoot(story.desk, '21-outcome-form');
    await story.desk.getByRole('button', { name: '预览' }).click();
    const preview = await story.desk.getByLabel('群里看到的原文').innerText();
    await shoot(story.desk, '22-outcome-preview');
    await story.desk.getByRole('button', { name: '公示，发给1个群' }).click();
    await story.desk.getByText('公示中').waitFor();
    await letUndoPass(story);
    const published = phone(story, RESIDENTS).heard('【公示】议题#1');
    await published.waitFor();
    expect(await published.locator('.text').innerText()).toBe(preview);
  });

  it('an objection stops it until the secretary answers', async () => {
    await (
      await direct(story, '郑伟', '异议 1 灯太亮，照到二楼窗户')
    )
      .heard('您的异议已收到：议题#1')
      .waitFor();
    await story.desk.getByText('有异议，先停下').waitFor();
    expect(await story.desk.getByText('郑伟').count()).toBe(0);
    await shootBoth(story, '23-objection');
    const form = story.desk.getByRole('form', { name: '答复异议' });
    await form.getByLabel('说明理由，照原样办').check();
    await form.getByLabel('答复', { exact: true }).fill('灯头朝下，加遮光罩，照不到窗户。');
    await form.getByRole('button', { name: '答复异议' }).click();
    await story.desk.getByText('公示中').or(story.desk.getByText('已交办')).first().waitFor();
    await letUndoPass(story);
    await (await direct(story, '郑伟')).heard('遮光罩').waitFor();
    await shoot(story.desk, '24-objection-answered');
  });

  it('when the time is over the items are handed to their groups and have lights', async () => {
    await untilHeard(story, phone(story, PROPERTY).heard('【交办】T1'));
    await openFromMenu(story, '交办');
    await story.desk.getByRole('link', { name: /T1 选定两盏灯的位置/ }).waitFor();
    expect(await story.desk.getByText('正常').count()).toBeGreaterThan(0);
    await shootBoth(story, '25-assignments');
  });
}

async function fillItem(
  { desk }: Story,
  index: number,
  action: string,
  owner: string,
  dueAt: string,
): Promise<void> {
  const item = desk.getByRole('group', { name: /要办的事/ }).nth(index);
  await item.getByLabel('办什么').fill(action);
  await item.getByLabel('交办到哪个群').selectOption({ label: PROPERTY });
  await item.getByLabel('谁负责').fill(owner);
  await fillMoment(item.getByLabel('什么时间前办好'), dueAt);
  expect(await item.getByLabel('单位').inputValue()).toBe('物业');
}

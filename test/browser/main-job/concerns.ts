import { expect, it } from 'vitest';

import { shoot } from '#test/support/browser';
import {
  direct,
  letUndoPass,
  openFromMenu,
  phone,
  press,
  RESIDENTS,
  SECRETARIES,
  shootBoth,
  type Story,
} from './story.ts';

export function residentsSpeak(story: Story): void {
  it('a resident raises a concern with a photo and reads its number', async () => {
    await shoot(story.street, '01-playground-empty');
    const residents = phone(story, RESIDENTS);
    await residents.says('张桂兰', '反映 3号楼门口的路灯坏了三天，老人晚上出门看不清', 1);
    await residents.heard('已登记：诉求#1').waitFor();
    await shoot(story.street, '02-raised-with-photo');
  });

  it('a neighbour with the same matter endorses by a button of the card', async () => {
    const residents = phone(story, RESIDENTS);
    await residents.says('王芳', '反映 3号楼门口路灯坏了，晚上看不清');
    const similar = residents.heard('像是一件事');
    await similar.waitFor();
    await shoot(story.street, '03-near-duplicate-card');
    await press(similar, '附议#1');
    await residents.heard('已附议：诉求#1，连您一共2人').waitFor();
    await residents.says('赵国强', '反映 3号楼门口的路灯不亮好几天了');
    await press(residents.heard('像是一件事'), '不是一件事');
    await residents.heard('已登记：诉求#2').waitFor();
    await residents.says('吴秀英', '反映 5号楼电梯有异响，关门的时候咚咚响');
    await residents.heard('已登记：诉求#3').waitFor();
  });

  it('待办 in the secretaries’ group lists what waits', async () => {
    const secretaries = phone(story, SECRETARIES);
    await secretaries.says('刘敏', '待办');
    await secretaries.heard('今天要办3件').waitFor();
    await story.desk.reload();
    await story.desk.getByRole('heading', { name: '今天要办' }).waitFor();
    await shootBoth(story, '04-to-do');
  });
}

export function secretarySorts(story: Story): void {
  it('a concern is answered in the console and its author reads it one-to-one', async () => {
    await openFromMenu(story, '诉求');
    await story.desk.getByRole('link', { name: /#3/ }).click();
    await story.desk.getByRole('group', { name: '办这条诉求' }).getByRole('button', { name: '答复' }).click();
    const form = story.desk.getByRole('form', { name: '答复' });
    await form.getByLabel('办好了').check();
    await form.getByLabel('怎么办好的').fill('9月1日换了门机皮带，请去看看');
    await shoot(story.desk, '05-answer-form');
    await form.getByRole('button', { name: '答复并告诉他们' }).click();
    await story.desk.getByRole('status').getByText('#3').waitFor();
    await letUndoPass(story);
    await (await direct(story, '吴秀英')).heard('您提的诉求#3有结果了').waitFor();
  });

  it('a merge is undone and done again', async () => {
    await openFromMenu(story, '诉求');
    await story.desk.getByRole('link', { name: /#2/ }).click();
    await shoot(story.desk, '06-concern-with-similar');
    await story.desk.getByRole('button', { name: '合并到#1' }).click();
    await story.desk.getByText('已合并 #2→#1').waitFor();
    await shoot(story.desk, '07-merged-with-undo');
    await story.desk.getByRole('button', { name: /^撤销/ }).click();
    await story.desk.getByText('已撤销').waitFor();
    await letUndoPass(story);
    await openFromMenu(story, '诉求');
    await story.desk.getByRole('link', { name: /#2/ }).click();
    await story.desk.getByRole('button', { name: '合并到#1' }).click();
    await story.desk.getByText('已合并 #2→#1').waitFor();
    const zhao = await direct(story, '赵国强');
    expect(await zhao.heard('诉求#2和#1是一件事').count()).toBe(0);
    await letUndoPass(story);
    await zhao.heard('诉求#2和#1是一件事').waitFor();
  });

  it('a concern becomes a topic', async () => {
    await openFromMenu(story, '诉求');
    await story.desk.getByRole('link', { name: /#1/ }).click();
    await story.desk.getByRole('group', { name: '办这条诉求' }).getByRole('button', { name: '立题' }).click();
    await story.desk.getByLabel('题目').fill('3号楼门口路灯怎么修');
    await story.desk.getByRole('textbox', { name: '选项1' }).fill('换太阳能灯');
    await story.desk.getByRole('textbox', { name: '选项2' }).fill('修好旧灯');
    await story.desk.getByRole('textbox', { name: '选项3' }).fill('先不动');
    await shoot(story.desk, '08-new-topic');
    await story.desk.getByRole('button', { name: '立为议题' }).click();
    await story.desk.getByRole('heading', { level: 1, name: /议题#1/ }).waitFor();
    await letUndoPass(story);
    await (await direct(story, '张桂兰')).heard('诉求#1已列入议题#1').waitFor();
    await shootBoth(story, '09-topic');
  });
}

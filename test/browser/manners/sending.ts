import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import type { NoticeDetail } from '#src/http/contract-views';
import { fillMoment, openPlayground } from '#test/support/browser';
import { at, atConsole, enterConcerns, newTopic, type House } from './house.ts';

/** Pressed by somebody who is used to double clicks, or whose finger stays on the key. */
const PRESSES: readonly (readonly [string, (button: Locator) => Promise<void>])[] = [
  ['a double click', (button) => button.dblclick()],
  [
    'a held Enter',
    async (button) => {
      await button.focus();
      const { keyboard } = button.page();
      for (let repeat = 0; repeat < 6; repeat += 1) await keyboard.down('Enter');
      await keyboard.up('Enter');
    },
  ],
];

export function sendingHappensOnce(house: House): void {
  const count = (collection: string) => house.app.database.db.collection(collection).countDocuments();
  /** How many rows one visit adds. */
  const added = async (collection: string, path: string, visit: (page: Page) => Promise<void>) => {
    const before = await count(collection);
    await atConsole(house, path, visit);
    await house.town.quiet();
    return (await count(collection)) - before;
  };

  describe.each(PRESSES)('%s has one effect', (_name, press) => {
    it('on a concern written down for a resident', async () => {
      const visit = async (page: Page) => {
        await page.getByLabel('谁提的').fill('钱大爷');
        await page.getByLabel('什么事').fill('路边的井盖响');
        await press(page.getByRole('button', { name: '登记诉求' }));
        await page.getByRole('heading', { name: /诉求#/ }).first().waitFor();
      };
      expect(await added('concerns', '/console/concerns/new', visit)).toBe(1);
    });

    it('on a new topic', async () => {
      const [concernId = ''] = await enterConcerns(house, 1, `立题${_name}`);
      const visit = async (page: Page) => {
        await press(page.getByRole('button', { name: '立为议题' }));
        await page.getByRole('heading', { level: 1, name: /议题#/ }).waitFor();
      };
      expect(
        await added('topics', `/console/topics/new?concerns=${encodeURIComponent(concernId)}`, visit),
      ).toBe(1);
    });

    it('on an answer', async () => {
      const [concernId = ''] = await enterConcerns(house, 1, `答复${_name}`);
      await atConsole(house, at('concerns', concernId, '?do=answer'), async (page) => {
        await page.getByLabel('办好了').check();
        await page.getByLabel('怎么办好的').fill('修好了');
        await press(page.getByRole('button', { name: '答复并告诉他们' }));
        await page.getByRole('button', { name: /^撤销/ }).waitFor();
      });
      const answers = house.app.database.db
        .collection('audit')
        .countDocuments({ action: 'concern.answered', subjectId: concernId });
      expect(await answers).toBe(1);
      await house.town.clock.forward(11);
    });

    it('on a poll', async () => {
      const topicId = await newTopic(house, `要不要装充电桩${_name}`);
      const visit = async (page: Page) => {
        await page.getByRole('button', { name: '下一步：谁能投' }).click();
        await page.getByRole('checkbox', { name: /居民群/ }).check();
        await page.getByRole('button', { name: '下一步：规则' }).click();
        await page.getByLabel(/投了才算数/).fill('1');
        await page.getByRole('button', { name: '下一步：预览' }).click();
        await press(page.getByRole('button', { name: '发起，发给1个群' }));
        await page.getByText('进行中').waitFor();
      };
      expect(await added('polls', `/console/polls/new?topic=${encodeURIComponent(topicId)}`, visit)).toBe(1);
    });

    it('on a meeting', async () => {
      const visit = async (page: Page) => {
        await page.getByLabel('商量什么').fill('车棚怎么用');
        await page.getByRole('button', { name: /^7天后/ }).click();
        for (const field of ['地点', '请谁来', '议程']) await page.getByLabel(field).fill('社区议事室');
        await page.getByRole('checkbox', { name: /居民群/ }).check();
        await page.getByRole('button', { name: '预览' }).click();
        await press(page.getByRole('button', { name: '发会议通知，发给1个群' }));
        await page.getByRole('heading', { level: 1, name: /协商会#/ }).waitFor();
      };
      expect(await added('meetings', '/console/meetings/new', visit)).toBe(1);
    });

    it('on a publicity', async () => {
      const topicId = await topicWithMinutes(house, `成果${_name}`);
      const visit = async (page: Page) => {
        await page.getByLabel('办什么').fill('装两盏灯');
        await page.getByLabel('交办到哪个群').selectOption({ label: '幸福里物业群' });
        await page.getByLabel('谁负责').fill('刘建国');
        await fillMoment(page.getByLabel('什么时间前办好'), '2026-12-01 18:00');
        await page.getByRole('group', { name: '公示到哪些群' }).getByRole('checkbox').check();
        await page.getByRole('button', { name: '预览' }).click();
        await press(page.getByRole('button', { name: '公示，发给1个群' }));
        await page.getByText('公示中').waitFor();
      };
      expect(await added('outcomes', at('topics', topicId, '/outcome'), visit)).toBe(1);
    });

    it('on a notice', async () => {
      const visit = async (page: Page) => {
        await writeNotice(page, '【通知】明天停水');
        await press(page.getByRole('button', { name: '发给2个群' }));
        await page.getByRole('heading', { level: 1, name: /通知#/ }).waitFor();
      };
      expect(await added('notices', '/console/notices/new', visit)).toBe(1);
      await house.town.clock.forward(11);
      const texts = (await house.town.residents.all()).filter(({ text }) => text === '【通知】明天停水');
      expect(texts.length).toBe(PRESSES.findIndex(([, one]) => one === press) + 1);
    });
  });

  it('what the preview shows arrives byte for byte, whatever signs are in it', async () => {
    const words =
      '【通知】<b>3号楼</b> & "5号楼"　𠮷野家旁\n第二行  两个空格　\t制表\n“引号”‘单引号’——1.5‰ 🚰';
    await atConsole(house, '/console/notices/new', async (page) => {
      await writeNotice(page, words);
      const preview = await page.getByLabel('群里看到的原文').textContent();
      await page.getByRole('button', { name: '发给2个群' }).click();
      await page.getByRole('heading', { level: 1, name: /通知#/ }).waitFor();
      await house.town.clock.forward(11);
      for (const chat of [house.town.residents, house.town.property]) {
        const arrived = (await chat.all()).findLast(({ from }) => from.bot)?.text;
        expect(Buffer.from(arrived ?? '').toString('hex')).toBe(Buffer.from(preview ?? '').toString('hex'));
      }
    });
  });
}

export function deliveryIsTold(house: House): void {
  it('each group’s delivery is told in its word, with cause and cure', async () => {
    const street = await openPlayground(house.browser, house.app);
    await street
      .getByRole('region', { name: '幸福里居民群' })
      .getByLabel('网络')
      .selectOption({ label: '要人点发' });
    await street
      .getByRole('region', { name: '幸福里物业群' })
      .getByLabel('网络')
      .selectOption({ label: '踢出群' });
    await street.getByText('助手被踢出了群').waitFor();
    await atConsole(house, '/console/notices/new', async (page) => {
      await writeNotice(page, '【通知】送到没有');
      await page.getByRole('button', { name: '发给2个群' }).click();
      await house.town.clock.forward(11);
      await page.getByText(/^等.+点发$/).waitFor();
      await page.getByText('没送到', { exact: true }).waitFor();
      await page.getByText('助手已不在群里 → 重新拉进群').waitFor();
      const id = decodeURIComponent(page.url().split('/').at(-1) ?? '');
      await otherWords(house, page, id);
    });
    for (const name of ['幸福里居民群', '幸福里物业群'])
      await street.getByRole('region', { name }).getByLabel('网络').selectOption({ label: '网络正常' });
    await street.context().close();
    await house.town.quiet();
  });
}

/** What the playground's channel never answers is put into the rows themselves. */
async function otherWords({ app, liuMin, town }: House, page: Page, noticeId: string): Promise<void> {
  const rows = app.database.db.collection<{ _id: string }>('outbox');
  const { delivery } = await liuMin.get<NoticeDetail>(`/notices/${encodeURIComponent(noticeId)}`);
  const [first = '', second = ''] = delivery.map(({ outboxId }) => outboxId);
  const put = (id: string, row: Record<string, unknown>) => rows.updateOne({ _id: id }, { $set: row });
  await put(first, { state: 'held', outcome: 'uncertain' });
  await put(second, { state: 'sent', outcome: 'accepted' });
  await page.reload();
  await page.getByText('已交给微信').waitFor();
  await page.getByText('不确定（要重发吗）').waitFor();
  expect(await page.getByRole('button', { name: '重发' }).count()).toBe(1);
  await put(first, { state: 'queued', dueAt: new Date(town.clock.now().getTime() + 86_400_000) });
  await put(second, { state: 'sent', outcome: 'delivered' });
  await page.reload();
  await page.getByText('等待发送').waitFor();
  await page.getByText('已送达').waitFor();
  expect(await page.getByRole('button', { name: '重发' }).count()).toBe(0);
  await rows.deleteOne({ _id: first });
}

async function writeNotice(page: Page, words: string): Promise<void> {
  await page.getByLabel('通知内容').fill(words);
  await page.getByRole('checkbox', { name: /居民群/ }).check();
  await page.getByRole('checkbox', { name: /物业群/ }).check();
  await page.getByRole('button', { name: '预览' }).click();
}

async function topicWithMinutes(house: House, title: string): Promise<string> {
  const topicId = await newTopic(house, title);
  const { liuMin } = house;
  const stages = ['consult', 'outcome'] as const;
  for (const stage of stages) {
    const { revision } = await liuMin.get<{ revision: number }>(`/topics/${encodeURIComponent(topicId)}`);
    await liuMin.step('topic.stage', { topicId, revision, stage, note: '在别处商量过' });
  }
  return topicId;
}

import { expect, it } from 'vitest';

import { eventually, openPlayground } from '#test/support/browser';
import { atConsole, newTopic, RESIDENTS_ID, at, type House } from './house.ts';

export function nothingIsLost(house: House): void {
  it('the server goes away while somebody types: told in place, and what was written is back after a reload', () =>
    atConsole(house, '/console/notices/new', async (page) => {
      await page.getByLabel('通知内容').fill('【通知】写到一半');
      await page.getByRole('checkbox', { name: /居民群/ }).check();
      await house.app.app.stop();
      await page.getByRole('button', { name: '预览' }).click();
      await page.getByRole('alert').filter({ hasText: /连|没/ }).first().waitFor();
      await house.app.restart();
      await page.reload();
      await eventually(() => page.getByLabel('通知内容').inputValue()).toBe('【通知】写到一半');
      expect(await page.getByRole('checkbox', { name: /居民群/ }).isChecked()).toBe(true);
    }));

  it('a playground whose stream broke goes on without gap or double', async () => {
    const page = await openPlayground(house.browser, house.app);
    const residents = page.getByRole('region', { name: '幸福里居民群' });
    await house.town.residents.says('冯玉梅', '断线以前说的话');
    await residents.getByText('断线以前说的话').waitFor();
    await house.app.app.stop();
    await page.getByText('连接断了').waitFor();
    await house.app.restart();
    await house.town.residents.says('冯玉梅', '断线以后说的第一句话');
    await house.town.residents.says('冯玉梅', '断线以后说的第二句话');
    await residents.getByText('断线以后说的第二句话').waitFor();
    for (const words of ['断线以前说的话', '断线以后说的第一句话', '断线以后说的第二句话'])
      expect(await residents.getByRole('listitem').filter({ hasText: words }).count()).toBe(1);
    await page.context().close();
  });
}

/** In the page: a second ear on the console's stream. */
const LISTEN = `
  window.heardLines = [];
  new EventSource('/api/console/live').addEventListener('changed', (event) => window.heardLines.push(event.data));
`;

export function hiddenPollsStayHidden(house: House): void {
  it('a hidden poll shows no counts in page, API or stream before it closes', async () => {
    const topicId = await newTopic(house, '看不见的票数');
    const options = ['蓝色方案', '绿色方案'];
    const closesAt = new Date(house.town.clock.now().getTime() + 86_400_000).toISOString();
    const { created } = await house.liuMin.step('poll.open', {
      topicId,
      groupIds: [RESIDENTS_ID],
      closesAt,
      quorum: 1,
      options,
    });
    const { number } = await house.liuMin.get<{ number: number }>(`/topics/${encodeURIComponent(topicId)}`);
    await house.town.clock.forward(11);
    await atConsole(house, at('polls', created?.id ?? ''), async (page) => {
      const heard: string[] = [];
      page.on('response', (answer) => {
        if (answer.url().includes('/api/console/') && !answer.url().includes('/live'))
          void answer.text().then(
            (text) => heard.push(text),
            () => undefined,
          );
      });
      await page.evaluate(LISTEN);
      for (const [name, choice] of [
        ['张桂兰', 1],
        ['李明', 1],
        ['王芳', 2],
      ] as const)
        await house.town.direct(name).says(name, `议题${number} 投${choice}`);
      await page.getByText('已投3/').waitFor();
      const lines = await page.evaluate<string[]>('window.heardLines');
      expect(lines.length).toBeGreaterThan(0);
      expect([...new Set(lines.map((line) => Object.keys(JSON.parse(line) as object).join()))]).toEqual([
        'collection',
      ]);
      expect(heard.length).toBeGreaterThan(0);
      expect(
        heard.filter((text) => /"counts"|"votes"|"tally"/.test(text) && !text.includes('unanswered')),
      ).toEqual([]);
      const html = await page.content();
      expect(html).toContain('各项票数截止后显示');
      expect(html).not.toMatch(/(蓝色方案|绿色方案)[^\n]{0,80}\d+(人|户)\s*\d/);
    });
  });
}

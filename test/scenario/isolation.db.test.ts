import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { stepSchemas, type StepName } from '#src/http/contract';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { consoleOf, freshRequestId, signIn, type ConsoleUser } from '#test/support/console';
import { addOtherCommunity, CANARY, OTHER_PLACE, signInAs } from '#test/support/other-community';
import { chatCommands } from './isolation/commands.ts';
import { dump, fillOtherCommunity, type OtherIds } from './isolation/other-data.ts';
import { detailsOfOthers, LISTS, PREVIEWS, stepsOnOthers } from './isolation/steps.ts';

let app: TestApp;
let town: Town;
let ids: OtherIds;
let users: Record<'secretary' | 'liaison' | 'department' | 'resident' | 'nobody', ConsoleUser>;

beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  const maLi = await addOtherCommunity(app);
  // The list of chats is read anew after a second.
  await vi.waitFor(() => town.chat('pinganli-residents').all(), { timeout: 5_000, interval: 100 });
  ids = await fillOtherCommunity(town, maLi, app.database);
  users = {
    secretary: await signIn(app, '刘敏'),
    liaison: await signIn(app, '周岚'),
    department: await signIn(app, '刘建国'),
    resident: await signInAs(app, 'person:resident-1'),
    nobody: consoleOf(app),
  };
}, 180_000);
afterAll(() => app.stop());

const REFUSALS = {
  secretary: [403, 404, 422],
  liaison: [403, 404, 422],
  department: [403, 404, 422],
  resident: [403],
  nobody: [401],
} as const;
const WHO = Object.keys(REFUSALS) as (keyof typeof REFUSALS)[];

describe.each(WHO)('%s of the home community in the console', (who) => {
  let before: readonly string[];
  beforeEach(async () => {
    before = await dump(app.database, 'all');
  });
  const unchanged = async () => expect(await dump(app.database, 'all')).toEqual(before);
  const refused = (answer: { status: number; body: unknown }, what: string) => {
    expect(REFUSALS[who], `${what}: ${JSON.stringify(answer.body)}`).toContain(answer.status);
    expect(JSON.stringify(answer.body), what).not.toContain(CANARY);
  };

  it('takes none of the steps with what belongs to the other one', async () => {
    const steps = stepsOnOthers(ids);
    for (const name of Object.keys(stepSchemas) as StepName[]) {
      const body = { requestId: freshRequestId(), input: steps[name] };
      refused(await users[who].ask('POST', `/steps/${name}`, body), name);
      refused(await users[who].ask('POST', `/steps/${name}?place=${OTHER_PLACE}`, body), `${name} there`);
    }
    await unchanged();
  });

  it('previews nothing of it', async () => {
    const steps = stepsOnOthers(ids);
    for (const name of PREVIEWS)
      refused(await users[who].ask('POST', `/previews/${name}`, steps[name]), name);
    await unchanged();
  });

  it('opens none of its pages', async () => {
    for (const path of detailsOfOthers(ids)) {
      refused(await users[who].ask('GET', path), path);
      refused(await users[who].ask('GET', `${path}?place=${OTHER_PLACE}`), `${path} there`);
    }
  });

  it('sees nothing of it in any list', async () => {
    for (const list of [...LISTS, 'today', 'me']) {
      const answer = await users[who].ask('GET', `/${list}?state=all`);
      expect([200, ...REFUSALS[who]], list).toContain(answer.status);
      expect(JSON.stringify(answer.body), list).not.toMatch(new RegExp(`${CANARY}|pinganli`));
      refused(await users[who].ask('GET', `/${list}?place=${OTHER_PLACE}`), `${list} there`);
    }
  });

  it('hears nothing of it live without an office', async () => {
    const answer = await users[who].ask('GET', `/live?place=${OTHER_PLACE}`);
    refused(answer, 'live');
  });

  it('undoes nothing of it', async () => {
    const done = await app.database.db
      .collection<{ _id: string }>('requests')
      .findOne({ personId: 'person:other-secretary' });
    const requestId = done?._id.split('|')[1] ?? '';
    expect([401, 403, 409]).toContain((await users[who].ask('POST', '/undo', { requestId })).status);
    await unchanged();
  });
});

describe('everybody of the home community in chat', () => {
  it('no command with the other’s numbers changes or tells anything of it', async () => {
    const before = await dump(app.database, 'other');
    const speakers = [
      [town.residents, '张桂兰', ['resident']],
      [town.direct('李明'), '李明', ['resident']],
      [town.secretaries, '刘敏', ['secretary', 'resident']],
      [town.liaison, '周岚', ['liaison']],
      [town.property, '刘建国', ['department']],
    ] as const;
    const table = chatCommands(app);
    expect(table.length).toBeGreaterThan(40);
    const talks = speakers.map(async ([chat, name, roles]) => {
      const own = table.filter((command) => command.roles.some((role) => roles.some((one) => one === role)));
      for (const words of own.flatMap((command) => command.words))
        expect((await chat.post(name, words, { mentionsBot: true })).status).toBe(202);
    });
    await Promise.all(talks);
    await town.quiet();
    // Whoever talks fast is answered a little later.
    await town.clock.forward(300);
    for (const [chat] of speakers) {
      const said = (await chat.all())
        .filter(({ from }) => from.bot)
        .map(({ text, card }) => `${text} ${JSON.stringify(card)}`);
      expect(said.length).toBeGreaterThan(5);
      expect(said.join('\n')).not.toMatch(new RegExp(`${CANARY}|许静|彭辉|马力|胡军`));
    }
    expect(await dump(app.database, 'other')).toEqual(before);
  }, 60_000);

  it('a secretary who sits in the other’s group is a resident there', async () => {
    const chat = town.chat('pinganli-secretaries');
    const content = [
      'concerns',
      'topics',
      'polls',
      'outcomes',
      'assignments',
      'notices',
      'meetings',
      'audit',
    ];
    const kept = async () =>
      (await dump(app.database, 'other')).filter((row) => content.includes(row.split(' ')[0] ?? ''));
    const before = await kept();
    for (const words of ['合并 1 到 2', '立题 2', '通知 停水了', '核实 T1', '待办', '答复 2 办好了']) {
      await chat.says('刘敏', words, { mentionsBot: true });
      await town.direct('刘敏').expectReply(/由社区工作人员来做/);
      await chat.shouldNotReply();
    }
    expect(await kept()).toEqual(before);
  });

  it('nobody speaks in a chat they are not in', async () => {
    const answer = await town.chat('pinganli-residents').post('张桂兰', '反映 路灯坏了');
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain(CANARY);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWechatyTown, type WechatyTown } from '#test/support/wechaty-town';

let town: WechatyTown;
beforeAll(async () => {
  town = await openWechatyTown();
});
afterAll(() => town.stop());
const show = (label: string, text: string) => process.stdout.write(`\n##### ${label}\n${text}\n`);

describe('explore', () => {
  it('goes', async () => {
    const { people: { zhang, li, wang, liu }, residents, secretaries } = town;
    show('raise', await town.says(zhang, '反映 3号楼门口的路灯坏了三天，老人晚上出门看不清', residents, 3));
    show('near', await town.says(li, '@小区助手\u20053号楼门口的路灯坏了，晚上看不清', residents));
    show('endorse', await town.says(li, '附议 1', residents));
    show('endorse twice', await town.says(li, '附议 1', residents));
    show('wang quote', await town.says(wang, '「张桂兰：反映 3号楼门口的路灯坏了三天」\n- - - - - - - - - - - - - - -\n附议 1', residents));
    show('progress', await town.says(zhang, '进度 1', residents));
    show('zhang direct', town.unread(zhang));
    show('todo', await town.says(liu, '待办', secretaries));
    show('topic', await town.says(liu, '立题 1 3号楼门口装新路灯', secretaries));
    show('poll', await town.says(liu, '表决 1', secretaries));
    show('confirm', await town.says(liu, '确认表决 1', secretaries));
    show('residents', town.unread(residents));
    show('v1', await town.says(zhang, '投 1', residents));
    show('v2', await town.says(li, '①', residents));
    show('v3', await town.says(wang, '２', residents));
    show('v3b', await town.says(wang, '投票 1', residents));
    show('todo', await town.says(zhang, '投 1', residents));
    show('direct', town.unread(zhang));
    await town.to('2026-12-08T18:00:10+08:00');
    await town.to('2026-12-08T18:01:10+08:00');
    show('result', town.unread(residents));
    show('sec', town.unread(secretaries));
    show('late', await town.says(zhang, '投 2', residents));
    show('faults', town.login.faults.join());
    expect(1).toBe(1);
  }, 60_000);
});

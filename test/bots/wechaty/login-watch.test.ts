import { describe, expect, it } from 'vitest';
import { createLoginWatch } from '#bots/wechaty/login-watch';
import { createFakeClock } from '#test/support/fake-clock';

const LOOK_MS = 10_000;

function setUp() {
  const clock = createFakeClock();
  const faults: string[] = [];
  let dings = 0;
  const watch = createLoginWatch({
    clock,
    monotonicMs: () => clock.now().getTime(),
    ding: () => (dings += 1),
    onFault: (event, error) => void faults.push(`${event}: ${String((error as Error).message)}`),
  });
  const stopping = new AbortController();
  const running = watch.run(stopping.signal);
  return {
    watch,
    faults,
    dings: () => dings,
    clock,
    async pass(ms: number) {
      for (let passed = 0; passed < ms; passed += LOOK_MS) {
        clock.advance(LOOK_MS);
        await Promise.resolve().then(() => undefined);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

describe('waiting for the login', () => {
  it('is ready with it', async () => {
    const { watch, stop, clock } = setUp();
    expect(watch.health()).toBe('connecting');
    watch.loggedIn();
    expect(watch.health()).toBe('ready');
    await stop();
    expect(clock.sleeping()).toEqual([]);
  });

  it('a start that leads to nothing is lost after two minutes', async () => {
    const { watch, pass, faults } = setUp();
    await pass(110_000);
    expect(watch.health()).toBe('connecting');
    await pass(20_000);
    expect(watch.health()).toBe('down');
    expect(faults).toEqual(['wechaty.lost: no login']);
  });

  it('a code that nobody scans is told once and waited for', async () => {
    const { watch, pass, faults, stop } = setUp();
    watch.scanned();
    await pass(600_000);
    expect(watch.health()).toBe('needsLogin');
    expect(faults).toEqual(['wechaty.loginWaits: nobody scanned the code']);
    watch.loggedIn();
    expect(watch.health()).toBe('ready');
    await stop();
  });
});

describe('a login', () => {
  it('is asked when it is silent, and stays while it answers', async () => {
    const { watch, pass, dings, stop } = setUp();
    watch.loggedIn();
    for (let round = 1; round <= 3; round += 1) {
      await pass(180_000);
      expect(dings()).toBe(round);
      watch.alive();
    }
    expect(watch.health()).toBe('ready');
    await stop();
  });

  it('that gives no sign of life is lost', async () => {
    const { watch, pass, faults } = setUp();
    watch.loggedIn();
    await pass(220_000);
    expect(watch.health()).toBe('down');
    expect(faults).toEqual(['wechaty.lost: no sign of life']);
  });

  it.each<[string, (watch: ReturnType<typeof setUp>['watch']) => void]>([
    ['a logout', (watch) => watch.loggedOut()],
    ['a new code', (watch) => watch.scanned()],
    [
      'a puppet service that is gone',
      (watch) => watch.failed(new Error('14 UNAVAILABLE: Connection dropped')),
    ],
  ])('is lost for good with %s, and that is told once', async (_what, lose) => {
    const { watch, faults, stop } = setUp();
    watch.loggedIn();
    lose(watch);
    lose(watch);
    watch.loggedIn();
    expect(watch.health()).toBe('down');
    expect(faults.filter((fault) => fault.startsWith('wechaty.lost'))).toHaveLength(1);
    await stop();
  });

  it('survives other errors, of which the harmless ones are not told', async () => {
    const { watch, faults, stop } = setUp();
    watch.loggedIn();
    watch.failed(new Error('no payload found for id 1@chatroom'));
    watch.failed(new Error('what 张桂兰 said'));
    expect(watch.health()).toBe('ready');
    expect(faults).toEqual(['wechaty.error: Error']);
    await stop();
  });
});

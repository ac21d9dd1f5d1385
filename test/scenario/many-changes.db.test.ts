import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Channel } from '#core/channel';
import type { Group } from '#core/people';
import type { Ballot } from '#core/poll';
import { webConversation } from '#core/web-chat';
import { startApp, type TestApp } from '#test/support/app';
import { createFakeChannel } from '#test/support/fake-channel';
import { propertyRuns } from '#test/support/property-runs';
import { settled } from '#test/support/settled';
import { openPollOf, PLACE_ID, saidIn, settleVoters, votersNamed } from '#test/support/vote-town';

/** At night as many as in a large community, each of whom cannot decide. */
const IS_NIGHT = propertyRuns(1) > 1;
const [PEOPLE, CHANGES] = IS_NIGHT ? [1_000, 200] : [60, 12];
const AT_ONCE = 400;
/** Whoever says more than twenty things a minute on one channel waits for three seconds each. */
const PUT_OFF_SECONDS = CHANGES * 3;

const other: Channel = { ...createFakeChannel(), kind: 'wechaty', account: 'second' };
const WEB = { id: 'group:xingfuli-residents', conversation: webConversation('xingfuli-residents') };
const SECOND: Group = {
  id: 'group:second',
  placeId: PLACE_ID,
  kind: 'residents',
  name: '幸福里二群',
  conversation: { channel: 'wechaty', account: 'second', conversationId: 'room' },
};

let first: TestApp;
let second: TestApp;
beforeAll(async () => {
  first = await startApp({ channels: [other] });
  second = await startApp({ database: first.database, channels: [other] });
  const { engine, stores, clock } = first.app;
  await engine.commits.guarded.commitGuarded(
    { writes: [stores.groups.save(SECOND)], dispatches: [] },
    { requestId: 'second', at: clock.now() },
  );
});
afterAll(async () => {
  await second.stop();
  await first.stop();
});

/** Spread without chance, so that every run is the same one. */
const scattered = (n: number, within: number) => (n * 7_919 + 13) % within;

it(
  `${PEOPLE} people × ${CHANGES} changes, on two channels and at two programs at once, each delivered twice`,
  async () => {
    const now = first.app.clock.now();
    const voters = votersNamed('m', PEOPLE);
    await settleVoters(first.database, voters, [WEB, SECOND]);
    const poll = await openPollOf(first.database, voters, {
      id: 'poll:many',
      topicNumber: 1,
      groupIds: [WEB.id, SECOND.id],
      openedAt: new Date(now.getTime() - 60_000),
      closesAt: new Date(now.getTime() + 7 * 86_400_000),
    });
    const total = PEOPLE * CHANGES;
    const said = Array.from({ length: total }, (_, n) => {
      const voter = voters[n % PEOPLE];
      if (!voter) throw new Error('nobody');
      const option = scattered(n, 3);
      // Three changes of everybody fall on one millisecond, on both channels; then the id decides.
      const sentAt = new Date(now.getTime() - 30_000 + scattered(Math.floor(n / PEOPLE / 3), 25_000));
      const { conversation } = scattered(n, 101) % 2 === 0 ? WEB : SECOND;
      const messageId = `c${String(scattered(n, 1_000_003)).padStart(7, '0')}`;
      return {
        voter,
        option,
        message: saidIn(conversation, voter, { text: `投 ${option + 1}`, messageId, sentAt }),
      };
    });
    expect(new Set(said.map(({ message }) => message.messageId)).size).toBe(total);

    // In another order than they were sent in, and at both doors.
    const deliveries = [...said, ...said.toReversed()].map((one, n) => ({ one, n }));
    deliveries.sort((a, b) => scattered(a.n, 10_007) - scattered(b.n, 10_007));
    let next = 0;
    const client = async (index: number) => {
      for (let delivery = deliveries[next]; delivery; delivery = deliveries[next]) {
        next += 1;
        await (index % 2 === 0 ? first : second).app.engine.sink(delivery.one.message);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => client(index)));
    const { baseUrl } = first;
    const body = JSON.stringify({ advanceSeconds: PUT_OFF_SECONDS });
    await fetch(`${baseUrl}/api/playground/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    await settled(first.database, () => first.app.clock.now(), total * 40 + 30_000);

    const last = new Map<string, (typeof said)[number]>();
    const order = (a: (typeof said)[number], b: (typeof said)[number]) =>
      a.message.sentAt.getTime() - b.message.sentAt.getTime() ||
      (a.message.messageId < b.message.messageId ? -1 : 1);
    for (const one of said.toSorted(order)) last.set(one.voter.personId, one);
    const stored = await first.database.db.collection<Ballot & { _id: string }>('ballots').find().toArray();
    expect(stored).toHaveLength(PEOPLE);
    const standing = (voterId: string) => {
      const { option, message } = last.get(voterId) ?? said[0] ?? { option: -1, message: undefined };
      return { voterId, choice: [option], messageId: message?.messageId, sentAt: message?.sentAt };
    };
    expect(
      stored.map(({ voterId, choice, messageId, sentAt }) => ({ voterId, choice, messageId, sentAt })),
    ).toEqual(stored.map(({ voterId }) => standing(voterId)));
    expect(await first.database.db.collection('ballotEvents').countDocuments()).toBe(total);

    const counts = [0, 1, 2].map(
      (option) => [...last.values()].filter((one) => one.option === option).length,
    );
    expect(await second.app.stores.polls.tally(poll)).toMatchObject({ counts, voters: PEOPLE });
  },
  IS_NIGHT ? 3_600_000 : 120_000,
);

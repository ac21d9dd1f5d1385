import { expect, it } from 'vitest';
import { decidedIn, NOTHING } from '#core/decision';

it('a decision gives its place to those of its messages that name none', () => {
  const to = { channel: 'web', account: 'demo', conversationId: 'g' } as const;
  const reply = { key: 'reply', to, body: { text: 't' } };
  const broadcast = { ...reply, key: 'broadcast', placeId: 'village' };

  const placed = decidedIn('town', { ...NOTHING, dispatches: [reply, broadcast] });

  expect(placed.dispatches.map(({ key, placeId }) => [key, placeId])).toEqual([
    ['reply', 'town'],
    ['broadcast', 'village'],
  ]);
});

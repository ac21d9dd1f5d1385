/**
 * 120 flats in three buildings whose owners are in two groups of the demo community: enough of them for a vote by the
 * Civil Code's article 278. Everybody speaks through the sink, as a channel hands messages in, so that it is quick.
 */
import type { InboundMessage } from '#core/message';
import type { Group } from '#core/people';
import { directConversationId, webConversation } from '#core/web-chat';
import type { TestApp } from './app.ts';
import { settled } from './settled.ts';

export const EAST: Group = {
  id: 'group:xingfuli-east',
  placeId: 'place:xingfuli',
  kind: 'residents',
  name: '幸福里东区群',
  conversation: webConversation('xingfuli-east'),
};
export const WEST = { id: 'group:xingfuli-residents', conversation: webConversation('xingfuli-residents') };

export interface Flat {
  readonly door: string;
  readonly owner: string;
  readonly tail: string;
  /** In 0.01 m². */
  readonly areaCents: number;
}

const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫'];
const GIVEN = ['建国', '秀英', '志强', '丽华', '文斌', '晓燕', '海涛', '玉兰', '俊杰', '春梅'];

const LAST = 119;

/**
 * Three buildings of two units, five floors, four flats on each; no two of the same size beside each other. The owner of
 * the first has the last one, too.
 */
export const FLATS: readonly Flat[] = Array.from({ length: LAST + 1 }, (_, n): Flat => {
  const [building, unit] = [1 + Math.floor(n / 40), 1 + (Math.floor(n / 20) % 2)];
  const room = (1 + (Math.floor(n / 4) % 5)) * 100 + 1 + (n % 4);
  const owner = n === LAST ? 0 : n;
  return {
    door: `${building}-${unit}-${room}`,
    owner: `${SURNAMES[owner % 12] ?? ''}${GIVEN[Math.floor(owner / 12)] ?? ''}`,
    tail: String(1_000 + owner),
    areaCents: 6_015 + ((n * 737) % 7_000),
  };
});

/** The roster as a secretary has it in a table; the flats' owners, and whoever else lives in them. */
export function rosterFile(others: readonly string[] = []): string {
  const rows = FLATS.map(({ door, owner, tail, areaCents }) => {
    const area = `${Math.floor(areaCents / 100)}.${String(areaCents % 100).padStart(2, '0')}`;
    return [...door.split('-'), owner, tail, '是', area].join(',');
  });
  const text = ['楼栋,单元,房号,姓名,手机尾号,是否业主,面积', ...rows, ...others].join('\n');
  return Buffer.from(text).toString('base64');
}

export interface LiftTown {
  /** These people join a group. */
  join(group: Pick<Group, 'conversation'>, names: readonly string[]): Promise<void>;
  /** One-to-one, all at once. */
  tell(said: readonly (readonly [who: string, text: string])[]): Promise<void>;
  /** In a group, in this order; `times` as often as a vendor delivers each. */
  say(
    group: Pick<Group, 'conversation'>,
    said: readonly (readonly [who: string, text: string])[],
    times?: number,
  ): Promise<void>;
  /** What the bot wrote in a conversation, the first first. */
  heard(conversationId: string): Promise<readonly { readonly text: string; readonly picture?: object }[]>;
  /** What the bot wrote to somebody one-to-one. */
  heardBy(who: string): Promise<readonly string[]>;
  quiet(): Promise<void>;
}

export async function openLiftTown({ app, database }: TestApp): Promise<LiftTown> {
  const { engine, stores, clock } = app;
  const request = { requestId: 'east', at: clock.now() };
  await engine.commits.guarded.commitGuarded({ writes: [stores.groups.save(EAST)], dispatches: [] }, request);
  const quiet = () => settled(database, () => clock.now());
  let messages = 0;
  const senderOf = (name: string) => ({
    vendorId: `owner-${name}`,
    displayName: name,
    isSelf: false,
    direct: directOf(name),
  });
  const message = (
    from: InboundMessage['from'],
    name: string,
    body: InboundMessage['body'],
  ): InboundMessage => {
    messages += 1;
    return {
      from,
      conversationKind: from.conversationId.startsWith('direct-') ? 'direct' : 'group',
      messageId: `lift-${String(messages).padStart(6, '0')}`,
      sender: senderOf(name),
      mentionsBot: false,
      sentAt: clock.now(),
      body,
      attachments: [],
    };
  };
  const heard: LiftTown['heard'] = async (conversationId) => {
    const rows = database.db.collection<{ text: string; picture?: object; from: { bot: boolean } }>(
      'webMessages',
    );
    return rows.find({ conversationId, 'from.bot': true }).sort({ seq: 1 }).toArray();
  };
  return {
    quiet,
    heard,
    heardBy: async (who) => (await heard(directOf(who).conversationId)).map(({ text }) => text),
    async join({ conversation }, names) {
      const [first = ''] = names;
      await engine.sink(message(conversation, first, { type: 'joined', members: names.map(senderOf) }));
      await quiet();
    },
    async tell(said) {
      await Promise.all(
        said.map(([who, text]) => engine.sink(message(directOf(who), who, { type: 'text', text }))),
      );
      await quiet();
    },
    async say({ conversation }, said, times = 1) {
      for (const [who, text] of said) {
        const one = message(conversation, who, { type: 'text', text });
        await Promise.all(Array.from({ length: times }, () => engine.sink(one)));
      }
      await quiet();
    },
  };
}

function directOf(name: string) {
  return webConversation(directConversationId(`owner-${name}`));
}

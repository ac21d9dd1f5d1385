import type { Channel, ChannelCapabilities, InboundSink } from '#core/channel';
import { SECOND_MS, type Clock } from '#core/clock';
import type { InboundMessage } from '#core/message';
import type { PictureRenderer } from '#core/picture';
import { createRoomBook } from './conversations.ts';
import { decodeMembers, decodeMessage, type HeardMembers } from './decode.ts';
import { redacted, type OnFault } from './faults.ts';
import { createHandingIn } from './handing-in.ts';
import { hearMembers, hearMessage, isHeard, type HearDeps, type KeepMedia } from './hear.ts';
import { createLoginWatch } from './login-watch.ts';
import type { BotListeners, SdkContact, SdkMessage, SdkRoom, WechatyBot } from './sdk.ts';
import { createSend } from './send.ts';

export interface WechatyDeps {
  readonly bot: WechatyBot;
  /** Our name for this login. */
  readonly account: string;
  /** What the bot is called in texts; the account's name in WeChat and in the room count too. */
  readonly botName: string;
  /** Real time only: what WeChat sees cannot be moved by the demo's clock. */
  readonly clock: Pick<Clock, 'sleep'> & { now(): Date; monotonicMs(): number };
  readonly keepMedia: KeepMedia;
  readonly pictures: PictureRenderer;
  /** Called with errors that may be logged. After `wechaty.lost` the process should be started anew. */
  readonly onFault: OnFault;
  /** A QR code that has to be scanned with the account's telephone. */
  readonly onScan: (qrcode: string) => void;
}

/** Field reports name no safe figure; this is what people do. */
const SENDS_PER_MINUTE = 20;
/** WeChat counts the account, not the room; so a notice to a hundred rooms takes its two minutes. */
const LOGIN_SENDS_PER_MINUTE = 60;
/** WeChat folds longer messages away behind 全文. */
const MAX_TEXT_BYTES = 2_000;
const DRAIN_MS = 5 * SECOND_MS;

/** Personal WeChat through a wechaty puppet: every group message in, text and pictures out, at the account's risk. */
export function createWechatyChannel(deps: WechatyDeps): Channel {
  const { bot, account, clock, onFault } = deps;
  const book = createRoomBook(bot.stableIds, (error) => onFault('wechaty.error', redacted(error)));
  const watch = createLoginWatch({
    clock,
    monotonicMs: () => clock.monotonicMs(),
    ding: () => bot.ding(),
    onFault,
  });
  const handingIn = createHandingIn({ clock, onFault });
  const stopping = new AbortController();
  let isListening = false;
  let unlisten: () => void = () => undefined;
  let watching: Promise<void> | undefined;

  return {
    kind: 'wechaty',
    account,
    capabilities: capabilitiesOf(bot),
    limits: {
      maxTextBytes: MAX_TEXT_BYTES,
      sendsPerMinute: SENDS_PER_MINUTE,
      loginSendsPerMinute: LOGIN_SENDS_PER_MINUTE,
    },
    async start(sink) {
      const hearing = createHearing(deps, book, sink);
      unlisten = bot.listen({
        ...hearing.listeners((id, chat, hand) => handingIn.add({ id, chat, hand }), watch.alive),
        scan(qrcode) {
          watch.scanned();
          deps.onScan(qrcode);
        },
        login() {
          watch.loggedIn();
          void book.rebind(() => bot.rooms());
        },
        logout: watch.loggedOut,
        alive: watch.alive,
        error: watch.failed,
      });
      isListening = true;
      watching = watch.run(stopping.signal);
      await bot.start();
    },
    async stop() {
      isListening = false;
      stopping.abort();
      unlisten();
      await handingIn.stop(DRAIN_MS);
      await bot.stop();
      await watching;
    },
    health: () => (isListening ? watch.health() : 'down'),
    send: createSend({ ...deps, book }),
  };
}

function capabilitiesOf({ stableIds }: WechatyBot): ChannelCapabilities {
  return {
    canReceive: true,
    canPushNow: true,
    canPushDirect: true,
    needsHumanConfirm: false,
    hasCards: false,
    hasPictures: true,
    // Who leaves by themselves is not told, and who was there before the bot neither.
    hasMembership: false,
    stableIds,
  };
}

type Add = (id: string, chat: string, hand: () => Promise<void>) => void;

/** What is heard becomes a message for the sink, chat by chat. */
function createHearing(deps: WechatyDeps, book: HearDeps['book'], sink: InboundSink) {
  const { bot, account, clock, onFault } = deps;
  const hearDeps: HearDeps = {
    account,
    book,
    clock,
    self: () => bot.self(),
    keepMedia: deps.keepMedia,
    onFailed: (error) => onFault('wechaty.error', redacted(error)),
  };
  const scope = () => ({
    account,
    botNames: [deps.botName, bot.self()?.name() ?? ''],
    receivedAt: clock.now(),
  });
  const store = async (message: InboundMessage) => void (await sink(message));

  function members(change: HeardMembers['change'], add: Add, alive: () => void) {
    return (
      room: SdkRoom,
      who: readonly SdkContact[],
      by: SdkContact | undefined,
      reportedAt: Date | undefined,
    ) => {
      alive();
      const at = reportedAt ?? clock.now();
      const id = [change, room.id, at.getTime(), ...who.map((member) => member.id)].join(' ');
      const event = { room, members: who, by, at };
      add(id, room.id, async () => store(decodeMembers(await hearMembers(change, event, hearDeps), scope())));
    };
  }

  return {
    listeners(add: Add, alive: () => void): Pick<BotListeners, 'message' | 'joined' | 'left'> {
      return {
        message(message: SdkMessage) {
          alive();
          if (!isHeard(message)) return;
          const chat = message.room()?.id ?? message.talker().id;
          const heardAt = scope();
          add(message.id, chat, async () =>
            store(decodeMessage(await hearMessage(message, hearDeps), heardAt)),
          );
        },
        joined: members('joined', add, alive),
        left: members('left', add, alive),
      };
    },
  };
}

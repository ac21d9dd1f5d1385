/**
 * What this adapter reads of wechaty, and nothing more: the SDK's objects fit these shapes, tests may make their own,
 * and no other file of the project sees one.
 */
export interface SdkContact {
  readonly id: string;
  name(): string;
  /** Unknown to some puppets. */
  friend(): boolean | undefined;
  /** wechaty's number of the kind of contact; 2 and 3 are official accounts and companies. */
  type(): number;
  say(something: unknown): Promise<unknown>;
}

export interface SdkRoom {
  readonly id: string;
  topic(): Promise<string>;
  /** The name somebody goes by in this room. */
  alias(contact: SdkContact): Promise<string | undefined>;
  say(something: unknown, ...mentions: readonly SdkContact[]): Promise<unknown>;
}

export interface SdkFile {
  readonly name: string;
  toBuffer(): Promise<Uint8Array>;
}

export interface SdkMessage {
  readonly id: string;
  /** wechaty's number of the kind of message. */
  type(): number;
  text(): string;
  talker(): SdkContact;
  room(): SdkRoom | undefined;
  date(): Date;
  self(): boolean;
  mentionSelf(): Promise<boolean>;
  toFileBox(): Promise<SdkFile>;
}

/** What a login reports. None of these may throw or wait: wechaty turns a throw into an unhandled rejection. */
export interface BotListeners {
  /** A QR code waits for somebody's telephone. */
  readonly scan: (qrcode: string) => void;
  readonly login: () => void;
  readonly logout: () => void;
  /** A sign of life without content. */
  readonly alive: () => void;
  readonly message: (message: SdkMessage) => void;
  readonly joined: (
    room: SdkRoom,
    members: readonly SdkContact[],
    by: SdkContact,
    at: Date | undefined,
  ) => void;
  readonly left: (
    room: SdkRoom,
    members: readonly SdkContact[],
    by: SdkContact | undefined,
    at: Date | undefined,
  ) => void;
  readonly error: (error: unknown) => void;
}

/** One login as this adapter uses it. */
export interface WechatyBot {
  /** Rooms and contacts keep their ids when the account logs in again. */
  readonly stableIds: boolean;
  /** Returns the way to stop listening. */
  listen(listeners: BotListeners): () => void;
  /** Resolves although nobody is logged in; only `login` says so. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Asks for a sign of life. */
  ding(): void;
  /** The account that is logged in. */
  self(): SdkContact | undefined;
  /** Undefined also when the room's data could not be had. */
  room(id: string): Promise<SdkRoom | undefined>;
  rooms(): Promise<readonly SdkRoom[]>;
  contact(id: string): Promise<SdkContact | undefined>;
  /** An image that can be said. */
  picture(png: Uint8Array, name: string): unknown;
}

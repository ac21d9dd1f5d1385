/** What can go wrong beside a single send; ids for log and alarm. */
export type WechatyFault =
  /** Nobody scanned the QR code in time. */
  | 'wechaty.loginWaits'
  /** The login is gone; only a new process helps. */
  | 'wechaty.lost'
  /** wechaty reported an error that is no loss. */
  | 'wechaty.error'
  /** Messages cannot be stored and are kept in memory. */
  | 'wechaty.storing'
  /** A message was given up. */
  | 'wechaty.dropped'
  /** A picture was not sent; its text was. */
  | 'wechaty.picture';

export type OnFault = (event: WechatyFault, error: unknown) => void;

/**
 * An error that may be logged: its kind, its code and where it came from. A puppet's own message may quote what
 * somebody said, a name or the token, so it is left out.
 */
export function redacted(error: unknown): Error {
  const {
    name = typeof error,
    code,
    stack = '',
  } = (error ?? {}) as { name?: unknown; code?: unknown; stack?: unknown };
  const kind = typeof name === 'string' ? name : typeof error;
  const told = new Error(typeof code === 'string' || typeof code === 'number' ? `${kind} ${code}` : kind);
  const frames = typeof stack === 'string' ? stack.split('\n').filter((line) => /^\s+at /u.test(line)) : [];
  told.stack = [told.message, ...frames].join('\n');
  return told;
}

/** The words of an error, for recognising it; never for log or people. */
export function wordsOf(error: unknown): string {
  const { code, message, details } = (error ?? {}) as {
    code?: unknown;
    message?: unknown;
    details?: unknown;
  };
  const parts = typeof error === 'string' ? [error] : [code, message, details];
  return parts.filter((part) => typeof part === 'string' || typeof part === 'number').join(' ');
}

/** gRPC's "14 UNAVAILABLE": the puppet service is gone, and wechaty does not find back to it by itself. */
export function isServiceGone(error: unknown): boolean {
  return /(?:^|\W)14 UNAVAILABLE\b/u.test(wordsOf(error));
}

/** With each join, leave and new topic some puppets report this for a contact or room they have just dropped. */
export function isHarmless(error: unknown): boolean {
  return /no payload found for id/u.test(wordsOf(error));
}

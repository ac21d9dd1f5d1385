/**
 * A person's mistake. `reply` is what they read: a Chinese sentence that says what to do.
 * Thrown by use cases, turned into a reply in chat and into a 4xx answer on the web.
 */
export class UserError extends Error {
  readonly code: string;
  readonly reply: string;

  constructor(code: string, reply: string) {
    super(code);
    this.name = 'UserError';
    this.code = code;
    this.reply = reply;
  }
}

/** A guarded write matched nothing: somebody else was faster. The decision is made anew. */
export class ConflictError extends Error {
  constructor(what: string) {
    super(`lost a race for ${what}`);
    this.name = 'ConflictError';
  }
}

/** A passing fault: the database or a vendor is away. The message stays where it is and is tried again. */
export class TransientError extends Error {
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, { cause: options.cause });
    this.name = 'TransientError';
    this.retryAfterMs = options.retryAfterMs;
  }
}

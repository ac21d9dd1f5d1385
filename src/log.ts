import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';

export type Log = Logger;

/**
 * The one logger. Fields are ids, counts and reasons; texts, names, phones and tokens are never passed to it, and
 * the usual field names are removed should somebody do it.
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options: LoggerOptions = {
    level,
    base: null,
    redact: {
      paths: [
        '*.text',
        '*.name',
        '*.phone',
        '*.token',
        '*.password',
        '*.body',
        'text',
        'name',
        'phone',
        'token',
        'password',
        'body',
      ],
      remove: true,
    },
    serializers: { error: reducedError },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Message, kind and stack of an error: never its request, response or document, which may hold tokens or texts. */
function reducedError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: typeof error };
  return {
    type: error.name,
    message: error.message.slice(0, 500),
    stack: error.stack?.split('\n').slice(0, 8).join('\n'),
  };
}

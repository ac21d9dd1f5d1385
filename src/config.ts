import { z } from 'zod';

const blankIsAbsent = (value: unknown) =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(blankIsAbsent, schema.optional());
const withDefault = <Schema extends z.ZodType>(schema: Schema, value: z.input<Schema>) =>
  z.preprocess((raw) => blankIsAbsent(raw) ?? value, schema);

const port = z.coerce.number().int().min(0).max(65_535);
const list = z.string().transform((text) => text.split(',').map((part) => part.trim()));

/** Every setting, once: `.env.example` is checked against this, and nothing else reads the environment. */
export const settings = {
  PORT: { schema: withDefault(port, 3000), about: 'Port of the web pages and APIs.' },
  HOST: {
    schema: withDefault(z.string(), '127.0.0.1'),
    about: 'Address to listen on; put a reverse proxy in front.',
  },
  PUBLIC_URL: {
    schema: optional(z.url()),
    about: 'Address under which people reach the pages; links in messages begin with it.',
  },
  MONGODB_URI: {
    schema: optional(
      z.string().regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://'),
    ),
    about: 'A replica set. Without it, an embedded one for trial and tests is started.',
  },
  DATA_DIR: {
    schema: withDefault(z.string(), 'data'),
    about: 'Folder for the embedded database and demo.json.',
  },
  PLAYGROUND: {
    schema: optional(z.enum(['on', 'off'])),
    about: 'The chat playground. Default: on in demo mode (no real channel configured), else off.',
  },
  SESSION_SECRET: {
    schema: optional(z.string().min(32)),
    about:
      'At least 32 characters; signs sessions and receipts. Needed with a real channel; the demo makes its own.',
  },
  ROLES: {
    schema: withDefault(
      list.pipe(z.array(z.enum(['http', 'inbox', 'outbox', 'schedule'])).min(1)),
      'http,inbox,outbox,schedule',
    ),
    about: 'What this process does; several processes may share the work.',
  },
  HEALTH_PORT: {
    schema: optional(port),
    about: 'Port for /healthz, /readyz and /metrics of a process without the role http. Default: none.',
  },
  LOG_LEVEL: {
    schema: withDefault(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']), 'info'),
    about: 'How much is logged. Message texts, names and phone numbers never are.',
  },
  WECHATY: {
    schema: optional(z.enum(['on', 'off'])),
    about:
      'Personal WeChat groups through wechaty, at the risk of the account. Default off. Logs in with the role outbox.',
  },
  WECHATY_PUPPET: { schema: optional(z.string().max(100)), about: 'Name of the wechaty puppet package.' },
  WECHATY_PUPPET_TOKEN: {
    schema: optional(z.string().max(500)),
    about: 'Token of the puppet service, if it needs one.',
  },
  WECHATY_PUPPET_ENDPOINT: {
    schema: optional(z.string().regex(/^[\w.-]+:\d{1,5}$/, 'must be host:port')),
    about: 'Address of the puppet service, host:port. Needed with wechaty-puppet-service.',
  },
  WECHATY_LOG: {
    schema: optional(z.enum(['silent', 'error', 'warn', 'info'])),
    about: 'How much wechaty itself logs. Louder levels log what people say and are refused.',
  },
  WECHATY_ACCOUNT: {
    schema: withDefault(z.string().regex(/^[\w-]{1,40}$/), 'wechaty'),
    about: 'Our name for this login; keeps the ids of two logins apart.',
  },
  BOT_NAME: {
    schema: withDefault(z.string().min(1).max(20), '议事助手'),
    about: 'What the bot is called in groups.',
  },
} as const;

const schema = z
  .object(
    Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, setting.schema])) as {
      [Name in keyof typeof settings]: (typeof settings)[Name]['schema'];
    },
  )
  .superRefine((values, context) => {
    if (values.WECHATY === 'on' && values.WECHATY_PUPPET === undefined)
      context.addIssue({ code: 'custom', path: ['WECHATY_PUPPET'], message: 'is needed when WECHATY=on' });
    if (values.WECHATY_PUPPET === 'wechaty-puppet-service' && values.WECHATY_PUPPET_ENDPOINT === undefined)
      context.addIssue({
        code: 'custom',
        path: ['WECHATY_PUPPET_ENDPOINT'],
        message: 'is needed with wechaty-puppet-service',
      });
    if (values.WECHATY === 'on' && values.SESSION_SECRET === undefined)
      context.addIssue({
        code: 'custom',
        path: ['SESSION_SECRET'],
        message: 'is needed with a real channel',
      });
    if (values.HEALTH_PORT !== undefined && values.ROLES.includes('http'))
      context.addIssue({
        code: 'custom',
        path: ['HEALTH_PORT'],
        message: 'is for a process without the role http; that one shows its health on PORT',
      });
  });

export type Settings = z.infer<typeof schema>;

/** All wrong settings at once, without their values. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`wrong settings:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Parses settings from an environment. Throws ConfigError that names every wrong one. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const realChannel = parsed.data.WECHATY === 'on';
  const playground = parsed.data.PLAYGROUND ? parsed.data.PLAYGROUND === 'on' : !realChannel;
  return {
    ...parsed.data,
    realChannel,
    playground,
    embeddedDatabase: environment['YISHI_EMBEDDED_DATABASE'] === '1',
  };
}

export interface Config extends Settings {
  /** A vendor's channel is configured: no demo, no seed. */
  readonly realChannel: boolean;
  readonly playground: boolean;
  /** Set by the start script: the database is the embedded one, for trial only. */
  readonly embeddedDatabase: boolean;
}

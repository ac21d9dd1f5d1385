/** Imports go one way: main → app → {bots, handlers, models, src/*} → pure rooms → src/core. See docs/architecture.md. */
const PURE = '^src/(language|texts|procedure|proof)/';
const CORE = '^src/core/';
const LOG = '^src/log\\.ts$';
const NPM = 'node_modules';

/**
 * A room, and what it may import besides itself, the core and (unless `pure: false`) the pure rooms: npm packages,
 * `builtins` of Node, and `also` other files of ours. Everything else is refused, so a new dependency is a decision.
 */
const rooms = [
  { name: 'language', path: '^src/language/', pure: false, npm: ['luxon', 'opencc-js', 'chinese-days'] },
  { name: 'texts', path: '^src/texts/', pure: false },
  { name: 'procedure', path: '^src/procedure/', pure: false, npm: ['luxon'] },
  // Runs in browsers, too: hashes come from the room that has them for both.
  { name: 'proof', path: '^src/proof/', pure: false, npm: ['zod', '@noble/hashes'], also: ['^src/hash/'] },
  { name: 'hash', path: '^src/hash/', pure: false, npm: ['@noble/hashes'], builtins: ['crypto'] },
  {
    name: 'picture',
    path: '^src/picture/',
    npm: ['@resvg', '@expo-google-fonts', 'uqr'],
    builtins: ['fs', 'module'],
  },
  // Files from offices: read and written by a library, measured by zlib before they are unpacked.
  { name: 'tables', path: '^src/tables/', pure: false, npm: ['hucre'], builtins: ['zlib'] },
  // crypto: a hash of what was decided is a pure function; the roll's and the preview's codes are made of one.
  { name: 'handlers', path: '^handlers/([^/]+)/', own: '^handlers/$1/', builtins: ['crypto'] },
  {
    name: 'models',
    path: '^models/',
    // zod: what was stored by another version is parsed like anything from outside.
    npm: ['mongoose', '@node-rs/argon2', 'dataloader', 'zod'],
    builtins: ['crypto'],
  },
  {
    name: 'bots',
    path: '^bots/([^/]+)/',
    own: '^bots/$1/',
    npm: ['wechaty', 'wechaty-puppet', 'file-box'],
    // timers: a vendor's call that never ends is given up in real time.
    builtins: ['crypto', 'module', 'timers/promises'],
  },
  { name: 'inbox', path: '^src/inbox/', npm: ['dataloader'] },
  { name: 'outbox', path: '^src/outbox/' },
  // croner computes when a pattern is due; it runs no timer.
  { name: 'schedule', path: '^src/schedule/', npm: ['croner'] },
  { name: 'database', path: '^src/database/', npm: ['mongoose'], builtins: ['crypto', 'timers/promises'] },
  { name: 'demo', path: '^src/demo/', builtins: ['fs/promises', 'path'] },
  {
    name: 'http',
    path: '^src/http/',
    also: [LOG],
    npm: [
      'better-sse',
      'connect-mongo',
      'express',
      'express-session',
      'helmet',
      'mongodb',
      'pino-http',
      'prom-client',
      'rate-limiter-flexible',
      'zod',
      'zod-openapi',
    ],
    // http: the door stands before express.
    builtins: ['fs', 'path', 'http'],
  },
  { name: 'config', path: '^src/config\\.ts$', pure: false, npm: ['zod'] },
  { name: 'log', path: LOG, pure: false, npm: ['pino'] },
];

const escaped = (name) => name.replace(/[/\\^$*+?.()|[\]{}]/g, '\\$&');

function roomRule({ name, path, own = path, pure = true, npm = [], builtins = [], also = [] }) {
  const packages = npm.map((pkg) => `(^|/)${NPM}/(@types/)?${escaped(pkg)}(/|$)`);
  const ofNode = builtins.map((builtin) => `^(node:)?${escaped(builtin)}$`);
  return {
    name: `${name}-imports-only-its-own`,
    severity: 'error',
    from: { path },
    to: { pathNot: [own, CORE, ...(pure ? [PURE] : []), ...also, ...packages, ...ofNode] },
  };
}

const OURS = '^(src|models|handlers|bots)/';
const APP = '^src/(app/|app\\.ts$|main\\.ts$)';

module.exports = {
  forbidden: [
    // Types may point back and forth: they are gone when the program runs.
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'core-imports-nothing', severity: 'error', from: { path: CORE }, to: { pathNot: CORE } },
    ...rooms.map(roomRule),
    {
      name: 'only-the-app-puts-together',
      severity: 'error',
      from: { path: OURS, pathNot: APP },
      to: { path: APP },
    },
    { name: 'main-is-imported-by-nobody', severity: 'error', from: {}, to: { path: '^src/main\\.ts$' } },
    {
      // A file beside app.ts, or a new folder without a line above, would escape every rule.
      name: 'every-file-is-in-a-room',
      severity: 'error',
      from: { path: OURS, pathNot: [CORE, APP, ...rooms.map(({ path }) => path)] },
      to: {},
    },
    {
      name: 'no-dev-package-at-run-time',
      severity: 'error',
      from: { path: OURS },
      // wechaty is an optional peer: whoever wants it installs it.
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only', 'npm', 'npm-peer', 'npm-optional'],
      },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'not-to-tests-scripts-or-pages',
      severity: 'error',
      from: { path: OURS },
      to: { path: '^(test|bench|chaos|scripts|web)/' },
    },
  ],
  options: {
    doNotFollow: { path: NPM },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.d.ts'],
    },
  },
};

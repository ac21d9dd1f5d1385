/** Imports go one way: main → app → {bots, handlers, models, src/*} → pure rooms → src/core. See docs/architecture.md. */
const PURE = '^src/(language|texts|procedure)/';
const CORE = '^src/core/';
const NPM = 'node_modules';

/** A room, and what it may import besides itself, the core and (unless `pure: false`) the pure rooms. */
const rooms = [
  { name: 'language', path: '^src/language/', pure: false, npm: ['luxon', 'opencc-js', 'chinese-days'] },
  { name: 'texts', path: '^src/texts/', pure: false, npm: [] },
  { name: 'procedure', path: '^src/procedure/', pure: false, npm: ['luxon'] },
  { name: 'picture', path: '^src/picture/', npm: ['@resvg', '@expo-google-fonts', 'uqr'], builtins: true },
  { name: 'handlers', path: '^handlers/([^/]+)/', own: '^handlers/$1/', npm: [] },
  { name: 'models', path: '^models/', npm: ['mongoose', '@node-rs/argon2', 'dataloader'], builtins: true },
  { name: 'bots', path: '^bots/([^/]+)/', own: '^bots/$1/', npm: ['wechaty', 'wechaty-puppet', 'file-box'], builtins: true },
  { name: 'inbox', path: '^src/inbox/', npm: ['dataloader'] },
  { name: 'outbox', path: '^src/outbox/', npm: [] },
  { name: 'schedule', path: '^src/schedule/', npm: ['node-cron'] },
  { name: 'database', path: '^src/database/', npm: ['mongoose'], builtins: true },
  { name: 'demo', path: '^src/demo/', npm: [], builtins: true },
];

const escaped = (name) => name.replace(/[/\\^$*+?.()|[\]{}]/g, '\\$&');

function roomRule({ name, path, own = path, pure = true, npm, builtins = false }) {
  const allowed = [own, CORE, ...(pure ? [PURE] : []), ...npm.map((pkg) => `${NPM}/(@types/)?${escaped(pkg)}(/|$)`)];
  return {
    name: `${name}-imports-only-its-own`,
    severity: 'error',
    from: { path },
    to: { pathNot: allowed, ...(builtins && { dependencyTypesNot: ['core'] }) },
  };
}

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'core-imports-nothing', severity: 'error', from: { path: CORE }, to: { pathNot: CORE } },
    ...rooms.map(roomRule),
    {
      name: 'http-knows-no-store-and-no-handler',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^(models|handlers|bots|src/(inbox|outbox|schedule|database|app|demo))/' },
    },
    {
      name: 'only-the-app-puts-together',
      severity: 'error',
      from: { path: '^(src|models|handlers|bots)/', pathNot: '^src/(app/|app\\.ts|main\\.ts)' },
      to: { path: '^src/(app/|app\\.ts|main\\.ts)' },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'not-to-dev-or-test', severity: 'error', from: { path: '^(src|models|handlers|bots)/' }, to: { path: '^(test|bench|scripts)/' } },
  ],
  options: {
    doNotFollow: { path: NPM },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.js', '.mjs', '.d.ts'] },
  },
};

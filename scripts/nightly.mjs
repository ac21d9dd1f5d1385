import { makeReady } from './setup/ready.mjs';

await makeReady();
const { run } = await import('./tasks/nightly.ts');
process.exitCode = await run(process.argv.slice(2));

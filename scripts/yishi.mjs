#!/usr/bin/env node
/** `npx yishi verify export.json`. Plain JavaScript, so that it runs on a fresh clone. */
import path from 'node:path';

// Files are meant from where the command was given.
const from = process.cwd();
await loadTypeScript();
const { run } = await import('./tasks/yishi.ts');
process.exitCode = await run(process.argv.slice(2), (file) => path.resolve(from, file));

/** Whoever checks a poll wants an answer and no installation; only a clone without any packages gets them first. */
async function loadTypeScript() {
  try {
    const { register } = await import('tsx/esm/api');
    register();
  } catch {
    const { makeReady } = await import('./setup/ready.mjs');
    await makeReady();
  }
}

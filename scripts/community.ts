/**
 * Sets up a real community from a file: `npm run community -- community.json [--links] [--password LOGIN]`; `--seen`
 * lists the chats that belong to no place yet. See docs/operations.md. Exit code 2: something in the settings, the
 * words of the command or the file is wrong, and nothing was saved.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { collections } from '#models/registry';
import { ConfigError, parseConfig, type Config } from '#src/config';
import { createChance } from '#src/database/chance';
import { createDatabaseClock } from '#src/database/clock';
import { connectDatabase } from '#src/database/connection';
import { ensureIndexes } from '#src/database/indexes';

import { askPassword } from './community/ask-password.ts';
import { parseCommunityFile } from './community/file.ts';
import type { CommunityPlan } from './community/plan.ts';
import { CommunityError } from './community/problems.ts';
import { createCommunitySetup, type CommunitySetup } from './community/save.ts';
import { seenChats } from './community/seen.ts';

const USAGE = 'npm run community -- community.json [--links] [--password LOGIN]\nnpm run community -- --seen';
const EXIT_WRONG_INPUT = 2;
const MAX_FILE_CHARS = 10_000_000;

interface Wishes {
  readonly file?: string | undefined;
  readonly links: boolean;
  readonly password?: string | undefined;
  readonly seen: boolean;
}

function readWishes(): Wishes {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { links: { type: 'boolean' }, password: { type: 'string' }, seen: { type: 'boolean' } },
    });
    const { links = false, password, seen = false } = values;
    const [file] = positionals;
    if (positionals.length === (seen ? 0 : 1)) return { file, links, password, seen };
  } catch {
    // An option that there is not: the usage says which there are.
  }
  throw new CommunityError([`use: ${USAGE.replaceAll('\n', '\n       ')}`]);
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CommunityError([`${path}: cannot be read`]);
  });
  if (text.length > MAX_FILE_CHARS) throw new CommunityError([`${path}: is too long`]);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new CommunityError([`${path}: is no JSON: ${(error as Error).message}`]);
  }
}

async function main(config: Config, uri: string): Promise<void> {
  const wishes = readWishes();
  const file = wishes.file === undefined ? undefined : parseCommunityFile(await readJson(wishes.file));
  if (file && wishes.password !== undefined && !file.officers.some(({ login }) => login === wishes.password))
    throw new CommunityError([`--password ${wishes.password}: no officer of the file has this login`]);
  const password = wishes.password === undefined ? undefined : await askPassword(wishes.password);
  const connection = await connectDatabase({ uri });
  const clock = await createDatabaseClock({ connection, onSyncFailed: () => undefined });
  try {
    await ensureIndexes(connection, collections);
    if (wishes.seen) say(JSON.stringify(await seenChats(connection), null, 2));
    if (!file) return;
    const setup = createCommunitySetup({ connection, clock, chance: createChance() });
    const plan = await setup.save(file);
    tellSaved(plan);
    const chosen = plan.officers.find(({ login }) => login === wishes.password);
    if (chosen && password !== undefined) {
      await setup.setPassword(chosen, password);
      say(`password of ${chosen.login} set`);
    }
    if (wishes.links)
      await tellLinks(
        setup,
        plan.officers.filter((one) => one !== chosen),
        config,
      );
  } finally {
    clock.stop();
    await connection.close();
  }
}

function tellSaved({ places, groups, people, identities, untouched }: CommunityPlan): void {
  const counts = [
    `${places.length} places`,
    `${groups.length} groups`,
    `${people.length} people`,
    `${identities.length} identities`,
  ];
  say(`saved: ${counts.join(', ')}`);
  if (untouched.length > 0)
    say(`not in the file, left as they are:\n${untouched.map((id) => `  ${id}`).join('\n')}`);
}

async function tellLinks(
  setup: CommunitySetup,
  officers: CommunityPlan['officers'],
  config: Config,
): Promise<void> {
  const baseUrl = (config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`).replace(/\/$/, '');
  const links = await setup.links(officers);
  say(links.length === 0 ? 'nobody needs a sign-in link' : 'sign-in links, each good once, for seven days:');
  for (const { officer, token } of links) say(`  ${officer.login}  ${baseUrl}/login/${token}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = parseConfig(process.env);
  if (config.MONGODB_URI === undefined)
    throw new ConfigError([
      'MONGODB_URI: is needed, in the environment or in .env: the database of the community',
    ]);
  await main(config, config.MONGODB_URI);
} catch (error) {
  const isWrongInput = error instanceof ConfigError || error instanceof CommunityError;
  process.stderr.write(
    `${isWrongInput ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = isWrongInput ? EXIT_WRONG_INPUT : 1;
}

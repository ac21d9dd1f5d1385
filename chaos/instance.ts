/**
 * One process under test: the program as src/main.ts builds it, with a channel whose vendor is fake. Where it is to die
 * it is told on its command line; how far it has come it reads from the driver's own events.
 */
import { once } from 'node:events';

import type { Connection, mongo } from 'mongoose';

import { buildApp } from '#src/app';
import { withDatabase } from '#src/app/with-database';
import { parseConfig } from '#src/config';
import { createLog } from '#src/log';

import { createChaosChannel } from './channel.ts';
import { stepOf, valueAt, type Moment } from './steps.ts';
import { wishesSchema, type Report } from './wishes.ts';

const wishes = wishesSchema.parse(JSON.parse(process.argv[2] ?? '{}'));

function tell(report: Report): void {
  process.send?.(report);
}

function passes(step: string | undefined): void {
  if (step !== undefined && step === wishes.dieAt) process.kill(process.pid, 'SIGKILL');
}

/** Which lease was taken, and which one a settling names: the harness compares the two. */
function tellOfLeases(command: mongo.BSON.Document): void {
  if (command['update'] !== 'outbox') return;
  const settledBy = valueAt(command['updates'], 'settledBy');
  const token = valueAt(command['updates'], 'lease.token');
  if (typeof settledBy === 'string')
    tell({ report: 'settled', settledBy, ...(typeof token === 'string' && { token }) });
  const taken = valueAt(command['updates'], 'token');
  if (typeof taken === 'string') tell({ report: 'claimed', token: taken });
}

function watch(client: mongo.MongoClient): void {
  const underway = new Map<number, mongo.BSON.Document>();
  const at = (command: mongo.BSON.Document, moment: Moment) => passes(stepOf(command, moment));
  client.on('commandStarted', ({ requestId, command }) => {
    underway.set(requestId, command);
    tellOfLeases(command);
    at(command, 'unsent');
    // The bytes leave in this turn of the event loop, an answer can be read in the next one at the earliest.
    setImmediate(() => at(command, 'sent'));
  });
  client.on('commandSucceeded', ({ requestId }) => {
    const command = underway.get(requestId);
    underway.delete(requestId);
    if (command) at(command, 'answered');
  });
  client.on('commandFailed', ({ requestId }) => void underway.delete(requestId));
}

/** The harness says when: so an instance can be loaded while its predecessor still works. */
const go = new Promise<void>((resolve) => process.once('message', () => resolve()));
/** Without the harness nobody would end it. */
const endAtOnce = () => process.kill(process.pid, 'SIGKILL');
process.on('disconnect', endAtOnce);

const ending = new AbortController();
process.once('SIGTERM', () => ending.abort());
const ended = once(ending.signal, 'abort');
const config = parseConfig({
  PORT: '0',
  PLAYGROUND: 'off',
  MONGODB_URI: wishes.mongodbUri,
  LOG_LEVEL: 'fatal',
  ...(wishes.roles !== undefined && { ROLES: wishes.roles }),
});

async function work(connection: Connection): Promise<void> {
  watch(connection.getClient());
  const channel = createChaosChannel({ ...wishes, instance: wishes.name, passes });
  const app = await buildApp(config, {
    connection,
    log: createLog(config.LOG_LEVEL),
    channels: [channel],
    rootDir: process.cwd(),
    sessionSecret: 'nobody signs in to an instance under test',
    consoleLinks: () => [],
  });
  await app.start();
  tell({ report: 'ready', doorUrl: channel.doorUrl });
  await ended;
  await app.stop();
}

await go;
const onAway = () => tell({ report: 'away' });
const options = { uri: wishes.mongodbUri, monitorCommands: true, signal: ending.signal, onAway };
await withDatabase(options, work);
process.off('disconnect', endAtOnce);
process.disconnect?.();

/**
 * Looks whether all is well and says what to do where it is not: `npm run doctor`. Changes nothing. Exit code 0: all is
 * well or only waits for somebody's look; 1: something is broken; 2: the settings are wrong.
 */
import { existsSync } from 'node:fs';
import { collections } from '#models/registry';
import { ConfigError, parseConfig, type Config } from '#src/config';
import { connectDatabase } from '#src/database/connection';

import { lookAtClock, lookAtIndexes, lookAtReplicaSet, lookAtTransactions } from './doctor/database.ts';
import { lookAtMachinery } from './doctor/machinery.ts';
import { lookAtProgram } from './doctor/program.ts';
import { linesOf, type Remark } from './doctor/remarks.ts';
import { databaseUri } from './doctor/uri.ts';

const EXIT_BROKEN = 1;
const EXIT_WRONG_SETTINGS = 2;
const SELECT_WITHIN_MS = 5_000;

async function examine(config: Config): Promise<readonly Remark[]> {
  const program = await lookAtProgram(config);
  const uri = databaseUri(config);
  if (uri === undefined) {
    const cure = 'start it with `npm start`, or name your replica set in MONGODB_URI';
    return [
      { mark: 'broken', about: 'database', says: 'the embedded database does not run', cure },
      ...program,
    ];
  }
  const connection = await connectDatabase({ uri, selectWithinMs: SELECT_WITHIN_MS }).catch(
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  if (connection instanceof Error) {
    const cure = 'see that it runs, that MONGODB_URI is right, and that this machine may reach it';
    return [
      { mark: 'broken', about: 'database', says: `cannot be reached (${connection.name})`, cure },
      ...program,
    ];
  }
  try {
    return [
      ...(await lookAtReplicaSet(connection)),
      ...(await lookAtTransactions(connection)),
      ...(await lookAtIndexes(connection, collections)),
      ...(await lookAtClock(connection)),
      ...(await lookAtMachinery(connection, config)),
      ...program,
    ];
  } finally {
    await connection.close();
  }
}

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const remarks = await examine(parseConfig(process.env));
  process.stdout.write(
    `${linesOf([{ mark: 'ok', about: 'settings', says: 'complete' }, ...remarks]).join('\n')}\n`,
  );
  if (remarks.some(({ mark }) => mark === 'broken')) process.exitCode = EXIT_BROKEN;
} catch (error) {
  const isWrong = error instanceof ConfigError;
  process.stderr.write(`${isWrong ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = isWrong ? EXIT_WRONG_SETTINGS : EXIT_BROKEN;
}

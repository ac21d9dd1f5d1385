import { mongo } from 'mongoose';
import { TransientError } from '#core/errors';

const DUPLICATE_KEY = 11_000;

/** Errors that pass by themselves: the server is away, has no majority, elects a primary or lost a conflict. */
export function isPassing(error: unknown): boolean {
  if (error instanceof mongo.MongoNetworkError || error instanceof mongo.MongoServerSelectionError)
    return true;
  if (error instanceof mongo.MongoNotConnectedError) return true;
  // Written, but not by a majority: it may stay or go. What is written again must be the same.
  if (error instanceof mongo.MongoWriteConcernError) return true;
  if (!(error instanceof mongo.MongoError)) return false;
  return error.hasErrorLabel('RetryableWriteError') || error.hasErrorLabel('TransientTransactionError');
}

/** What leaves models/: a passing fault as TransientError without the driver's details, anything else as it is. */
export function translated(error: unknown): unknown {
  if (!isPassing(error)) return error;
  const name = error instanceof Error ? error.name : 'unknown';
  return new TransientError(`database: ${name}`);
}

/** Runs a database call and translates its errors. */
export async function atBorder<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw translated(error);
  }
}

/** True for a duplicate key, of any unique index or of the one named. */
export function isDuplicateKey(error: unknown, indexName = ''): boolean {
  return (
    error instanceof mongo.MongoError && error.code === DUPLICATE_KEY && error.message.includes(indexName)
  );
}

/** What became of each operation of an unordered bulk: `undefined` = carried out. */
export interface OperationError {
  readonly index: number;
  /** The same `_id` is there already. */
  readonly sameId: boolean;
  readonly error: Error;
}

/**
 * Errors of single operations out of a bulk error. Throws (translated) when the error is about the whole bulk, as
 * then nobody knows what was carried out.
 */
export function operationErrors(error: unknown): readonly OperationError[] {
  if (!(error instanceof mongo.MongoBulkWriteError)) throw translated(error);
  const errors = [error.writeErrors].flat();
  const concern = error.result.getWriteConcernError();
  if (concern || errors.length === 0) throw new TransientError('database: write concern not reached');
  return errors.map((one) => ({
    index: one.index,
    sameId: one.code === DUPLICATE_KEY && /index: _id_? /.test(one.errmsg ?? ''),
    error: new Error(`write refused with code ${one.code}`),
  }));
}

/** What can be started as `mongod`. */
export interface MongoBinary {
  /** An executable that takes mongod's arguments. */
  readonly path: string;
  /** For the operator: which MongoDB this is and where it came from. */
  readonly description: string;
  /** Arguments this build needs beside the usual ones. */
  readonly extraArgs: readonly string[];
  /** Ends what the binary may leave behind. Resolves when nothing of it runs any more. */
  readonly sweep?: () => Promise<void>;
}

/** One place a mongod may come from. */
export interface BinarySource {
  readonly name: string;
  /** @throws Error with one sentence saying why this source has nothing to offer here. */
  readonly find: () => Promise<MongoBinary>;
}

/** Every source was tried and none had a mongod. The message names them all. */
export class NoMongoBinaryError extends Error {
  override readonly name = 'NoMongoBinaryError';

  constructor(attempts: readonly { source: string; reason: string }[]) {
    const tried = attempts.map(({ source, reason }) => `  - ${source}: ${reason}`);
    super(
      [
        'No MongoDB could be found or fetched. Tried, in this order:',
        ...tried,
        'Any one of these helps:',
        '  - give the address of a replica set: MONGODB_URI=mongodb://…',
        '  - install MongoDB 7 or newer, so that `mongod` is on the PATH',
        '  - point MONGOMS_SYSTEM_BINARY to a mongod',
      ].join('\n'),
    );
  }
}

/**
 * Takes the first source that has a mongod, in the order given.
 * @throws NoMongoBinaryError
 */
export async function chooseBinary(sources: readonly BinarySource[]): Promise<MongoBinary> {
  const attempts: { source: string; reason: string }[] = [];
  for (const source of sources) {
    try {
      return await source.find();
    } catch (error) {
      attempts.push({ source: source.name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  throw new NoMongoBinaryError(attempts);
}

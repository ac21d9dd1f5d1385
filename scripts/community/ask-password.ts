import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

import { CommunityError } from './problems.ts';

const MIN_CHARS = 10;
const MAX_CHARS = 200;

/** Asks on the terminal without showing what is typed, twice; from a pipe one line is taken. Throws CommunityError. */
export async function askPassword(login: string): Promise<string> {
  const isTerminal = process.stdin.isTTY;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: isTerminal });
  const ask = async (question: string) => {
    process.stderr.write(question);
    const answer = await lines.question('');
    if (isTerminal) process.stderr.write('\n');
    return answer;
  };
  try {
    const password = checkedPassword(await ask(`password for ${login}: `));
    if (isTerminal && (await ask('once more: ')) !== password)
      throw new CommunityError(['the passwords differ']);
    return password;
  } finally {
    lines.close();
  }
}

/** What the sign-in page takes, and not too short. Throws CommunityError. */
export function checkedPassword(password: string): string {
  if (password.length >= MIN_CHARS && password.length <= MAX_CHARS) return password;
  throw new CommunityError([`a password has ${MIN_CHARS} to ${MAX_CHARS} characters`]);
}

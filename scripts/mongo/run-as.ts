import { chownSync, lstatSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** The account the database runs under. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Linux gives this number to `nobody` everywhere; used when the account is not listed. */
const NOBODY: Account = { uid: 65534, gid: 65534 };

/**
 * A database must not run as root. As root, it runs as the owner of the checkout (someone used sudo), or as
 * `nobody`. Anyone else runs it as themselves: undefined.
 */
export function chooseAccount(checkout: string, passwd = '/etc/passwd'): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readAccounts(passwd);
  const owner = statSync(checkout).uid;
  const ofOwner = owner === 0 ? undefined : accounts.find((account) => account.uid === owner);
  return ofOwner ?? accounts.find((account) => account.name === 'nobody') ?? NOBODY;
}

function readAccounts(passwd: string): (Account & { name: string })[] {
  const lines = readFileSync(passwd, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

/** Whether the account may walk down to `place`. A checkout in root's home is closed to everybody else. */
export function canReach(place: string, account: Account): boolean {
  const ancestors = [];
  for (let dir = path.resolve(place); ; dir = path.dirname(dir)) {
    ancestors.push(dir);
    if (dir === path.dirname(dir)) break;
  }
  return ancestors.every((dir) => isOpenTo(dir, account));
}

function isOpenTo(dir: string, account: Account): boolean {
  const stat = statSync(dir, { throwIfNoEntry: false });
  if (!stat) return true;
  if (stat.uid === account.uid) return (stat.mode & 0o100) !== 0;
  if (stat.gid === account.gid) return (stat.mode & 0o010) !== 0;
  return (stat.mode & 0o001) !== 0;
}

/** Gives a folder and all in it to the account. */
export function giveTo(account: Account | undefined, place: string): void {
  if (!account) return;
  chownSync(place, account.uid, account.gid);
  if (!lstatSync(place).isDirectory()) return;
  for (const entry of readdirSync(place, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    chownSync(path.join(entry.parentPath, entry.name), account.uid, account.gid);
  }
}

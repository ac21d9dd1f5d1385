import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { readJson } from '#src/proof/read-json';
import { unreadableReport } from '#texts/verification-report';

import { checkFile } from './verification-report.ts';

const USAGE = [
  '用法：npx yishi verify 表决文件.json [--code 群里公布的核验码]',
  '重新算一遍名册、选票、票数和投票记录。没有问题退出码是0，有问题是1，读不了是2。',
].join('\n');

const EXIT_FAULTS = 1;
const EXIT_WRONG_USE = 2;
/** A town's poll is some hundred megabytes; V8 reads no longer text. */
const MOST_BYTES = 500_000_000;

/** `yishi <command>`; answers the exit code. */
export async function run(args: readonly string[], resolve: (file: string) => string): Promise<number> {
  const wishes = wishesOf(args);
  if (!wishes) {
    console.error(USAGE);
    return EXIT_WRONG_USE;
  }
  const given = await jsonOf(resolve(wishes.file));
  if (!given.ok) {
    console.error(given.problem);
    return EXIT_WRONG_USE;
  }
  const report = checkFile(given.value, wishes.code);
  console.log([...report.facts, '', ...report.verdict].join('\n').trim());
  if (report.outcome === 'unreadable') return EXIT_WRONG_USE;
  return report.outcome === 'whole' ? 0 : EXIT_FAULTS;
}

function wishesOf(args: readonly string[]): { file: string; code?: string } | undefined {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { code: { type: 'string' } },
    });
    const [command, file, ...more] = positionals;
    if (command !== 'verify' || file === undefined || more.length > 0) return undefined;
    return { file, ...(values.code !== undefined && { code: values.code }) };
  } catch {
    return undefined;
  }
}

type GivenJson =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string };

async function jsonOf(file: string): Promise<GivenJson> {
  try {
    if ((await stat(file)).size > MOST_BYTES) return { ok: false, problem: `文件太大：${file}` };
    const read = readJson(await readFile(file, 'utf8'));
    if (read.ok) return read;
    if (read.at !== undefined) return { ok: false, problem: unreadableReport(read.at).verdict.join('\n') };
    return { ok: false, problem: `不是JSON文件：${file}` };
  } catch (error) {
    return { ok: false, problem: `${error instanceof RangeError ? '不是JSON文件' : '打不开文件'}：${file}` };
  }
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { inFours } from '#src/proof/short-code';
import { checkFile } from '../../scripts/tasks/verification-report.ts';
import { sampleExport, type Story } from '../proof/sample-poll.ts';

const LIFT: Story = {
  method: { kind: 'forAgainst' },
  options: 3,
  voters: [9_000, 12_000, 8_050, undefined],
  casts: [
    { voter: 0, choice: [0], path: 'group', minute: 10 },
    { voter: 1, choice: [0], path: 'page', minute: 20 },
    { voter: 2, choice: [1], path: 'paper', minute: 30 },
  ],
};
const whole = sampleExport(LIFT, 'open');
const script = resolve(import.meta.dirname, '../../scripts/yishi.mjs');
const folder = mkdtempSync(join(tmpdir(), 'yishi-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

function verify(name: string, content: string, ...more: readonly string[]) {
  writeFileSync(join(folder, name), content);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'verify', name, ...more], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

describe('yishi verify', () => {
  it('finds nothing wrong with a whole file, and prints what was worked out anew', () => {
    const { status, said } = verify('whole.json', JSON.stringify(whole), '--code', whole.seal.code);
    expect(said).toContain('没有发现问题，核验码和公布的一样。');
    expect(said).toContain('重数：赞成2　反对1　弃权0');
    expect(said).toContain('名册4，选票3张，投票记录3条');
    for (const one of [whole.seal.ballots, whole.seal.roll, whole.seal.opening, inFours(whole.seal.code)])
      expect(said).toContain(one);
    expect(status).toBe(0);
  }, 60_000);

  it('names what is wrong and says so by its exit code', () => {
    const ballots = whole.ballots.slice(1);
    const { status, said } = verify('altered.json', JSON.stringify({ ...whole, ballots }));
    expect(said).toContain('选票有2行，封存的是3行：少了1行');
    expect(said).toMatch(/少了一张选票：投票人 [0-9a-f]{8}… 有投票记录，没有选票/u);
    expect(status).toBe(1);
  }, 60_000);

  it.each([
    ['no JSON', 'bad.json', '{', '不是JSON文件'],
    [
      'a file that shows one title and proves another',
      'twice.json',
      JSON.stringify(whole).replace('"title":', '"title":"拆电梯","title":'),
      '读不了：不是议事的表决文件，或格式被改过，从 title 起对不上',
    ],
    ['something else', 'else.json', '{}', '读不了：不是议事的表决文件'],
  ])(
    'does not read %s',
    (_, name, content, words) => {
      const { status, said } = verify(name, content);
      expect(said).toContain(words);
      expect(status).toBe(2);
    },
    60_000,
  );

  it('explains itself', () => {
    const { status, stderr } = spawnSync(process.execPath, [script, 'help'], { encoding: 'utf8' });
    expect(stderr).toContain('npx yishi verify');
    expect(status).toBe(2);
  }, 60_000);
});

describe('the report', () => {
  it('asks for the published code where it was not given', () => {
    expect(checkFile(whole).verdict.join('\n')).toContain('再和群里公布的核验码对一下');
  });

  it('names options that were miscounted, and does not drown in faults', () => {
    const result = { ...whole.result, counts: [3, 0, 0] };
    expect(checkFile({ ...whole, result }).verdict.join('\n')).toContain(
      '「赞成」的票数写的是3，按选票重数是2',
    );
    const many = Array.from({ length: 200 }, () => whole.events[0]);
    const { verdict } = checkFile({ ...whole, events: many });
    expect(verdict.at(-1)).toMatch(/还有\d+处/u);
    expect(verdict.length).toBeLessThan(60);
  });
});

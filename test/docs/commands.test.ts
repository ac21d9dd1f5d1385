import { describe, expect, it } from 'vitest';

import { settings } from '#src/config';
import { readNumberList } from '#language/references';
import { createTriggerTable } from '#src/inbox/trigger-table';
import { commandTable } from '#test/support/command-table';
import { HEAP_OPTIONS, PROGRAM } from '../../scripts/tasks/build.ts';
import { codeOf } from './documents.ts';

const table = createTriggerTable(commandTable());

/** Stands in the table of settings, and is nothing to say. */
const BOT_NAME: unknown = settings.BOT_NAME.schema.parse(undefined);

/** What people type: in backticks, beginning with a Chinese character or a number to vote with. */
function saidIn(document: string): readonly string[] {
  return codeOf(document).filter(
    (code) => code !== BOT_NAME && /^(?:\p{Script=Han}|[0-9０-９①②③]{1,2}$)/u.test(code),
  );
}

function isCommand(said: string): boolean {
  const isBallot = readNumberList(said)?.rest === '';
  return isBallot || table.match(said.replaceAll('…', '一句话'))?.isValidForm === true;
}

describe.each(['README.md', 'README.zh-CN.md'])('%s', (document) => {
  it('says only words that the command table knows', () => {
    expect(saidIn(document).filter((said) => !isCommand(said))).toEqual([]);
  });

  it('says what every role needs', () => {
    const named = new Set(saidIn(document).map((said) => table.match(said)?.command.name));
    const needed = [
      'concern.raise',
      'concern.endorse',
      'topic.create',
      'poll.prepare',
      'ballot.cast',
      'meeting.prepare',
      'outcome.prepare',
      'assignment.report',
      'rating.give',
      'notice.prepare',
    ];
    expect(needed.filter((name) => !named.has(name))).toEqual([]);
  });
});

describe('docs/operations.md', () => {
  it('has a supervisor run the program with the options that npm start gives it', () => {
    expect(codeOf('docs/operations.md')).toContain(['node', ...HEAP_OPTIONS, PROGRAM].join(' '));
  });
});

describe('the check of commands', () => {
  it('notices words that nobody understands', () => {
    expect(isCommand('上天 1')).toBe(false);
    expect(isCommand('附议 1') && isCommand('①') && isCommand('通知 …')).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';

import { fieldsOf, givenIn } from '#src/http/vote/read-form';

const given = (body: unknown) => givenIn(fieldsOf(body), 3);

describe('what a form of a poll’s page says', () => {
  it.each([
    [{ option: '2' }, { kind: 'list', values: [2] }],
    [{ option: ['１', ' 3 '] }, { kind: 'list', values: [1, 3] }],
    [{ option: ['2', '', '3'] }, { kind: 'list', values: [2, 3] }],
    [
      { figure1: '7', figure2: '', figure3: '3' },
      {
        kind: 'pairs',
        pairs: [
          [1, 7],
          [3, 3],
        ],
      },
    ],
    [{ figure1: '0' }, { kind: 'pairs', pairs: [[1, 0]] }],
  ])('%j is %j', (body, choice) => {
    expect(given(body)).toEqual(choice);
  });

  it.each([
    [{}],
    [{ option: '' }],
    [{ figure1: '', figure2: '' }],
    [{ option: ['1', 'abc'] }],
    [{ option: '1.5' }],
    [{ figure1: '10', figure2: '-3' }],
    [{ figure1: '10', figure2: '五' }],
    [{ figure1: '99999' }],
    [{ figure1: ['5', '5'] }],
    [{ option: { $gt: '' } }],
    [{ option: [['1']] }],
    ['option=1'],
    [null],
  ])('%j is no choice', (body) => {
    expect(given(body)).toBeUndefined();
  });
});

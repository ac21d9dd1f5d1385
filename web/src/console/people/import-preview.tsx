import type { ReactNode } from 'react';

import type { RosterPreviewAnswer } from '../../../../src/http/roster-schemas.ts';
import { csvOf } from '../../components/csv-file.ts';
import { Facts } from '../../components/facts.tsx';
import { Tag, type Tone } from '../../components/tag.tsx';

const KINDS: Readonly<Record<'new' | 'changed' | 'gone', { word: string; tone: Tone }>> = {
  new: { word: '新来', tone: 'blue' },
  changed: { word: '有改动', tone: 'yellow' },
  gone: { word: '移出', tone: 'red' },
};

/** What an import would do, row by row; `children` is the button that does it. */
export function ImportPreview({ preview, children }: { preview: RosterPreviewAnswer; children: ReactNode }) {
  const changes = preview.new + preview.changed + preview.gone;
  return (
    <>
      <section className="card" aria-labelledby="import-sums">
        <h2 id="import-sums">导入以后</h2>
        <Facts
          rows={[
            ['看到', `${preview.rows}行`],
            ['新来', `${preview.new}户`],
            ['有改动', `${preview.changed}户`],
            ['移出', preview.gone > 0 && `${preview.gone}户`],
            ['不变', `${preview.same}户`],
            ['有问题', preview.problemCount > 0 && `${preview.problemCount}行，不导，别的照导`],
            [
              '认出的栏',
              preview.columns
                .map(({ word, header }) => (word === header ? word : `${word}（${header}）`))
                .join('、'),
            ],
            ['没读的栏', preview.unread.length > 0 && <bdi>{preview.unread.join('、')}</bdi>],
          ]}
        />
        {preview.isCut && <p className="problem">文件太长，后面的行没有看。分几个文件导。</p>}
        {changes === 0 ? <p>和现在的名册一样，没有要改的。</p> : children}
      </section>
      <ProblemRows preview={preview} />
      <Changes preview={preview} total={changes} />
    </>
  );
}

function ProblemRows({ preview }: { preview: RosterPreviewAnswer }) {
  if (preview.problemCount === 0) return null;
  return (
    <section className="card" aria-labelledby="import-problems">
      <h2 id="import-problems">有问题的{preview.problemCount}行</h2>
      <p>
        <a className="button" href={problemFile(preview)} download="名册_有问题的行.csv">
          下载这些行，改好再导
        </a>
      </p>
      <ul className="rows">
        {preview.problems.slice(0, 50).map(({ line, problem, cells }) => (
          <li key={line} className="row">
            <span className="row-main">
              第{line}行：<bdi>{problem}</bdi>
              <span className="row-note">
                <bdi>{cells.filter((cell) => cell !== '').join('　')}</bdi>
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The bad rows with what is wrong beside them, under the headers they came with. */
function problemFile({ columns, problems }: RosterPreviewAnswer): string {
  const header = [...columns.map(({ header: name }) => name), '哪里不对'];
  const csv = csvOf([header, ...problems.map(({ cells, problem }) => [...cells, problem])]);
  return `data:text/csv;charset=utf-8,${encodeURIComponent(csv)}`;
}

function Changes({ preview, total }: { preview: RosterPreviewAnswer; total: number }) {
  if (total === 0) return null;
  return (
    <section className="card" aria-labelledby="import-changes">
      <h2 id="import-changes">一户一户看</h2>
      <ul className="rows">
        {preview.changes.map((change) => (
          <li key={`${change.kind}${change.label}`} className="row">
            <span className="row-main">
              <bdi>{change.label}</bdi>
              <span className="row-note">
                <bdi>{change.what}</bdi>
              </span>
            </span>
            <span className="row-side">
              <Tag tone={KINDS[change.kind].tone}>{KINDS[change.kind].word}</Tag>
            </span>
          </li>
        ))}
      </ul>
      {preview.changes.length < total && (
        <p className="quiet">还有{total - preview.changes.length}户没列出来。</p>
      )}
    </section>
  );
}

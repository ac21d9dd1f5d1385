import { useState, type DragEvent } from 'react';

import type { VerificationReport } from '../../../src/texts/verification-report.ts';

/** Checks a whole file. It stays on this device. */
export function FileCheck() {
  const [report, setReport] = useState<VerificationReport>();
  const [name, setName] = useState<string>();
  const [isOver, setOver] = useState(false);
  const check = async (file: File | null | undefined) => {
    if (!file) return;
    setName(file.name);
    // Few come with a file: the rest of the page is there sooner without what reads it.
    const { checkFile } = await import('./check-file.ts');
    setReport(checkFile(await file.text()));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void check(event.dataTransfer.files.item(0));
  };
  return (
    <section
      className="drop"
      aria-labelledby="whole"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h2 id="whole">核验整份文件</h2>
      <p>核验文件找社区要。文件只在您的手机上算，不会传出去。</p>
      <label className="button file-pick">
        选择文件
        <input
          type="file"
          accept=".json,application/json"
          aria-describedby="file-hint"
          onChange={(event) => {
            const file = event.target.files?.item(0);
            void check(file);
            // The same file again, after it was changed, is a choice too.
            event.target.value = '';
          }}
        />
      </label>
      <p className="hint" id="file-hint">
        {name === undefined ? (
          '也可以把文件拖到这里。'
        ) : (
          <>
            选了 <bdi>{name}</bdi>。换一个，再选一次。
          </>
        )}
      </p>
      <div role="status">{report && <Report report={report} />}</div>
    </section>
  );
}

function Report({ report: { outcome, facts, verdict } }: { report: VerificationReport }) {
  const [first, ...more] = verdict;
  return (
    <>
      <p className={outcome === 'whole' ? 'good' : 'bad'}>
        {outcome === 'whole' ? '✓' : '✗'} {first}
      </p>
      {more.length > 0 && (
        <ul>
          {more.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <ul>
        {facts.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

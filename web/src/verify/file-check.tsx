import { useState, type DragEvent } from 'react';

import type { VerificationReport } from '../../../src/texts/verification-report.ts';

/** Checks a whole file. It stays on this device. */
export function FileCheck() {
  const [report, setReport] = useState<VerificationReport>();
  const [isOver, setOver] = useState(false);
  const check = async (file: File | null | undefined) => {
    if (!file) return;
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
      <label className="field" htmlFor="file">
        选核验文件，或者拖到这里
      </label>
      <input
        id="file"
        type="file"
        accept=".json,application/json"
        onChange={(event) => void check(event.target.files?.item(0))}
      />
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

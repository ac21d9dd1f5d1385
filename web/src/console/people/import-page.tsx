import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import type { RosterPreviewAnswer } from '../../../../src/http/roster-schemas.ts';
import { previewStep } from '../../api/steps.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { addresses } from '../data/addresses.ts';
import { useSession } from '../data/session.ts';
import { useSteps, useWork } from '../data/steps-context.ts';
import { Page } from '../shared/page.tsx';
import { ImportPreview } from './import-preview.tsx';
import { readFileBase64 } from './read-file.ts';

type Absent = 'keep' | 'remove';

interface Chosen {
  readonly name: string;
  readonly data: string;
}

/** Import of a roster: choose a file, look at what would change, then do exactly that. */
export function ImportPage() {
  const { placeId } = useSession();
  const { take } = useSteps();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<Chosen | undefined>(undefined);
  const [absent, setAbsent] = useState<Absent>('keep');
  const [preview, setPreview] = useState<RosterPreviewAnswer | undefined>(undefined);
  const looking = useWork();
  const sending = useWork();

  const look = async (file: Chosen, whatAbsent: Absent) => {
    setPreview(undefined);
    sending.clear();
    const input = { data: file.data, absent: whatAbsent };
    setPreview(await looking.go(() => previewStep(placeId, 'roster.import', input)));
  };
  const choose = async (file: File) => {
    const read = { name: file.name, data: await readFileBase64(file) };
    setChosen(read);
    await look(read, absent);
  };
  const send = async () => {
    if (!chosen || !preview) return;
    const step = { data: chosen.data, absent, basis: preview.basis };
    if (await sending.go(() => take('roster.import', step))) void navigate(addresses.roster);
  };
  return (
    <Page
      title="导入名册"
      actions={
        <a className="button" href="/api/console/roster/template" download>
          下载模板
        </a>
      }
    >
      <div className="card form">
        <Field
          id="roster-file"
          label="名册文件"
          hint="Excel（.xlsx）或 .csv，3兆以内。手机只留后4位，身份证号不读。"
        >
          <label className="button photo-pick">
            {chosen ? '换一个文件' : '选文件'}
            <input
              id="roster-file"
              type="file"
              accept=".xlsx,.csv,.txt"
              className="by-ear"
              aria-describedby="roster-file-hint"
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                event.target.value = '';
                if (file) void choose(file);
              }}
            />
          </label>
          {chosen && (
            <p className="quiet">
              <bdi>{chosen.name}</bdi>
            </p>
          )}
        </Field>
        <ChoiceField<Absent>
          id="roster-absent"
          label="名册里有、文件里没有的人"
          value={absent}
          onChange={(value) => {
            setAbsent(value);
            if (chosen) void look(chosen, value);
          }}
          options={[
            { value: 'keep', label: '留着' },
            { value: 'remove', label: '移出（只看文件里有的楼栋）' },
          ]}
        />
        <ProblemNote problem={looking.problem} />
        {looking.busy && <p role="status">正在看文件…</p>}
      </div>
      {preview && (
        <ImportPreview preview={preview}>
          <ProblemNote problem={sending.problem} onAgain={() => chosen && void look(chosen, absent)} />
          <Button type="primary" loading={sending.busy} onClick={() => void send()}>
            导入{preview.new + preview.changed}户{preview.gone > 0 && `，移出${preview.gone}户`}
          </Button>
        </ImportPreview>
      )}
    </Page>
  );
}

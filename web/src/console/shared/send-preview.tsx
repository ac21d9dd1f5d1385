import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';

import type { PreviewAnswer, PreviewInput, SendPreviewName } from '../../../../src/http/contract.ts';
import type { ApiProblem } from '../../api/client.ts';
import { previewStep } from '../../api/steps.ts';
import { Facts } from '../../components/facts.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useSession } from '../data/session.ts';
import { useWork } from '../data/steps-context.ts';
import { useDates } from '../data/use-dates.ts';
import { Loaded } from './loaded.tsx';

interface SendPreviewProps<Name extends SendPreviewName> {
  readonly name: Name;
  readonly input: PreviewInput<Name>;
  /** What the button does before it sends: 发起 in 发起，发给6个群. Empty: only 发给6个群. */
  readonly verb?: string;
  readonly onSend: () => Promise<unknown>;
  readonly onBack: () => void;
}

/** Exactly what groups will get, who gets it and when; then one button with the count. */
export function SendPreview<Name extends SendPreviewName>({
  name,
  input,
  verb = '',
  onSend,
  onBack,
}: SendPreviewProps<Name>) {
  const { placeId } = useSession();
  const work = useWork();
  const preview = useQuery<PreviewAnswer, ApiProblem>({
    queryKey: ['preview', placeId, name, input],
    queryFn: () => previewStep(placeId, name, input),
    retry: false,
    gcTime: 0,
  });
  const send = () => void work.go(onSend);
  return (
    <section className="card preview" aria-label="预览">
      <Loaded data={preview.data} error={preview.error} onAgain={() => void preview.refetch()}>
        {(seen) => (
          <>
            <PreviewBody preview={seen} />
            <ProblemNote problem={work.problem} onAgain={send} />
            <div className="form-buttons">
              <Button type="primary" loading={work.busy} onClick={send}>
                {verb === '' ? '' : `${verb}，`}发给{seen.groups.length}个群
              </Button>
              <Button onClick={onBack}>回去改</Button>
            </div>
          </>
        )}
      </Loaded>
      {preview.error && <Button onClick={onBack}>回去改</Button>}
    </section>
  );
}

function PreviewBody({ preview }: { preview: PreviewAnswer }) {
  const { moment } = useDates();
  return (
    <>
      <h2>
        发到{preview.groups.length}个群，约{preview.people}人
        {preview.sendAt === undefined ? '，现在就发' : `，${moment(preview.sendAt)}发`}
      </h2>
      {preview.warnings.length > 0 && (
        <ul className="warnings">
          {preview.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <div className="preview-message">
        <p className="bubble" aria-label="群里看到的原文">
          <bdi>{preview.text}</bdi>
        </p>
        {preview.picture !== undefined && (
          <img src={preview.picture} alt="跟在后面的图：同样的题目，和投票页的二维码" />
        )}
      </div>
      <ul className="preview-groups">
        {preview.groups.map((group) => (
          <li key={group.id}>
            <bdi>{group.name}</bdi> {group.people}人
            {group.note !== undefined && <span className="choice-note">{group.note}</span>}
          </li>
        ))}
      </ul>
      {preview.rules && (
        <>
          <h2 className="minor">发起以后定下来的规则</h2>
          <Facts rows={preview.rules.map(([about, words]) => [about, <bdi key={about}>{words}</bdi>])} />
        </>
      )}
    </>
  );
}

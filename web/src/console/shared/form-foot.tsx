import { Button } from 'antd';
import type { ReactNode } from 'react';

import type { ApiProblem } from '../../api/client.ts';
import { ProblemNote } from '../../components/problem-note.tsx';

interface FormFootProps {
  /** Verb and object: 公示给居民看. Never 确定. */
  readonly action: string;
  readonly busy: boolean;
  readonly problem: ApiProblem | undefined;
  readonly errors: Readonly<Record<string, string>>;
  readonly onCancel?: () => void;
  readonly children?: ReactNode;
  readonly note?: ReactNode;
}

/** The foot of a form: what is missing, what failed, and the one filled button. */
export function FormFoot({ action, busy, problem, errors, onCancel, children, note }: FormFootProps) {
  const missing = Object.keys(errors).length;
  return (
    <div className="form-foot">
      {note !== undefined && <p className="form-note">{note}</p>}
      <div role="alert">
        {missing > 0 && !problem && <p className="field-error">还差{missing}处，看标出的地方。</p>}
      </div>
      <ProblemNote problem={problem} />
      <div className="form-buttons">
        <Button type="primary" htmlType="submit" loading={busy}>
          {action}
        </Button>
        {children}
        {onCancel && <Button onClick={onCancel}>先不办</Button>}
      </div>
    </div>
  );
}

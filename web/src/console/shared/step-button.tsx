import { Button, type ButtonProps } from 'antd';

import type { StepInput, StepName } from '../../../../src/http/contract.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useSteps, useWork } from '../data/steps-context.ts';

interface StepButtonProps<Name extends StepName> {
  readonly step: Name;
  readonly input: StepInput<Name>;
  readonly label: string;
  readonly type?: NonNullable<ButtonProps['type']>;
  readonly onDone?: () => void;
}

/** A step that needs no words: one press, done at once, with its problem beside it. */
export function StepButton<Name extends StepName>({
  step,
  input,
  label,
  type = 'default',
  onDone,
}: StepButtonProps<Name>) {
  const steps = useSteps();
  const work = useWork();
  const press = () => {
    void work.go(() => steps.take(step, input)).then((answer) => answer && onDone?.());
  };
  return (
    <span className="step-button">
      <Button type={type} loading={work.busy} onClick={press}>
        {label}
      </Button>
      <ProblemNote problem={work.problem} onAgain={press} />
    </span>
  );
}

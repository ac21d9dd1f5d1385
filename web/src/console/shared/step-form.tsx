import type { ReactNode } from 'react';

import type { ApiProblem } from '../../api/client.ts';
import { FormFoot } from './form-foot.tsx';

interface StepFormProps {
  readonly form: {
    readonly busy: boolean;
    readonly problem: ApiProblem | undefined;
    readonly errors: Readonly<Record<string, string>>;
  };
  /** `page`: a card of its own. `panel`: within what it is about. */
  readonly look: 'page' | 'panel';
  /** Its name for screen readers, where more than one form is on the page. */
  readonly label?: string | undefined;
  /** Verb and object: 公示给居民看. Never 确定. */
  readonly action: string;
  /** By the button or Enter, whether or not all is filled in. */
  readonly onSend: () => unknown;
  readonly onCancel?: (() => void) | undefined;
  /** Beside the button: who will be told. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A step's form: its fields, what is missing or failed, and the one filled button. */
export function StepForm({ form, look, label, action, onSend, onCancel, note, children }: StepFormProps) {
  return (
    <form
      className={look === 'page' ? 'card form' : 'panel-form'}
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void onSend();
      }}
    >
      {children}
      <FormFoot
        action={action}
        busy={form.busy}
        problem={form.problem}
        errors={form.errors}
        note={note}
        {...(onCancel && { onCancel })}
      />
    </form>
  );
}

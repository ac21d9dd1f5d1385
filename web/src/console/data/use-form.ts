import { useCallback, useEffect, useId, useRef, useState } from 'react';

import type { ApiProblem } from '../../api/client.ts';
import { useSession } from './session.ts';
import { useWork } from './steps-context.ts';

const SAVE_EVERY_MS = 2_000;

export type Errors = Readonly<Record<string, string>>;

interface FormOptions<Values> {
  /** Names the draft on this computer, e.g. `notice.new`. Absent: short forms keep none. */
  readonly draft?: string;
  readonly initial: Values;
  /** What is still missing, by field, in the order of the page. */
  readonly check: (values: Values) => Errors;
}

/**
 * A form that is never greyed out: pressed too early it names what is missing and goes there. What was written is kept
 * on this computer every two seconds and comes back after a reload.
 */
export function useForm<Values extends object>({ draft, initial, check }: FormOptions<Values>) {
  const storage = useDraftKey(draft);
  const [values, setValues] = useState<Values>(() => ({ ...initial, ...savedDraft<Values>(storage) }));
  const [errors, setErrors] = useState<Errors>({});
  const work = useWork();
  const formId = useId();
  useSavedDraft(storage, values, initial);

  const fieldId = (name: string) => `${formId}-${name}`;
  const set = <Name extends keyof Values>(name: Name, value: Values[Name]) => {
    setValues((before) => ({ ...before, [name]: value }));
    setErrors(({ [String(name)]: _fixed, ...others }) => others);
  };
  const missing = () => {
    const found = check(values);
    setErrors(found);
    const [first] = Object.keys(found);
    if (first !== undefined) document.getElementById(fieldId(first))?.focus();
    return first !== undefined;
  };
  /** Runs the work unless something is missing; undefined if it was, or if the server refused. */
  const submit = async <Result>(run: (values: Values) => Promise<Result>): Promise<Result | undefined> => {
    if (missing()) return undefined;
    return work.go(() => run(values));
  };
  const shownErrors: Errors = { ...fieldErrors(work.problem), ...errors };
  /** What a field component needs to be this field. */
  const field = <Name extends keyof Values & string>(name: Name) => ({
    id: fieldId(name),
    value: values[name],
    onChange: (value: Values[Name]) => set(name, value),
    error: shownErrors[name],
  });
  return {
    values,
    set,
    field,
    missing,
    submit,
    busy: work.busy,
    problem: work.problem,
    clearProblem: work.clear,
    errors: shownErrors,
    fieldId,
    forget: () => forgetDraft(storage),
  };
}

function fieldErrors(problem: ApiProblem | undefined): Errors {
  return problem?.fields ?? {};
}

function useDraftKey(draft: string | undefined): string | undefined {
  const { me, placeId } = useSession();
  return draft === undefined ? undefined : `yishi.draft.${me.person.id}.${placeId}.${draft}`;
}

function useSavedDraft<Values extends object>(
  storage: string | undefined,
  values: Values,
  initial: Values,
): void {
  const latest = useRef(values);
  const untouched = useRef(JSON.stringify(initial));
  useEffect(() => {
    latest.current = values;
    if (storage === undefined || forgotten.has(storage)) return;
    if (JSON.stringify(values) === untouched.current) unsaved.delete(storage);
    else unsaved.set(storage, values);
  }, [values, storage]);
  const save = useCallback(() => {
    if (storage === undefined) return;
    const text = JSON.stringify(latest.current);
    if (text !== untouched.current && !forgotten.has(storage)) write(storage, text);
  }, [storage]);
  useEffect(() => {
    if (storage !== undefined) forgotten.delete(storage);
    const timer = setInterval(save, SAVE_EVERY_MS);
    return () => {
      clearInterval(timer);
      save();
    };
  }, [save, storage]);
}

/** Drafts that were sent: leaving the page must not write them again. */
const forgotten = new Set<string>();
/** What was typed last: a form that is mounted anew reads it before the old one could save. */
const unsaved = new Map<string, object>();

function forgetDraft(storage: string | undefined): void {
  if (storage === undefined) return;
  forgotten.add(storage);
  unsaved.delete(storage);
  try {
    localStorage.removeItem(storage);
  } catch {
    // A browser that keeps nothing has nothing to remove.
  }
}

function write(storage: string, text: string): void {
  try {
    localStorage.setItem(storage, text);
  } catch {
    // Storage full or forbidden: the form still works, only the draft does not outlive the page.
  }
}

function savedDraft<Values>(storage: string | undefined): Partial<Values> {
  if (storage === undefined) return {};
  const typed = unsaved.get(storage);
  if (typed) return typed;
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(storage) ?? '{}');
    return typeof saved === 'object' && saved !== null ? saved : {};
  } catch {
    return {};
  }
}

import { useEffect } from 'react';

import { useSteps } from '../data/steps-context.ts';

/** Ctrl+Z takes the last step back unless something is being written; a held Enter presses a button once. */
export function useGlobalKeys(): void {
  const { undo } = useSteps();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isUndo = event.code === 'KeyZ' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      if (isUndo && !isWriting(event.target)) {
        event.preventDefault();
        undo();
      }
      if (event.repeat && event.key === 'Enter' && !(event.target instanceof HTMLTextAreaElement))
        event.preventDefault();
    };
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, [undo]);
}

function isWriting(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio';
}

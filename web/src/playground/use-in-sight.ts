import { useEffect, useRef, useState, type RefObject } from 'react';

import type { MessagesById } from './types.ts';

const MOSTLY = 0.6;

/** Which phones of the row are in sight, and how much of the others has been seen. */
export function useInSight(row: RefObject<HTMLElement | null>, key: string, messages: MessagesById) {
  const [visible, setVisible] = useState<ReadonlySet<string>>(new Set());
  const [seen, setSeen] = useState<ReadonlyMap<string, number>>(new Map());
  const latest = useRef(messages);
  useEffect(() => {
    latest.current = messages;
  }, [messages]);

  useEffect(() => {
    const root = row.current;
    if (!root || key === '') return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        const ids = (inSight: boolean) =>
          entries
            .filter((entry) => entry.isIntersecting === inSight)
            .map(({ target }) => (target as HTMLElement).dataset['phone'] ?? '');
        const gone = ids(false);
        setVisible((known) => new Set([...known, ...ids(true)].filter((id) => !gone.includes(id))));
        setSeen(
          (known) =>
            new Map([
              ...known,
              ...ids(true).map((id) => [id, countOf(id)] as const),
              ...wentAway(known, gone),
            ]),
        );
      },
      { root, threshold: MOSTLY },
    );
    const countOf = (id: string) => latest.current.get(id)?.length ?? 0;
    /** A phone that was never in sight has not been seen at all. */
    const wentAway = (known: ReadonlyMap<string, number>, gone: readonly string[]) =>
      gone.filter((id) => known.has(id)).map((id) => [id, countOf(id)] as const);
    for (const phone of root.querySelectorAll('[data-phone]')) observer.observe(phone);
    return () => observer.disconnect();
  }, [row, key]);

  return { visible, seen };
}

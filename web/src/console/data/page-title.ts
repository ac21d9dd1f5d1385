import { useEffect } from 'react';

import { useSession } from './session.ts';

/** 诉求#12 · 幸福里 */
export function usePageTitle(title: string): void {
  const { me } = useSession();
  useEffect(() => {
    document.title = `${title} · ${me.place.name}`;
  }, [title, me.place.name]);
}

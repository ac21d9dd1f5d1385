import { Outlet } from 'react-router';

import { useLiveHints } from '../data/live.ts';
import { useSession } from '../data/session.ts';
import { StepsProvider } from '../data/steps-provider.tsx';
import { useGlobalKeys } from './global-keys.ts';
import { BottomBar } from './bottom-bar.tsx';
import { OfflineBar } from './offline-bar.tsx';
import { SideNav } from './side-nav.tsx';
import { TopBar } from './top-bar.tsx';

/** The frame of every page behind the sign-in. */
export function Shell() {
  return (
    <StepsProvider>
      <Frame />
    </StepsProvider>
  );
}

function Frame() {
  const { placeId } = useSession();
  useLiveHints(placeId);
  useGlobalKeys();
  return (
    <div className="shell">
      <a className="skip" href="#content">
        跳到正文
      </a>
      <TopBar />
      <SideNav />
      <main id="content" tabIndex={-1}>
        <OfflineBar />
        <Outlet />
      </main>
      <BottomBar />
    </div>
  );
}

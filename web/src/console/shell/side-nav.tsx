import { UserOutlined } from '@ant-design/icons';
import { Link, useLocation } from 'react-router';

import { addresses } from '../data/addresses.ts';
import { useSession } from '../data/session.ts';
import { DESTINATIONS, isCurrent, type Destination } from './destinations.tsx';
import { useBadges } from './use-badges.ts';

/** Left of the page from 768 px on: icon and word. */
export function SideNav() {
  const { isSecretary, me } = useSession();
  const { pathname } = useLocation();
  const badges = useBadges();
  const shown = DESTINATIONS.filter((destination) => isSecretary || destination.forAll);
  const item = (destination: Pick<Destination, 'to' | 'word' | 'icon' | 'also'>) => (
    <li key={destination.to}>
      <Link
        to={destination.to}
        className="nav-link"
        aria-current={isCurrent(destination, pathname) ? 'page' : undefined}
      >
        {destination.icon}
        <span>{destination.word}</span>
        <NavBadge count={badges[destination.to] ?? 0} />
      </Link>
    </li>
  );
  return (
    <nav className="side-nav" aria-label="主菜单">
      <ul>{shown.filter(({ group }) => group === 'work').map(item)}</ul>
      <ul className="nav-base">
        {shown.filter(({ group }) => group === 'base').map(item)}
        {item({ to: addresses.account, word: me.person.name, icon: <UserOutlined aria-hidden="true" /> })}
      </ul>
    </nav>
  );
}

/** Only what waits for the person. */
export function NavBadge({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="nav-badge">
      <span className="by-ear">，等办</span>
      {count > 99 ? '99+' : count}
    </span>
  );
}

import { EllipsisOutlined } from '@ant-design/icons';
import { Link, useLocation } from 'react-router';

import { addresses } from '../data/addresses.ts';
import { useSession } from '../data/session.ts';
import { DESTINATIONS, isCurrent } from './destinations.tsx';
import { NavBadge } from './side-nav.tsx';
import { useBadges } from './use-badges.ts';

const ON_PHONES: readonly string[] = [addresses.today, addresses.concerns, addresses.topics];

/** On phones: 今天 诉求 议题 更多; other officers get 今天 交办 更多. */
export function BottomBar() {
  const { isSecretary } = useSession();
  const { pathname } = useLocation();
  const badges = useBadges();
  const shown = DESTINATIONS.filter(({ to, forAll }) => (isSecretary ? ON_PHONES.includes(to) : forAll));
  const isElsewhere = !shown.some((destination) => isCurrent(destination, pathname));
  return (
    <nav className="bottom-bar" aria-label="底部菜单">
      {shown.map((destination) => (
        <Link
          key={destination.to}
          to={destination.to}
          aria-current={isCurrent(destination, pathname) ? 'page' : undefined}
        >
          {destination.icon}
          <span>{destination.word}</span>
          <NavBadge count={badges[destination.to] ?? 0} />
        </Link>
      ))}
      <Link to={addresses.more} aria-current={isElsewhere ? 'page' : undefined}>
        <EllipsisOutlined aria-hidden="true" />
        <span>更多</span>
      </Link>
    </nav>
  );
}

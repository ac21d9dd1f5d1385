import { Link } from 'react-router';

import { addresses } from '../data/addresses.ts';
import { useSession } from '../data/session.ts';
import { NewMenu } from './new-menu.tsx';
import { PlaceSwitch } from './place-switch.tsx';
import { SearchBox } from './search-box.tsx';

export function TopBar() {
  const { isSecretary } = useSession();
  return (
    <header className="top-bar">
      <Link to={addresses.today} className="seal" aria-label="议事工作台，回到今天">
        议
      </Link>
      <PlaceSwitch />
      <SearchBox />
      {isSecretary && <NewMenu />}
    </header>
  );
}

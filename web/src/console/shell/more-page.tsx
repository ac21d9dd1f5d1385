import { RightOutlined, UserOutlined } from '@ant-design/icons';
import { Link } from 'react-router';

import { addresses } from '../data/addresses.ts';
import { useSession } from '../data/session.ts';
import { Page } from '../shared/page.tsx';
import { DESTINATIONS } from './destinations.tsx';
import { NEW_THINGS } from './new-menu.tsx';

/** On phones: whatever the bottom bar has no room for. */
export function MorePage() {
  const { isSecretary } = useSession();
  const destinations = DESTINATIONS.filter(({ forAll }) => isSecretary || forAll);
  return (
    <Page title="更多">
      <ul className="rows">
        {[
          ...destinations,
          { to: addresses.account, word: '我的', icon: <UserOutlined aria-hidden="true" /> },
        ].map(({ to, word, icon }) => (
          <li key={to}>
            <Link to={to} className="row more-row">
              {icon}
              <span className="row-main">{word}</span>
              <RightOutlined aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
      {isSecretary && (
        <>
          <h2>新建</h2>
          <ul className="rows">
            {NEW_THINGS.map(({ to, word }) => (
              <li key={to}>
                <Link to={to} className="row more-row">
                  <span className="row-main">{word}</span>
                  <RightOutlined aria-hidden="true" />
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}

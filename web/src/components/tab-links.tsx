import { Link } from 'react-router';

interface TabLink {
  readonly key: string;
  readonly label: string;
  readonly count?: number | undefined;
  readonly to: string;
}

/** Tabs that live in the address: back and sharing work. */
export function TabLinks({
  label,
  tabs,
  current,
}: {
  label: string;
  tabs: readonly TabLink[];
  current: string;
}) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.key}
          to={tab.to}
          replace
          className={tab.key === current ? 'tab tab-on' : 'tab'}
          aria-current={tab.key === current ? 'page' : undefined}
        >
          {tab.label}
          {tab.count !== undefined && tab.count > 0 && <span className="tab-count">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}

import {
  BellOutlined,
  CalendarOutlined,
  CarryOutOutlined,
  HomeOutlined,
  IdcardOutlined,
  InboxOutlined,
  ProjectOutlined,
  TeamOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';

import { addresses } from '../data/addresses.ts';

export interface Destination {
  readonly to: string;
  readonly word: string;
  readonly icon: ReactNode;
  /** Other officers than secretaries see only these. */
  readonly forAll?: boolean;
  /** Also current below these addresses. */
  readonly also?: string;
  readonly group: 'work' | 'base';
}

/** The console's places, in the order of the work. */
export const DESTINATIONS: readonly Destination[] = [
  {
    to: addresses.today,
    word: '今天',
    icon: <HomeOutlined aria-hidden="true" />,
    forAll: true,
    group: 'work',
  },
  { to: addresses.concerns, word: '诉求', icon: <InboxOutlined aria-hidden="true" />, group: 'work' },
  {
    to: addresses.topics,
    word: '议题',
    icon: <ProjectOutlined aria-hidden="true" />,
    also: addresses.polls,
    group: 'work',
  },
  { to: addresses.meetings, word: '协商会', icon: <CalendarOutlined aria-hidden="true" />, group: 'work' },
  {
    to: addresses.assignments,
    word: '交办',
    icon: <CarryOutOutlined aria-hidden="true" />,
    forAll: true,
    group: 'work',
  },
  { to: addresses.notices, word: '通知', icon: <BellOutlined aria-hidden="true" />, group: 'work' },
  { to: addresses.people, word: '居民', icon: <IdcardOutlined aria-hidden="true" />, group: 'base' },
  { to: addresses.groups, word: '群', icon: <TeamOutlined aria-hidden="true" />, group: 'base' },
  { to: addresses.operations, word: '运行', icon: <ToolOutlined aria-hidden="true" />, group: 'base' },
];

export function isCurrent({ to, also }: Pick<Destination, 'to' | 'also'>, path: string): boolean {
  if (to === addresses.today) return path === '/console' || path === addresses.today;
  return path.startsWith(to) || (also !== undefined && path.startsWith(also));
}

import type { Group, Office, Person, Place } from '#core/people';
import { directConversationId, webConversation } from '#core/web-chat';
import { DEFAULT_RULES } from '#procedure/rules';

/** Somebody of the demo community, with the groups they are in. */
export interface DemoPerson {
  readonly key: string;
  readonly person: Person;
  readonly groupIds: readonly string[];
  /** How demo.json calls them; only office holders sign in to the console. */
  readonly signsIn?: string;
}

const TIME_ZONE = 'Asia/Shanghai';
const STREET_ID = 'place:tonghua';
const COMMUNITY_ID = 'place:xingfuli';

export const DEMO_PLACES: readonly Place[] = [
  {
    id: STREET_ID,
    name: '桐花街道',
    kind: 'town',
    ancestorIds: [],
    timeZone: TIME_ZONE,
    dutyContact: { name: '陈芳', unit: '街道', phone: '0000-5550101' },
    rules: DEFAULT_RULES,
  },
  {
    id: COMMUNITY_ID,
    name: '幸福里',
    kind: 'community',
    ancestorIds: [STREET_ID],
    timeZone: TIME_ZONE,
    dutyContact: { name: '刘敏', unit: '社区', phone: '0000-5550102' },
    rules: DEFAULT_RULES,
  },
];

const group = (key: string, kind: Group['kind'], name: string, unit?: string): Group => ({
  id: `group:${key}`,
  placeId: COMMUNITY_ID,
  kind,
  name,
  conversation: webConversation(key),
  ...(unit !== undefined && { unit }),
});

export const DEMO_GROUPS: readonly Group[] = [
  group('xingfuli-residents', 'residents', '幸福里居民群'),
  group('xingfuli-secretaries', 'secretaries', '幸福里工作群'),
  group('xingfuli-liaison', 'liaison', '政协联络组群', '政协联络组'),
  group('xingfuli-property', 'department', '幸福里物业群', '物业'),
];

const RESIDENTS = ['张桂兰', '李明', '王芳', '赵国强', '孙丽', '周建军', '吴秀英', '郑伟', '冯玉梅', '何涛'];

const resident = (name: string, index: number): DemoPerson => {
  const key = `resident-${index + 1}`;
  return { key, person: personOf(key, name, []), groupIds: ['group:xingfuli-residents'] };
};

const officer = (
  key: string,
  name: string,
  office: Office,
  groupIds: readonly string[],
  signsIn: string,
): DemoPerson => ({
  key,
  person: personOf(key, name, [office]),
  groupIds,
  signsIn,
});

function personOf(key: string, name: string, offices: readonly Office[]): Person {
  return { id: `person:${key}`, name, homePlaceId: COMMUNITY_ID, offices };
}

/** Invented people; the first of each role is who the README's tour uses. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  ...RESIDENTS.map(resident),
  officer(
    'secretary',
    '刘敏',
    { role: 'secretary', placeId: COMMUNITY_ID, unit: '社区' },
    ['group:xingfuli-secretaries', 'group:xingfuli-residents'],
    'secretary',
  ),
  officer(
    'deputy',
    '杨帆',
    { role: 'secretary', placeId: COMMUNITY_ID, unit: '社区' },
    ['group:xingfuli-secretaries'],
    'secretary',
  ),
  officer(
    'liaison',
    '周岚',
    { role: 'liaison', placeId: COMMUNITY_ID, unit: '政协联络组' },
    ['group:xingfuli-liaison'],
    'liaison',
  ),
  officer(
    'property',
    '刘建国',
    { role: 'department', placeId: COMMUNITY_ID, unit: '物业' },
    ['group:xingfuli-property'],
    'department',
  ),
  officer(
    'property-2',
    '王强',
    { role: 'department', placeId: COMMUNITY_ID, unit: '物业' },
    ['group:xingfuli-property'],
    'department',
  ),
  officer('admin', '陈芳', { role: 'admin', placeId: STREET_ID, unit: '街道' }, [], 'admin'),
];

/** The one-to-one chat of a demo person with the bot. */
export function directOf(key: string) {
  return webConversation(directConversationId(key));
}

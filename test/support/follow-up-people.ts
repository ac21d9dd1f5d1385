import { DateTime } from 'luxon';
import type { ConversationRef } from '#core/message';
import type { Group, Person, Place } from '#core/people';
import type { Topic } from '#core/topic';
import { DEFAULT_RULES } from '#procedure/rules';

export const ZONE = 'Asia/Shanghai';
/** A local moment of the town: 2026-11-02T10:00. */
export const at = (local: string) => DateTime.fromISO(local, { zone: ZONE }).toJSDate();

export const chat = (conversationId: string): ConversationRef => ({
  channel: 'web',
  account: 'demo',
  conversationId,
});

function place(id: string, ancestorIds: string[] = ['street']): Place {
  const dutyContact = { name: '刘敏', unit: '社区', phone: '88881234' };
  return { id, name: id, kind: 'community', ancestorIds, timeZone: ZONE, dutyContact, rules: DEFAULT_RULES };
}

export const PLACES = [place('xfl'), place('elsewhere'), place('street', [])];

function group(id: string, kind: Group['kind'], placeId = 'xfl', unit?: string): Group {
  return { id, placeId, kind, name: id, conversation: chat(id), ...(unit !== undefined && { unit }) };
}

export const GROUPS = [
  group('3号楼群', 'residents'),
  group('5号楼群', 'residents'),
  group('secretaries', 'secretaries'),
  group('wuye', 'department', 'xfl', '物业'),
  group('liaison', 'liaison'),
  group('chengguan', 'department', 'street', '城管办'),
  group('elsewhere-residents', 'residents', 'elsewhere'),
  group('elsewhere-secretaries', 'secretaries', 'elsewhere'),
];

function person(name: string, offices: Person['offices'] = [], homePlaceId = 'xfl'): Person {
  return { id: `person:${name}`, name, homePlaceId, offices };
}

export const PEOPLE = [
  person('张桂兰'),
  person('李明'),
  person('刘敏', [{ role: 'secretary', placeId: 'xfl', unit: '社区' }]),
  person('刘建国', [{ role: 'department', placeId: 'xfl', unit: '物业' }]),
  person('王强', [{ role: 'department', placeId: 'xfl', unit: '电力' }]),
  person('赵亮', [{ role: 'department', placeId: 'street', unit: '城管办' }]),
  person('外书记', [{ role: 'secretary', placeId: 'elsewhere' }], 'elsewhere'),
];
export const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  '3号楼群': ['张桂兰', '李明'],
  '5号楼群': ['李明'],
  wuye: ['刘建国'],
  chengguan: ['赵亮'],
};
/** 李明 cannot be written to one-to-one. */
export const WITHOUT_DIRECT = new Set(['李明']);

export const topicOf = (number: number, more: Partial<Topic> = {}): Topic => ({
  id: `topic:${number}`,
  placeId: 'xfl',
  number,
  title: '3号楼加装电梯',
  description: '',
  source: 'residents',
  concernIds: [],
  options: ['赞成', '反对'],
  stage: 'consult',
  history: [],
  createdAt: at('2026-10-01T10:00'),
  createdById: 'person:刘敏',
  revision: 1,
  ...more,
});

import type { Card } from '#core/card';
import type { Light } from '#core/outcome';
import { LIGHT_WORDS, staffWords, type Staff } from './words.ts';

/** Coming or not. */
export function rsvpCard(meeting: { number: number; title: string; starts: string; room: string; invited: string }): Card {
  return {
    purpose: 'rsvp',
    title: `协商会#${meeting.number} ${meeting.title}`,
    description: meeting.starts,
    facts: [
      { label: '地点', value: meeting.room },
      { label: '请了', value: meeting.invited },
    ],
    choices: [
      { label: '报名', say: `报名 ${meeting.number}` },
      { label: '请假', say: `请假 ${meeting.number}` },
    ],
  };
}

/** Send or not, under a preview. `what` says what goes out: 通知#8, 议题#3的表决. */
export function confirmCard(data: { what: string; groups: number; people: number; code: string; minutes: number }): Card {
  return {
    purpose: 'confirm',
    title: `${data.what}还没发`,
    description: `${data.minutes}分钟后作废`,
    facts: [{ label: '发到', value: `${data.groups}个群，约${data.people}人` }],
    choices: [
      { label: `发给${data.groups}个群`, say: `确认 ${data.code}` },
      { label: '不发', say: `取消 ${data.code}` },
    ],
  };
}

const LIGHT_TONES = { green: 'neutral', yellow: 'attention', red: 'late' } as const;

/** An assignment with its light; reporting and asking for more time need words, so they open a page. */
export function assignmentCard(data: {
  number: number;
  action: string;
  responsible: Staff;
  due: string;
  topicNumber: number;
  light: Light;
  /** 还剩3个工作日 */
  standing: string;
  link?: string | undefined;
}): Card {
  const { link } = data;
  return {
    purpose: 'assignment',
    title: `T${data.number} ${data.action}`,
    description: `办好发「办结 T${data.number}」加一句说明，来不及发「延期 T${data.number}」加理由`,
    source: { text: `${LIGHT_WORDS[data.light].word} ${data.standing}`, tone: LIGHT_TONES[data.light] },
    facts: [
      { label: '负责', value: staffWords(data.responsible) },
      { label: '期限', value: data.due },
      { label: '来由', value: `议题#${data.topicNumber}` },
    ],
    choices: [],
    ...(link !== undefined && { link: { label: '办结、延期', url: link } }),
  };
}

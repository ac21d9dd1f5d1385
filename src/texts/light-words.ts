import type { Assignment, LightReason } from '#core/outcome';
import { ASSIGNMENT_STATE_WORDS } from './words.ts';

/** How an assignment stands, in a few signs: 还剩3个工作日, 今天到期, 过期1个工作日, 等核实, 被退回. */
export function standingWords(reason: LightReason, state: Assignment['state'] = 'open'): string {
  if (state === 'returned') return ASSIGNMENT_STATE_WORDS.returned;
  switch (reason.kind) {
    case 'daysLeft':
      if (reason.isToday) return '今天到期';
      return reason.days === 0 ? '这两天到期' : `还剩${reason.days}个工作日`;
    case 'overdue':
      return reason.days === 0 ? '刚过期' : `过期${reason.days}个工作日`;
    case 'reported':
      return ASSIGNMENT_STATE_WORDS.claimed;
    case 'done':
      return ASSIGNMENT_STATE_WORDS.done;
  }
}

import type { Conversation } from './types.ts';

const BY_KIND: Readonly<Record<string, readonly string[]>> = {
  residents: ['反映 3号楼门口的路灯坏了三天，老人晚上出门看不清', '附议 1', '进度 1', '投 1', '报名 1', '帮助'],
  secretaries: ['待办', '立题 1', '表决 1', '通知 明天停水', '帮助'],
  liaison: ['交办', '帮助'],
  department: ['交办', '办结 T1 换了新灯', '延期 T1 至12月20日 缺配件', '帮助'],
  direct: ['进度', '回执 1', '评价 1 满意', '异议 1 分摊不合理', '帮助'],
};

/** Words to try in this chat: they are pasted, never sent. */
export function suggestionsFor(conversation: Conversation): readonly string[] {
  return BY_KIND[conversation.groupKind ?? 'direct'] ?? [];
}

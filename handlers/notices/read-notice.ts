import type { Group } from '#core/people';
import { normalizeCommandText } from '#language/normalize';

/** What follows 通知: the words, and the groups when they are named in front. */
export interface NoticeWords {
  readonly text: string;
  /** As the secretary called them; empty = all residents' groups. */
  readonly groupNames: readonly string[];
}

const NAMED_GROUPS = /^\s*(?:到|给|发到|发给)\s*([^:：\n]{1,200})[:：]\s*([\s\S]*)$/u;

/** Reads `内容` or `到 3号楼群、5号楼群：内容`. */
export function readNotice(original: string): NoticeWords {
  const named = NAMED_GROUPS.exec(original);
  if (!named) return { text: original, groupNames: [] };
  const names = (named[1] ?? '').split(/[、,，;；/和]/u).map((name) => name.trim());
  return { text: named[2] ?? '', groupNames: names.filter((name) => name !== '') };
}

/** The group that a secretary means: the same name, else the only one whose name contains it. */
export function groupNamed(groups: readonly Group[], name: string): Group | undefined {
  const wanted = normalizeCommandText(name).replaceAll(' ', '');
  const plain = groups.map((group) => ({
    group,
    name: normalizeCommandText(group.name).replaceAll(' ', ''),
  }));
  const same = plain.find((one) => one.name === wanted);
  if (same) return same.group;
  const containing = plain.filter((one) => one.name.includes(wanted.replace(/群$/u, '')));
  return containing.length === 1 ? containing[0]?.group : undefined;
}

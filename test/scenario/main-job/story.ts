import type { TestApp } from '#test/support/app';
import type { Town } from '#test/support/chat';
import type { ConsoleUser } from '#test/support/console';

/** What the chapters of the main job hand on to each other. */
export interface Story {
  app: TestApp;
  town: Town;
  /** The community's secretary in the console. */
  liuMin: ConsoleUser;
  topicId: string;
  pollId: string;
}

export const RESIDENTS = 'group:xingfuli-residents';
export const PROPERTY = 'group:xingfuli-property';
export const LIAISON = 'group:xingfuli-liaison';

/** The id of a concern, as the queue of the console shows it. */
export async function concernId({ liuMin }: Story, number: number): Promise<string> {
  const { items } = await liuMin.get<{ items: { id: string; number: number }[] }>('/concerns?state=all');
  const found = items.find((row) => row.number === number);
  if (!found) throw new Error(`the console shows no concern ${number}`);
  return found.id;
}

/** The console's address of something. */
export function at(list: string, id: string): string {
  return `/${list}/${encodeURIComponent(id)}`;
}

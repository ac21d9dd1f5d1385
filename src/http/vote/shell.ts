import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { html, type Html } from './html.ts';

/** What stands in the built page where a view goes. */
const PLACE = '<main id="page"></main>';
const TITLE = '<title>表决</title>';
const BARE = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8" />${TITLE}</head><body>${PLACE}</body></html>`;

export interface View {
  readonly title: string;
  readonly body: Html;
}

/** Puts a view into the built page; without a build the page is bare, and works. */
export function createShell(distDir: string): (view: View) => string {
  const path = join(distDir, 'vote.html');
  const shell = existsSync(path) ? readFileSync(path, 'utf8') : BARE;
  return ({ title, body }) =>
    // Replaced by functions: a $ that somebody wrote means nothing here.
    shell
      .replace(TITLE, () => html`<title>${title}</title>`.html)
      .replace(PLACE, () => html`<main id="page">${body}</main>`.html);
}

/** A piece of HTML that is safe to show: everything that people wrote in it is escaped. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | undefined | false | readonly (Html | string)[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Joins fixed HTML with parts: text is escaped, HTML stays, what is absent is nothing. */
export function html(fixed: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: fixed.map((piece, index) => piece + shown(parts[index])).join('') };
}

/** What somebody wrote, kept apart from the direction of the text around it. */
export function said(text: string): Html {
  return html`<bdi>${text}</bdi>`;
}

function shown(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number')
    return String(part).replace(/[&<>"']/gu, (sign) => ESCAPES[sign] ?? '');
  return 'html' in part ? part.html : part.map(shown).join('');
}

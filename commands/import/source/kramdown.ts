/** A page's text in plain Markdown and HTML, and the labels of its filters by their scopes. */
export interface Markdown {
  text: string;
  labels: ReadonlyMap<string, string>;
}

const CONTAINER = /^([ \t]*)((?:<\/?(?:div|section|aside|details|data-set)\b[^>]*>\s*)+)$/;

/**
 * Returns a page's text without what only kramdown and the docs' site know: attribute lists, the mark for the table of
 * contents, comments, and the buttons of filters, whose labels are returned. Elements that hold Markdown are on lines
 * of their own, between empty lines.
 */
export function plainMarkdown(text: string): Markdown {
  const labels = new Map<string, string>();
  const withoutButtons = text.replace(/<div[^>]*class="[^"]*\bfilters\b[^"]*"[^>]*>[^]*?<\/div>/g, (buttons) => {
    for (const [, attributes = '', label = ''] of buttons.matchAll(/<button([^>]*)>([^]*?)<\/button>/g)) {
      const scope = /data-scope="([^"]*)"/.exec(attributes)?.[1];
      if (scope !== undefined) labels.set(scope, label.replace(/<[^>]*>/g, '').trim());
    }
    return /data-scope="(?:in)?secure"/.test(buttons) ? '\n<data-set data-name="modes"></data-set>\n' : '';
  });
  return { text: outsideOfFences(withoutButtons, plain), labels };
}

function plain(text: string): string {
  return text
    .replace(/<!--[^]*?-->/g, '')
    .replace(/\{::comment\}[^]*?\{:\/(?:comment)?\}/g, '')
    .replace(/\{::?\/?\w*(?:\s[^}\n]*)?\/?\}/g, '')
    .replace(/^[ \t]*[*-] TOC[ \t]*\n[ \t]*\{:toc\}.*$/gm, '')
    .replace(/^[ \t]*\{:[^}\n]*\}[ \t]*$/gm, '')
    .replace(/\{:[^}\n]*\}/g, '')
    .replace(/^(#+ .*?)[ \t]*\{#[\w-]+\}[ \t]*$/gm, '$1')
    .split('\n')
    .map((line) => {
      const [, indent = '', tags] = CONTAINER.exec(line) ?? [];
      return tags === undefined ? line : `\n${tags.trim().replace(/>\s*</g, '>\n\n<').replace(/^/gm, indent)}\n`;
    })
    .join('\n');
}

/** Applies `change` to the parts of a text between its fences. */
function outsideOfFences(text: string, change: (part: string) => string): string {
  const parts: string[] = [];
  let part: string[] = [];
  let open: string | undefined;
  const end = (changed: boolean): void => {
    if (part.length > 0) parts.push(changed ? change(part.join('\n')) : part.join('\n'));
    part = [];
  };
  for (const line of text.split('\n')) {
    const marks = /^\s*(?:(?:[-*+]|\d+\.)\s+)?(~{3,}|`{3,})(?!.*`)(.*)$/.exec(line);
    if (open === undefined && marks) {
      end(true);
      open = marks[1];
      part.push(line);
    } else if (open !== undefined && marks?.[1]?.startsWith(open) && marks[2]?.trim() === '') {
      part.push(line);
      end(false);
      open = undefined;
    } else part.push(line);
  }
  end(open === undefined);
  return parts.join('\n');
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Files that every content folder has, because the compiler lists these folders. */
const FOLDERS = { 'pages/.keep': '', 'tutorials/.keep': '', 'partials/.keep': '', 'samples/.keep': '' };

/**
 * Calls `use` with a content folder that has these files, by their paths in it, and removes the folder. By default, its
 * navigation lists all pages.
 */
export function inContent<Result>(files: Record<string, string>, use: (content: string) => Result): Result {
  const content = mkdtempSync(join(tmpdir(), 'content-'));
  try {
    for (const [path, body] of Object.entries({ ...FOLDERS, 'navigation.json': listing(files), ...files })) {
      mkdirSync(dirname(join(content, path)), { recursive: true });
      writeFileSync(join(content, path), body);
    }
    return use(content);
  } finally {
    rmSync(content, { recursive: true });
  }
}

/** Returns a navigation that lists the pages among these files. */
function listing(files: Record<string, string>): string {
  const paths = Object.keys(files).filter((path) => /^(pages|tutorials)\/[^/]*\.mdx$/.test(path));
  const pages = paths.map((path) => ({ page: path.replace(/^.*\/|\.mdx$/g, ''), about: 'A page' }));
  return JSON.stringify({ start: pages[0]?.page ?? 'none', groups: [{ title: 'All', pages }] });
}

/** Returns a page's text with a frontmatter that has these lines, too. */
export function pageOf(body: string, ...keys: string[]): string {
  return ['---', 'title: T', 'summary: S', ...keys, '---', '', body].join('\n');
}

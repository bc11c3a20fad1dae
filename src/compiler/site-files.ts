import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SourcePage } from './source-page.ts';

/** Files of the site that the build makes. */
const MADE = ['404.html', 'llms.txt', 'robots.txt', 'run-step.js', 'sitemap-index.xml', 'sql-words.json'];

/** Returns a function that tells whether the site has a file at that path, such as `/favicon.svg`. */
export function siteFiles(content: string, pages: readonly SourcePage[]): (path: string) => boolean {
  const made = new Set([
    ...MADE.map((file) => `/${file}`),
    ...pages.filter(({ steps }) => steps.length > 0).map(({ name }) => `/steps/${name}.json`),
  ]);
  return (path) =>
    made.has(path) ||
    existsSync(join(content, '..', 'public', path)) ||
    (path.startsWith('/samples/') && existsSync(join(content, path)));
}

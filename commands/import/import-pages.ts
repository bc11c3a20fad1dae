import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError, type Wanted } from './arguments.ts';
import { pageName, readPage } from './imported-page.ts';
import { pageFiles } from './page/page-files.ts';
import { existingPage, writePage } from './page/write-page.ts';
import { reportOf, type PageReport } from './report.ts';

/** Imports pages into a content folder. Throws UsageError when one is already there and is not to be replaced. */
export async function importPages(
  paths: readonly string[],
  { to, samples, force }: Wanted,
  content: string,
): Promise<PageReport[]> {
  const taken = paths.map(pageName).filter((name) => existingPage(content, name) !== undefined);
  if (taken.length > 0 && !force)
    throw new UsageError(`There is already a page ${taken.join(', ')}: --force replaces it.`);
  const here = new Set(
    [...readdirSync(join(content, 'tutorials')), ...readdirSync(join(content, 'pages'))].map(pageName),
  );
  const all = new Set([...here, ...paths.map(pageName)]);
  const pages = paths.map((path) => readPage(path, all, samples));
  return pages.map((page) => {
    const files = writePage(pageFiles(page), { content, folder: to, name: page.name, title: page.title });
    return reportOf(page, files);
  });
}

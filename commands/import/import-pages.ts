import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE_FOLDERS } from '../../src/compiler/page-neighbours.ts';
import { UsageError } from '../client/command-line.ts';
import type { Wanted } from './arguments.ts';
import { pageName, readPage } from './imported-page.ts';
import { existingPage, writePage } from './page/write-page.ts';
import { compiledPage } from './trial/compiled-page.ts';
import { showUnsure } from './trial/settle-outputs.ts';
import { tryPage } from './trial/try-page.ts';
import { failureOf, reportOf, type PageReport } from './report.ts';

/** Where pages are imported. */
export interface Place {
  /** The content folder. */
  content: string;
  /** The server on which their steps are tried; undefined when they are not. */
  url: string | undefined;
}

/** Imports pages into a content folder. Throws UsageError when one is already there and is not to be replaced. */
export async function importPages(
  paths: readonly string[],
  { to, samples, force }: Wanted,
  { content, url }: Place,
): Promise<PageReport[]> {
  const taken = paths.map(pageName).filter((name) => existingPage(content, name) !== undefined);
  if (taken.length > 0 && !force)
    throw new UsageError(`There is already a page ${taken.join(', ')}: --force replaces it.`);
  const here = PAGE_FOLDERS.flatMap((folder) => readdirSync(join(content, folder)).map(pageName));
  const all = new Set([...here, ...paths.map(pageName)]);
  const reports: PageReport[] = [];
  for (const path of paths) {
    try {
      const page = readPage(path, all, samples);
      if (url === undefined) showUnsure(page);
      const compiled = url === undefined ? compiledPage(page) : await tryPage(page, url);
      const files = writePage(compiled, { content, folder: to, name: page.name, title: page.title });
      reports.push(reportOf(page, files));
    } catch (cause) {
      // The other pages do not depend on this one.
      reports.push(failureOf(path, pageName(path), cause instanceof Error ? cause.message : String(cause)));
    }
  }
  return reports;
}

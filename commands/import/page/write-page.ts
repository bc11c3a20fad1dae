import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NAVIGATION_FILE, readNavigation } from '../../../src/compiler/navigation-file.ts';
import { PAGE_FOLDERS } from '../../../src/compiler/page-neighbours.ts';
import { withEntry } from '../../new/navigation-entry.ts';
import type { PageFiles } from './page-files.ts';

/** The group of the sidebar that imported pages go to. */
const GROUP = 'Imported';

/** Where a page goes. */
export interface Destination {
  /** The content folder. */
  content: string;
  folder: 'tutorials' | 'pages';
  name: string;
  title: string;
}

/** Returns the path of the page's file if the content folder already has a page of that name; else undefined. */
export function existingPage(content: string, name: string): string | undefined {
  const paths = PAGE_FOLDERS.map((folder) => join(content, folder, `${name}.mdx`));
  return paths.find((path) => existsSync(path));
}

/**
 * Writes a page, its samples and its entry in the navigation; replaces an earlier import of the same page. Returns the
 * paths of the files in the content folder, the page's first.
 */
export function writePage({ mdx, samples }: PageFiles, { content, folder, name, title }: Destination): string[] {
  rmSync(join(content, 'samples', name), { recursive: true, force: true });
  for (const each of PAGE_FOLDERS) rmSync(join(content, each, `${name}.mdx`), { force: true });
  const files = new Map([
    [`${folder}/${name}.mdx`, mdx],
    ...[...samples].map(([path, text]) => [`samples/${path}`, text] as const),
  ]);
  for (const [path, text] of files) write(join(content, path), text);
  addToNavigation(content, name, title);
  return [...files.keys()];
}

function addToNavigation(content: string, name: string, title: string): void {
  const path = join(content, NAVIGATION_FILE);
  const text = readFileSync(path, 'utf8');
  const { groups } = readNavigation(text);
  if (groups.some(({ pages }) => pages.some(({ page }) => page === name))) return;
  write(path, withEntry(text, { page: name, label: title }, { made: GROUP }));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

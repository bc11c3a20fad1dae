import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NAVIGATION_FILE } from '../../src/compiler/navigation-file.ts';
import { checkAvailable } from '../packages/available.ts';
import type { WantedPage } from './arguments.ts';
import { withEntry } from './navigation-entry.ts';
import type { Starter } from './starter.ts';
import { writeNew } from './new-files.ts';
import { pageFiles } from './page-files.ts';
import { checkFree } from './taken-names.ts';
import { tutorialFiles } from './tutorial-files.ts';

/**
 * Makes a page with all that belongs to it. Returns the lines that say what was made and what to do next. Throws
 * Refusal when it cannot be made; nothing has been changed then.
 */
export function makePage(content: string, { name, title, group, starter }: WantedPage): string[] {
  checkFree(content, name);
  const called = title ?? titleFor(name, starter);
  for (const each of starter?.packages ?? []) checkAvailable(content, starter!.language.name, each);
  const files = starter ? tutorialFiles(name, called, starter) : pageFiles(name, called);
  const file = join(content, NAVIGATION_FILE);
  const place = group === undefined ? starter && { language: starter.language.label } : { title: group };
  const entry = starter ? { page: name, label: name, about: 'Keep a list of books' } : { page: name };
  const navigation = withEntry(readFileSync(file, 'utf8'), entry, place);
  writeNew(content, files);
  writeFileSync(file, navigation);
  return [
    'Made:',
    ...Object.keys(files).map((path) => `  content/${path}`),
    `  an entry in content/${NAVIGATION_FILE}`,
    'Next:',
    '  npm run dev: look at it while you write',
    `  npm run verify -- ${name}: check what its steps print`,
    `  npm run verify -- ${name} --update: record that, too; the site is built only with its recordings`,
  ];
}

function titleFor(name: string, starter: Starter | undefined): string {
  if (starter) return `Build a ${starter.language.label} App with CockroachDB and ${name}`;
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
}

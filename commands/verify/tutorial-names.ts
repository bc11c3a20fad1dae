import { relative, resolve } from 'node:path';
import { nearest } from '../../shared/command-line/nearest.mjs';
import { UsageError } from '../client/command-line.ts';
import type { SourceTutorial } from './tutorial.ts';

const ROOT = resolve(import.meta.dirname, '../..');

type Named = Pick<SourceTutorial, 'slug' | 'file' | 'id' | 'title'>;

/**
 * Returns the pages that are meant: by name (in full or its last part, after a hyphen), title, address or path. Without
 * words, all of them. Throws UsageError for a word that names none.
 */
export function tutorialsNamed<T extends Named>(
  all: readonly T[],
  words: readonly string[],
  withoutSteps: readonly Named[] = [],
): T[] {
  if (words.length === 0) return [...all];
  const found = words.map((word) => ({ word, pages: all.filter((page) => isNamed(page, word)) }));
  const unknown = found.find(({ pages }) => pages.length === 0);
  if (unknown) {
    const idle = withoutSteps.find((page) => isNamed(page, unknown.word));
    throw new UsageError(idle ? `${idle.file} has no step that could be run.` : unknownSentence(unknown.word, all));
  }
  const wanted = new Set(found.flatMap(({ pages }) => pages));
  return all.filter((page) => wanted.has(page));
}

function isNamed({ slug, file, id, title }: Named, word: string): boolean {
  const address = word.replace(/^https?:\/\/[^/]+/, '').replace(/^\/|\.html$/g, '');
  return (
    endsAs(slug, word) ||
    address === id ||
    (address === '' && id === 'index' && word.includes('/')) ||
    word.toLowerCase() === title.toLowerCase() ||
    relative(ROOT, resolve(process.env['INIT_CWD'] ?? '.', word)) === file ||
    [file, file.replace('content/', '')].includes(word.replace(/^\.\//, ''))
  );
}

/** Whether a page's name is `name`, or ends with it after a hyphen. */
export function endsAs(page: string, name: string): boolean {
  return page === name || page.endsWith(`-${name}`);
}

function unknownSentence(word: string, all: readonly Named[]): string {
  const names = all.map(({ slug }) => slug);
  const meant = nearest(word, [...names, ...all.flatMap(({ title, file }) => [title, file])]);
  const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  return (
    `No page with steps has the name, title, address or path "${word}".${hint} ` + `The names are: ${names.join(', ')}.`
  );
}

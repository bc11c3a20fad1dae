import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Colouring } from './code-lines.ts';
import { linkMistakes } from './dead-links.ts';
import { readFrontmatter } from './frontmatter.ts';
import { importMistakes } from './imported-modules.ts';
import { KeptPages } from './kept-pages.ts';
import { navigationMistakes } from './listed-pages.ts';
import type { Mistake } from './mistake.ts';
import { buildPage } from './page.ts';
import { nameMistakes } from './page-names.ts';
import { neighbourMistakes, PAGE_FOLDERS } from './page-neighbours.ts';
import { parseMdx } from './parse-mdx.ts';
import { siteFiles } from './site-files.ts';
import type { SourcePage } from './source-page.ts';

/** All pages of the site, and all mistakes in them, each once. */
export interface SourcePages {
  /** Also those with mistakes, as far as they could be compiled. */
  pages: SourcePage[];
  /** Those of the pages, and those that only all pages together show, by file and line. */
  mistakes: Mistake[];
}

/**
 * Compiles all pages of a content folder in one pass, without colouring their code: what the site is built from, what
 * verification runs, and whatever an author has to mend. Recordings are left out, see `recordingMistakes`. `kept` are
 * pages that have been compiled before.
 */
export function readPages(content: string, kept = new KeptPages()): SourcePages {
  const pages = PAGE_FOLDERS.flatMap((folder) =>
    readdirSync(join(content, folder))
      .filter((file) => file.endsWith('.mdx'))
      .sort()
      .map((file) => `${folder}/${file}`)
      .map((file) => kept.get(content, file, () => readPage(content, file))),
  );
  const found = [
    ...pages.flatMap(({ mistakes }) => mistakes),
    ...linkMistakes(pages, siteFiles(content, pages)),
    ...importMistakes(content, pages),
    ...nameMistakes(pages),
    ...neighbourMistakes(content, pages),
    ...navigationMistakes(content, pages),
  ];
  // A mistake in a partial is found on each page that uses it.
  const unique = [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
  return { pages, mistakes: unique.sort((a, b) => compare(a.file, b.file) || a.line - b.line) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * Compiles one page, with its code in plain text unless it is coloured. `file` is relative to the content folder, as in
 * `tutorials/x.mdx`; `text` is what the file contains.
 */
export function readPage(
  content: string,
  file: string,
  text = readFileSync(join(content, file), 'utf8'),
  colour?: Colouring,
): SourcePage {
  const mistakes: Mistake[] = [];
  const report = (mistake: Mistake): void => void mistakes.push(mistake);
  const source = `content/${file}`;
  const { frontmatter, keyLines, body } = readFrontmatter(text, source, report);
  const id = basename(file, '.mdx');
  const name = frontmatter.name ?? id;
  const children = parseMdx(body, source, report) ?? [];
  const built = buildPage(children, { file, content, name, ...(colour && { colour }) });
  return { ...built, file: source, id, name, frontmatter, keyLines, mistakes: [...mistakes, ...built.mistakes] };
}

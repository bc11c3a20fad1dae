import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { mdxToHast } from 'satteri';
import type { Frontmatter } from '../page-schema.ts';
import { readFrontmatter } from './frontmatter.ts';
import type { Mistake } from './mistake.ts';
import { buildPage, type BuiltPage } from './page.ts';
import { FEATURES, invalidMdx } from './partial.ts';
import { copyTree, type TreeNode } from './tree.ts';

/** The folders of `content/` that have pages. */
const PAGE_FOLDERS = ['pages', 'tutorials'];

/** A page of the site, compiled from its source. */
interface SourcePage extends BuiltPage {
  /** Its source, relative to the root: `content/tutorials/x.mdx`. */
  file: string;
  /** Its address without `.html`. */
  id: string;
  /** Selects its steps, recordings and effects: its `name`, or its id. */
  name: string;
  frontmatter: Frontmatter;
}

/** All pages of the site, and all mistakes in them, each once. */
export interface SourcePages {
  /** Also those with mistakes, as far as they could be compiled. */
  pages: SourcePage[];
  mistakes: Mistake[];
}

/** Returns the files of all pages, relative to the content folder: `tutorials/x.mdx`. */
function pageFiles(content: string): string[] {
  return PAGE_FOLDERS.flatMap((folder) =>
    readdirSync(join(content, folder))
      .filter((file) => file.endsWith('.mdx'))
      .sort()
      .map((file) => `${folder}/${file}`),
  );
}

/** Compiles one page without colouring its code. `file` is relative to the content folder. */
function readPage(content: string, file: string): SourcePage {
  const mistakes: Mistake[] = [];
  const report = (mistake: Mistake): void => void mistakes.push(mistake);
  const source = `content/${file}`;
  const { frontmatter, body } = readFrontmatter(readFileSync(join(content, file), 'utf8'), source, report);
  const id = basename(file, '.mdx');
  const name = frontmatter.name ?? id;
  const built = buildPage(parse(body, source, report), { file, content, name });
  return { ...built, file: source, id, name, frontmatter, mistakes: [...mistakes, ...built.mistakes] };
}

/**
 * Compiles all pages of a content folder in one pass, without colouring their code: what the site is built from, what
 * verification runs, and whatever an author has to mend.
 */
export function readPages(content: string): SourcePages {
  const pages = pageFiles(content).map((file) => readPage(content, file));
  const mistakes = new Map(pages.flatMap((page) => page.mistakes.map((each) => [JSON.stringify(each), each])));
  return { pages, mistakes: [...mistakes.values()] };
}

function parse(text: string, file: string, report: (mistake: Mistake) => void): TreeNode[] {
  try {
    return copyTree(mdxToHast(text, { features: FEATURES })).children ?? [];
  } catch (error) {
    report(invalidMdx(error, file));
    return [];
  }
}

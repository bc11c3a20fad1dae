import { basename } from 'node:path';
import type { PageStep } from '../../shared/step.ts';
import { describeMistake, type Mistake } from '../../src/compiler/mistake.ts';
import { readPages, type SourcePages } from '../../src/compiler/read-pages.ts';
import { CONTENT } from '../client/content.ts';
import { wordsInCode } from './words-in-code.ts';

type Page = SourcePages['pages'][number];

/** A page that has steps. */
export interface Tutorial {
  /** Its name. */
  slug: string;
  /** The lowest CockroachDB version that its steps run on, for example `v23.2`. */
  needs?: string;
  steps: PageStep[];
  /** The content folder that it is in; default: the site's. */
  content?: string;
  /** What its prose has in code type. */
  wordsInCode?: ReadonlySet<string>;
  /** The partials and samples that it uses, as paths below `content/`. */
  uses?: ReadonlySet<string>;
}

/** A page that has steps, and where it is. */
export interface SourceTutorial extends Tutorial {
  /** `content/tutorials/x.mdx`. */
  file: string;
  /** Its address without `.html`. */
  id: string;
  title: string;
  uses: ReadonlySet<string>;
  /** What is wrong with its text, a line for each. It cannot be run then. */
  mistakes: string[];
  /** What else is wrong with it, a line for each, such as a dead link, or that the navigation lacks it. */
  others: string[];
  /** Whether its effects are among that: they are not used then. */
  hasWrongEffects: boolean;
}

/** All pages that have steps or mistakes, and what is wrong elsewhere. */
export interface Tutorials {
  tutorials: SourceTutorial[];
  /** The other pages, in which nothing can be wrong when it is run. */
  withoutSteps: SourceTutorial[];
  /** Mistakes that are in no page, such as effects without one, a line for each. */
  elsewhere: string[];
}

/** Reads all pages from their sources: the site need not be built. */
export function readAll(content = CONTENT): Tutorials {
  const { pages, mistakes } = readPages(content);
  const files = new Set(pages.map(({ file }) => file));
  const all = pages.map((page) => tutorialOf(page, mistakes, content));
  const isWanted = (page: SourceTutorial): boolean => page.steps.length + page.mistakes.length > 0;
  const tutorials = all.filter(isWanted);
  const told = new Set(tutorials.flatMap(({ others }) => others));
  return {
    tutorials,
    withoutSteps: all.filter((page) => !isWanted(page)),
    elsewhere: mistakes
      .filter(({ file }) => !isOfPage(file, files))
      .map(describeMistake)
      .filter((line) => !told.has(line)),
  };
}

/** Returns all pages that have steps. */
export function readTutorials(content = CONTENT): SourceTutorial[] {
  return readAll(content).tutorials.filter(({ steps }) => steps.length > 0);
}

function tutorialOf(page: Page, all: readonly Mistake[], content: string): SourceTutorial {
  const { name, file, id, frontmatter, steps, uses, children } = page;
  const { title, needs } = frontmatter;
  const mistakes = new Set(page.mistakes.map(describeMistake));
  const others = all.filter((mistake) => mistake.file === file || isMeant(mistake, page));
  return {
    slug: name,
    ...(needs === undefined ? {} : { needs }),
    steps,
    content,
    wordsInCode: wordsInCode(children),
    file,
    id,
    title,
    uses,
    mistakes: [...mistakes],
    others: others.map(describeMistake).filter((mistake) => !mistakes.has(mistake)),
    hasWrongEffects: others.some((mistake) => mistake.file.endsWith(`/${name}.effects.ts`)),
  };
}

/** Whether a mistake is in a page's effects, or in something that was most likely meant for the page. */
function isMeant({ file, meant }: Mistake, { name, file: ofPage }: Page): boolean {
  const isEffects = file.endsWith(`/${name}.effects.ts`);
  const isListing = file === 'content/navigation.json' && meant === basename(ofPage, '.mdx');
  return isEffects || isListing || (file.endsWith('.ts') && (meant === name || meant === `${name}.effects.ts`));
}

/** Whether a mistake is in a page, or in a partial or sample, which is told with the pages that use it. */
function isOfPage(file: string, pages: ReadonlySet<string>): boolean {
  return pages.has(file) || /^content\/(partials|samples)\//.test(file);
}

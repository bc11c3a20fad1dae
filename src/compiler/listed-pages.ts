import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuthorError, unknownWord, type Mistake } from './mistake.ts';
import { NAVIGATION_FILE, readNavigation, type Navigation } from './navigation-file.ts';
import type { SourcePage } from './source-page.ts';

/** Returns the mistakes in the navigation: also each page that it lacks, and each that it lists and is not there. */
export function navigationMistakes(content: string, pages: readonly SourcePage[]): Mistake[] {
  const path = join(content, NAVIGATION_FILE);
  const file = `content/${NAVIGATION_FILE}`;
  if (!existsSync(path)) return [{ file, line: 1, found: 'no such file', expected: 'the list of all pages' }];
  let navigation: Navigation;
  try {
    navigation = readNavigation(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof AuthorError) return [...error.mistakes];
    throw error;
  }
  const ids = new Set(pages.map(({ id }) => id));
  const listed = new Set(navigation.listed.map(({ page }) => page));
  const unknown = navigation.listed
    .filter(({ page }) => !ids.has(page))
    .map(({ page, line }) => unknownPage({ file, line }, page, ids));
  // A page that is listed under a misspelt name is one mistake, not two.
  const meant = new Set(unknown.map((mistake) => mistake.meant));
  return [
    ...unknown,
    ...pages
      .filter(({ id }) => !listed.has(id) && !meant.has(id))
      .map((page) => ({
        file: page.file,
        line: 1,
        found: `a page that ${file} does not list`,
        expected: `\`{ "page": "${page.id}" }\` in one of its groups`,
      })),
  ];
}

function unknownPage(place: { file: string; line: number }, page: string, ids: ReadonlySet<string>): Mistake {
  const { meant } = unknownWord(place, 'the page', page, [...ids]);
  return {
    ...place,
    found: `the page \`${page}\`, which does not exist`,
    expected: `\`${page}.mdx\` in content/tutorials/ or content/pages/`,
    meant,
  };
}
